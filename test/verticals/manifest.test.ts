import { expect } from 'chai';
import { checkVertical } from '../../src/verticals/index.ts';
import { ORIGIN, vertical } from './fake-host.ts';

function faultsOf(given: unknown): readonly string[] {
  try {
    checkVertical(given, ORIGIN);
    return [];
  } catch (error) {
    expect(error).to.include({ name: 'AgentError', code: 'invalid-vertical', fix: 'Mend its manifest.' });
    return (error as { details: { faults: readonly string[] } }).details.faults;
  }
}

const page = (): Promise<{ activate: () => undefined }> => Promise.resolve({ activate: () => undefined });

describe('the manifest of a vertical', () => {
  it('may have all of its parts', () => {
    const whole = vertical({
      capabilities: ['page:read', 'page:act', 'storage', 'navigate', 'network:self', 'network:https://api.example'],
      tools: [
        { name: 'look', effect: 'read', capabilities: ['page:read'] },
        { name: 'fill_*', effect: 'write', danger: 'low', capabilities: ['page:act'] },
        { name: 'go', effect: 'navigate', capabilities: ['navigate'] },
      ],
      prompts: { instructions: 'Be brief.', starters: ['Look'] },
      stages: [{ name: 'pay', keywords: ['pay'], tools: ['go'] }],
      dependencies: { dates: '^1.0.0' },
      page,
    });
    expect(checkVertical(whole, ORIGIN)).to.equal(whole);
  });

  const wrong: readonly (readonly [what: string, changes: object, fault: string])[] = [
    ['an id with capitals', { id: 'Forms' }, '`id` must be a small letter and up to 31 of a-z 0-9 -'],
    ['a version of two numbers', { version: '1.0' }, '`version` must be three numbers such as 1.0.0'],
    ['no name', { name: ' ' }, '`name` must say what it is, for the person at the page'],
    ['an engine that is no range', { engine: 'new' }, '`engine` must be a range of versions of inpage, such as ^0.1.0'],
    ['a field that it does not have', { tolls: [] }, 'a vertical has no field "tolls"'],
    [
      'a capability that there is not',
      { capabilities: ['page:own'] },
      '`capabilities` must be a list of page:read, page:act, storage, navigate, worker, network:self and network:https://an.origin',
    ],
    [
      'the network of more than an origin',
      { capabilities: ['network:https://a.example/path'] },
      '`capabilities` must be a list of page:read, page:act, storage, navigate, worker, network:self and network:https://an.origin',
    ],
    [
      'a tool that needs what is not asked for',
      { page, tools: [{ name: 'look', effect: 'read', capabilities: ['page:read'] }] },
      'tools[0].capabilities must be a list of what `capabilities` asks for',
    ],
    [
      'a read that acts',
      { page, capabilities: ['page:act'], tools: [{ name: 'look', effect: 'read', capabilities: ['page:act'] }] },
      'tools[0] acts on the page, so it is no read',
    ],
    [
      'a tool that leaves without leave',
      { page, tools: [{ name: 'go', effect: 'navigate' }] },
      'tools[0] leaves the page, which needs "navigate" or "page:act"',
    ],
    [
      'a name that stands twice',
      {
        page,
        tools: [
          { name: 'a', effect: 'read' },
          { name: 'a', effect: 'read' },
        ],
      },
      'each name may stand once in `tools`',
    ],
    ['tools without code', { tools: [{ name: 'a', effect: 'read' }] }, '`tools` need a `page` that has their code'],
    [
      'a script: address',
      { page: { url: 'javascript:alert(1)', integrity: 'sha256-AAAA' } },
      'page.url must be one of http or https',
    ],
    [
      'code of another origin without a hash',
      { page: { url: 'https://cdn.example/a.js' } },
      'page.integrity must be there, for the code is of another origin',
    ],
    [
      'a hash that is none',
      { page: { url: '/a.js', integrity: 'md5-AAAA' } },
      'page.integrity must be a hash such as sha384-…',
    ],
    [
      'a worker half that it does not ask for',
      { worker: { url: '/part.js' } },
      '`worker` must be among the `capabilities`, as it has a half there',
    ],
    [
      'a workflow that is no document',
      { workflows: { plan: 7 } },
      '`workflows` must be by name, as texts or as readWorkflow() gives them',
    ],
    [
      'a dependency without a range',
      { dependencies: { dates: '' } },
      '`dependencies` must be ranges of versions by id, such as { dates: "^1.0.0" }',
    ],
    ['prompts of another kind', { prompts: { system: 'x' } }, 'prompts has no field "system"'],
    [
      'a stage without keywords',
      { stages: [{ name: 'pay' }] },
      'stages[0] must have a `name`, and lists of `keywords` and `tools`',
    ],
  ];
  for (const [what, changes, fault] of wrong) {
    it(`is refused for ${what}`, () => {
      expect(faultsOf({ ...vertical(), ...changes })).to.deep.equal([fault]);
    });
  }

  it('tells every fault at once, and takes code of the own origin without a hash', () => {
    expect(faultsOf({ ...vertical(), id: '', version: '1', engine: '' })).to.have.length(3);
    expect(faultsOf(vertical({ page: { url: '/a.js' } }))).to.deep.equal([]);
    expect(faultsOf(undefined)).to.deep.equal(['it must be an object']);
    expect(faultsOf({ ...vertical(), tools: 1, stages: 1, prompts: 1, capabilities: 1, page: 1 })).to.have.length(5);
  });
});
