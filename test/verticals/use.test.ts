import { expect } from 'chai';
import type { AgentError } from '../../src/core/index.ts';
import { withVerticals } from '../../src/verticals/index.ts';
import type { Activated, AnyVerticalTool, Vertical, VerticalHost } from '../../src/verticals/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';
import { asked, FakeHost, useVerticals, vertical } from './fake-host.ts';

/** A vertical with code that counts how often it was loaded. */
function counted(
  changes: Partial<Vertical> = {},
  activate: (host: VerticalHost) => Activated | undefined = () => undefined,
): { made: Vertical; loads: () => number } {
  let loads = 0;
  const page = (): Promise<{ activate: typeof activate }> => {
    loads++;
    return Promise.resolve({ activate });
  };
  return { made: vertical({ page, ...changes }), loads: () => loads };
}

const LOOK = { name: 'look', description: 'Look', effect: 'read', run: () => 'seen' } as const;

describe('a vertical in use', () => {
  it('is loaded once for many agents, also at the same time', async () => {
    const { made, loads } = counted();
    const hosts = [new FakeHost(), new FakeHost(), new FakeHost()];
    await Promise.all([...hosts, ...hosts].map((host) => useVerticals(host, [[made]])));
    await useVerticals(new FakeHost(), [[made]]);
    expect(loads()).to.equal(1);
  });

  it('offers its tools once on a host, however many ask for it', async () => {
    const { made } = counted({ tools: [{ name: 'look', effect: 'read' }] }, (host) => {
      host.offer([LOOK]);
      return undefined;
    });
    const host = new FakeHost();
    await Promise.all([useVerticals(host, [[made]]), useVerticals(host, [[made]])]);
    expect(host.names).to.deep.equal(['look']);
    expect(await host.run('look')).to.equal('seen');
    expect(host.verticals.list().map(({ id, isOn }) => [id, isOn])).to.deep.equal([[made.id, true]]);
  });

  it('can be loaded again when that has failed', async () => {
    let loads = 0;
    const made = vertical({
      page: () =>
        ++loads === 1 ? Promise.reject(new TypeError('no network')) : Promise.resolve({ activate: () => undefined }),
    });
    const host = new FakeHost();
    const failed = await rejection(useVerticals(host, [[made]]));
    expect(failed).to.include({ code: 'vertical-failed' });
    expect((failed as Error).message).to.include('no network');
    expect(host.verticals.list()).to.deep.equal([]);
    const [handle] = await useVerticals(host, [[made]]);
    expect([handle?.isOn, loads]).to.deep.equal([true, 2]);
  });

  it('says when its code has nothing to put to work, or fails in it', async () => {
    const empty = vertical({ page: () => Promise.resolve({} as never) });
    expect(await rejection(useVerticals(new FakeHost(), [[empty]]))).to.include({ code: 'invalid-vertical' });
    const { made } = counted({}, () => {
      throw new Error('Oh.');
    });
    expect(await rejection(useVerticals(new FakeHost(), [[made]]))).to.include({ code: 'vertical-failed' });
  });

  it('is refused for another version of inpage, and for what it does not ask for', async () => {
    const host = new FakeHost();
    expect(await rejection(useVerticals(host, [[vertical({ engine: '^2.0.0' })]]))).to.include({
      code: 'vertical-incompatible',
    });
    expect(await rejection(useVerticals(host, [[vertical(), { grant: ['storage'] }]]))).to.include({
      code: 'invalid-option',
    });
    expect(await rejection(useVerticals(host, [[{ id: 1 } as unknown as Vertical]]))).to.include({
      code: 'invalid-vertical',
    });
  });

  it('stays when another version of it is brought, and says so in the console', async () => {
    const { made } = counted();
    const host = new FakeHost();
    await useVerticals(host, [[made]]);
    const said: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => said.push(text);
    const [handle] = await useVerticals(host, [[{ ...made, version: '2.0.0' }]]).finally(() => {
      console.warn = warn;
    });
    expect(handle?.version).to.equal('1.0.0');
    expect(said).to.deep.equal([`inpage: "${made.id}" 1.0.0 is in use already, so 2.0.0 is not; see replace().`]);
  });
});

describe('the worker half of a vertical', () => {
  const changes: Partial<Vertical> = {
    capabilities: ['worker'],
    tools: [
      { name: 'rate', effect: 'read', capabilities: ['worker'] },
      { name: 'look', effect: 'read' },
    ],
    worker: { url: '/part.js', integrity: 'sha256-AAAA' },
  };
  const rate: AnyVerticalTool = {
    name: 'rate',
    description: 'Rate',
    effect: 'read',
    run: (_input, { ask }) => ask('rate', 2, 'EUR'),
  };
  /** A host that notes what its parts are asked. */
  const asking = (questions: unknown[]): FakeHost =>
    Object.assign(new FakeHost(), {
      asked: (...question: unknown[]) => {
        questions.push(question);
        return Promise.resolve(`answer ${questions.length}`);
      },
    });

  it('is loaded by the host before the page half is put to work, and answers it and its tools', async () => {
    const questions: unknown[] = [];
    const given: Promise<unknown>[] = [];
    const { made } = counted(changes, (host) => {
      given.push(host.ask('days', [1, 2]));
      host.offer([rate]);
      return undefined;
    });
    const host = asking(questions);
    await useVerticals(host, [[made, { grant: ['worker'] }]]);
    expect(await Promise.all(given)).to.deep.equal(['answer 2']);
    expect(await host.run('rate')).to.equal('answer 3');
    const file = { url: '/part.js' };
    const name = `${made.id}@1.0.0`;
    expect(questions).to.deep.equal([
      [name, file, '', []],
      [name, made.worker, 'days', [[1, 2]]],
      [name, made.worker, 'rate', [2, 'EUR']],
    ]);
  });

  it('is neither loaded nor asked unless the site has granted it, and not by a tool that does not name it', async () => {
    const questions: unknown[] = [];
    const refused: unknown[] = [];
    const look = { ...rate, name: 'look' };
    const { made } = counted(changes, (host) => {
      host.ask('days').catch((error: unknown) => refused.push(error));
      host.offer([rate, look]);
      return undefined;
    });
    const host = asking(questions);
    await useVerticals(host, [[made]]);
    expect(host.names).to.deep.equal(['look']);
    expect(await rejection(host.run('look'))).to.include({ code: 'capability-denied' });
    expect(refused[0]).to.include({ code: 'capability-denied' });
    expect(questions).to.deep.equal([]);
  });

  it('can be tried again where it could not be loaded', async () => {
    const { made } = counted({ capabilities: ['worker'], worker: { url: '/part.js' } });
    let tries = 0;
    const asked = (): Promise<unknown> =>
      ++tries === 1 ? Promise.reject(new TypeError('gone')) : Promise.resolve(undefined);
    const host = Object.assign(new FakeHost(), { asked });
    expect(await rejection(useVerticals(host, [[made, { grant: ['worker'] }]]))).to.include({
      code: 'vertical-failed',
    });
    const [handle] = await useVerticals(host, [[made, { grant: ['worker'] }]]);
    expect(handle?.isOn).to.equal(true);
  });

  it('is not asked any more once the vertical is off', async () => {
    const questions: unknown[] = [];
    let ask: VerticalHost['ask'] | undefined;
    const { made } = counted(changes, (host) => {
      ({ ask } = host);
      return undefined;
    });
    const [handle] = await useVerticals(asking(questions), [[made, { grant: ['worker'] }]]);
    handle?.remove();
    if (!ask) throw new Error('It was not put to work.');
    expect(await rejection(ask('days'))).to.include({ code: 'capability-denied' });
    expect(questions).to.have.length(1);
  });
});

describe('the workflows of a vertical', () => {
  const text = 'workflows: {}';
  const running = (runs: unknown[]): FakeHost =>
    Object.assign(new FakeHost(), {
      workflows: () =>
        Promise.resolve({
          execute: (...run: unknown[]) => {
            runs.push(run);
            return Promise.resolve({ status: 'completed' });
          },
        }),
    });

  it('are run by name, by the site and by the page half', async () => {
    const runs: unknown[] = [];
    let own: VerticalHost['runWorkflow'] | undefined;
    const { made } = counted({ workflows: { plan: text } }, (host) => {
      own = host.runWorkflow;
      return undefined;
    });
    const [handle] = await useVerticals(running(runs), [[made]]);
    expect(await handle?.runWorkflow('plan', { days: 2 }, { threadId: 't' })).to.deep.equal({ status: 'completed' });
    await own?.('plan');
    expect(runs).to.deep.equal([
      [text, { days: 2 }, { threadId: 't' }],
      [text, undefined, undefined],
    ]);
  });

  it('are refused by another name, and once the vertical is off', async () => {
    const runs: unknown[] = [];
    const { made } = counted({ workflows: { plan: text } });
    const [handle] = await useVerticals(running(runs), [[made]]);
    if (!handle) throw new Error('It is not in use.');
    const run = handle.runWorkflow;
    expect(await rejection(run('toString'))).to.include({ code: 'unknown-workflow' });
    handle.remove();
    expect(await rejection(run('plan'))).to.include({ code: 'closed' });
    expect(runs).to.deep.equal([]);
  });
});

describe('a host that is closed', () => {
  it('stops its verticals', async () => {
    let stops = 0;
    const { made } = counted({}, () => ({ stop: () => stops++ }));
    const host = new FakeHost();
    await useVerticals(host, [[made]]);
    host.closing.abort();
    expect([stops, host.verticals.list()]).to.deep.equal([1, []]);
  });
});

describe('what a vertical depends on', () => {
  it('is put to work first, and gives it something', async () => {
    const order: string[] = [];
    const dates = counted({}, () => {
      order.push('dates');
      return { api: { today: 'Monday' } };
    }).made;
    let given: unknown;
    const booking = counted({ dependencies: { [dates.id]: '^1.0.0' } }, (host) => {
      order.push('booking');
      given = [host.dependency(dates.id), host.dependency('another')];
      return undefined;
    }).made;
    await useVerticals(new FakeHost(), [[booking], [dates]]);
    expect(order).to.deep.equal(['dates', 'booking']);
    expect(given).to.deep.equal([{ today: 'Monday' }, undefined]);
  });

  it('must be there, in a version that fits', async () => {
    const dates = vertical({ version: '2.0.0' });
    const booking = vertical({ dependencies: { [dates.id]: '^1.0.0' } });
    expect(await rejection(useVerticals(new FakeHost(), [[booking]]))).to.include({ code: 'vertical-missing' });
    const both = rejection(useVerticals(new FakeHost(), [[dates], [booking]]));
    expect(await both).to.include({ code: 'vertical-incompatible' });
  });

  it('may be in use already', async () => {
    const host = new FakeHost();
    const dates = vertical();
    await useVerticals(host, [[dates]]);
    const [handle] = await useVerticals(host, [[vertical({ dependencies: { [dates.id]: '1.x' } })]]);
    expect(handle?.isOn).to.equal(true);
  });

  it('must not depend on it in turn: the cycle is named', async () => {
    const a = vertical({ id: 'cycle-a', dependencies: { 'cycle-b': '*' } });
    const b = vertical({ id: 'cycle-b', dependencies: { 'cycle-c': '*' } });
    const c = vertical({ id: 'cycle-c', dependencies: { 'cycle-b': '*' } });
    const error = await rejection(useVerticals(new FakeHost(), [[a], [b], [c]]));
    expect(error).to.include({ code: 'vertical-cycle' });
    expect((error as Error).message).to.include('cycle-b → cycle-c → cycle-b');
  });
});

describe('what a vertical is granted', () => {
  const ALL = ['page:read', 'page:act', 'storage', 'navigate', 'network:self', 'network:https://api.example'] as const;
  const TOOLS: NonNullable<Vertical['tools']> = [
    { name: 'look', effect: 'read', capabilities: ['page:read'] },
    { name: 'keep', effect: 'write', capabilities: ['storage'] },
    { name: 'plain', effect: 'read' },
  ];

  async function open(
    grant: readonly (typeof ALL)[number][],
    run: (context: VerticalHost) => unknown = () => undefined,
  ) {
    let host: VerticalHost | undefined;
    const { made } = counted({ capabilities: ALL, tools: TOOLS }, (given) => {
      host = given;
      const tool = (name: string, effect: 'read' | 'write') =>
        ({
          name,
          description: name,
          effect,
          run: (_: unknown, context: unknown) => run(context as VerticalHost),
        }) as const;
      given.offer([tool('look', 'read'), tool('keep', 'write'), tool('plain', 'read')]);
      return undefined;
    });
    const agent = new FakeHost();
    const [handle] = await useVerticals(agent, [[made, { grant }]]);
    if (!host || !handle) throw new Error('It was not put to work.');
    return { agent, host, handle };
  }

  const tries: readonly (readonly [capability: string, attempt: (host: VerticalHost) => unknown])[] = [
    ['page:read', ({ page }) => page.forms()],
    ['page:read', ({ page }) => page.text()],
    ['page:read', ({ page }) => page.watch(() => undefined)],
    ['page:act', ({ page }) => page.fill('k1', 'x')],
    ['page:act', ({ page }) => page.submit('k1')],
    ['storage', ({ storage }) => storage.get('a')],
    [
      'storage',
      ({ storage }) => {
        storage.set('a', 1);
      },
    ],
    [
      'storage',
      ({ storage }) => {
        storage.delete('a');
      },
    ],
    ['storage', ({ storage }) => storage.keys()],
    [
      'navigate',
      (host) => {
        host.navigate('/');
      },
    ],
    ['network:self', (host) => host.fetch('/api')],
    ['network:https://api.example', (host) => host.fetch('https://api.example/v1')],
  ];
  const caught = async (work: () => unknown): Promise<unknown> => {
    try {
      await work();
      return undefined;
    } catch (error) {
      return error;
    }
  };

  it('is all that it can do: every other call throws, and reaches nothing', async () => {
    for (const [capability, attempt] of tries) {
      const without = await open(ALL.filter((one) => one !== capability));
      asked.length = 0;
      const error = await caught(() => attempt(without.host));
      expect(error, capability).to.include({ code: 'capability-denied' });
      expect(asked, capability).to.deep.equal([]);
      const { host } = await open(ALL.filter((one) => one === capability));
      expect(await caught(() => attempt(host)), capability).to.equal(undefined);
      expect(asked, capability).to.have.length(1);
    }
  });

  it('is no leave to ask another origin, or one that only begins alike', async () => {
    const { host } = await open(['network:https://api.example']);
    for (const url of ['https://api.example.evil/', 'http://api.example/', 'https://api.example:8443/', '/self']) {
      expect(await caught(() => host.fetch(url)), url).to.include({ code: 'capability-denied' });
    }
  });

  it('decides which of its tools there are', async () => {
    expect((await open(['page:read'])).agent.names).to.deep.equal(['look', 'plain']);
    expect((await open([])).agent.names).to.deep.equal(['plain']);
  });

  it('is for a tool only what its entry names, and only for as long as it runs', async () => {
    let kept: VerticalHost | undefined;
    const { agent } = await open([...ALL], (context) => {
      kept = context;
      context.storage.set('a', 1);
    });
    expect(await caught(() => agent.run('look'))).to.include({ code: 'capability-denied' });
    await agent.run('keep');
    expect(await caught(() => kept?.storage.get('a'))).to.include({ code: 'capability-denied' });
  });

  it('is taken back when it is removed', async () => {
    const { agent, host, handle } = await open([...ALL]);
    handle.remove();
    expect(agent.names).to.deep.equal([]);
    expect(host.signal.aborted).to.equal(true);
    expect(await caught(() => host.page.text())).to.include({ code: 'capability-denied' });
    expect(agent.verticals.list()).to.deep.equal([]);
  });

  it('is said to the person in sentences', async () => {
    const { agent } = await open(['page:read', 'network:https://api.example']);
    expect(agent.verticals.list()[0]?.may).to.deep.equal([
      'Reads what this page shows, but no passwords, card numbers or hidden fields.',
      'Talks to api.example.',
    ]);
  });

  it('binds its tools to what the manifest says of them', async () => {
    const bad = [
      { ...LOOK, name: 'other' },
      { ...LOOK, effect: 'write' as const },
      { ...LOOK, name: 'risky', effect: 'write' as const, danger: 'low' as const },
    ];
    for (const tool of bad) {
      const tools: NonNullable<Vertical['tools']> = [
        { name: 'look', effect: 'read' },
        { name: 'risky', effect: 'write', danger: 'high' },
      ];
      const { made } = counted({ tools }, (host) => {
        host.offer([tool]);
        return undefined;
      });
      expect(await rejection(useVerticals(new FakeHost(), [[made]])), tool.name).to.include({
        code: 'invalid-vertical',
      });
    }
  });

  it('can be turned off by the person, and on again, and stays off', async () => {
    const { agent, host } = await open([...ALL]);
    const changes: (boolean | undefined)[] = [];
    const turned = deferred<undefined>();
    const stop = agent.verticals.subscribe(({ after }) => {
      changes.push(after?.isOn);
      if (changes.length === 2) turned.resolve(undefined);
    });
    agent.verticals.list()[0]?.toggle();
    agent.verticals.list()[0]?.toggle();
    await turned.promise;
    stop();
    expect(changes).to.deep.equal([false, true]);
    expect(host.signal.aborted).to.equal(true);
    expect(agent.names).to.have.length(3);
  });

  it('is not even loaded while the person has turned it off', async () => {
    const { made, loads } = counted();
    const first = new FakeHost();
    await useVerticals(first, [[made]]);
    const off = deferred<undefined>();
    first.verticals.subscribe(({ after }) => {
      if (after?.isOn === false) off.resolve(undefined);
    });
    first.verticals.list()[0]?.toggle();
    await off.promise;
    const again = Object.assign(new FakeHost(), { verticals: { ...first.verticals } });
    const next = { ...made, version: '1.1.0' };
    const [handle] = await useVerticals(again, [[next]]);
    expect([handle?.isOn, loads()]).to.deep.equal([false, 1]);
  });
});

describe('replacing a vertical', () => {
  const tools: NonNullable<Vertical['tools']> = [{ name: 'look', effect: 'read' }];
  const version = (id: string, number: string) =>
    counted({ id, version: number, tools }, (host) => {
      host.offer([{ ...LOOK, run: () => number }]);
      return undefined;
    }).made;

  it('swaps its tools and says so', async () => {
    const host = new FakeHost();
    const [handle] = await useVerticals(host, [[version('swap', '1.0.0')]]);
    const changes: unknown[] = [];
    host.verticals.subscribe(({ id, before, after }) => changes.push([id, before?.version, after?.version]));
    await handle?.replace(version('swap', '1.1.0'));
    expect(await host.run('look')).to.equal('1.1.0');
    expect(handle?.version).to.equal('1.1.0');
    expect(changes).to.deep.equal([['swap', '1.0.0', '1.1.0']]);
  });

  it('keeps the old one when the new one cannot be loaded or put to work', async () => {
    const host = new FakeHost();
    const [handle] = await useVerticals(host, [[version('hold', '1.0.0')]]);
    const broken = vertical({ id: 'hold', version: '2.0.0', page: () => Promise.reject(new TypeError('gone')) });
    expect(await rejection(handle?.replace(broken) ?? Promise.resolve())).to.include({ code: 'vertical-failed' });
    const failing = counted({ id: 'hold', version: '3.0.0' }, () => {
      throw new Error('Oh.');
    }).made;
    expect(await rejection(handle?.replace(failing) ?? Promise.resolve())).to.include({ code: 'vertical-failed' });
    expect([handle?.version, await host.run('look')]).to.deep.equal(['1.0.0', '1.0.0']);
  });

  it('is refused for another vertical, and where one that depends on it could not go on', async () => {
    const host = new FakeHost();
    const base = version('base', '1.0.0');
    const [handle] = await useVerticals(host, [[base], [vertical({ dependencies: { base: '^1.0.0' } })]]);
    expect(await rejection(handle?.replace(vertical()) ?? Promise.resolve())).to.include({ code: 'invalid-option' });
    const next = handle?.replace(version('base', '2.0.0')) ?? Promise.resolve();
    expect(await rejection(next)).to.include({ code: 'vertical-incompatible' });
  });
});

describe('the registry of a page', () => {
  const KEY = Symbol.for('inpage.verticals.1');
  const page = globalThis as unknown as Record<symbol, unknown>;

  it('is left alone where somebody else has put something under its name', async () => {
    const before = page[KEY];
    page[KEY] = { another: 'thing' };
    const { made, loads } = counted();
    await useVerticals(new FakeHost(), [[made]]).finally(() => {
      expect(page[KEY]).to.deep.equal({ another: 'thing' });
      page[KEY] = before;
    });
    expect(loads()).to.equal(1);
  });
});

describe('withVerticals', () => {
  it('adds what verticals tell a model to the options of an agent', () => {
    const stage = { name: 'pay', keywords: ['pay'], tools: [] };
    const made = vertical({ prompts: { instructions: 'Ask first.' }, stages: [stage] });
    expect(withVerticals({ namespace: 'a', instructions: 'Be brief.' }, [made, vertical()])).to.deep.equal({
      namespace: 'a',
      instructions: 'Be brief.\n\nAsk first.',
      stages: [stage],
    });
    expect(withVerticals({}, [])).to.deep.equal({});
  });

  it('is what stages need, which no agent can be given later: without it they are refused, with what to do', async () => {
    const stage = { name: 'pay', keywords: ['pay'], tools: [] };
    const stages = [stage];
    const made = vertical({ id: 'staged', stages });
    const error = await rejection(useVerticals(new FakeHost(), [[made]]));
    expect(error).to.include({ code: 'vertical-incompatible' });
    expect((error as AgentError).fix).to.include('withVerticals(');
    withVerticals({}, [made]);
    const [handle] = await useVerticals(new FakeHost(), [[made]]);
    expect(handle?.isTold).to.equal(true);
    const next = vertical({ id: 'staged', version: '1.0.1', stages: [stage, { ...stage, name: 'ship' }] });
    expect(await rejection(handle?.replace(next) ?? Promise.resolve())).to.include({ code: 'vertical-incompatible' });
    await handle?.replace(vertical({ id: 'staged', version: '1.0.1', stages }));
    expect(handle?.version).to.equal('1.0.1');
  });

  it('is what has a language model told of instructions; the handle says whether it is', async () => {
    const made = vertical({ id: 'worded', prompts: { instructions: 'Ask first.' } });
    const [handle] = await useVerticals(new FakeHost(), [[made]]);
    expect(handle?.isTold).to.equal(false);
    withVerticals({}, [made]);
    expect(handle?.isTold).to.equal(true);
    const [silent] = await useVerticals(new FakeHost(), [[vertical({ id: 'silent' })]]);
    expect(silent?.isTold).to.equal(true);
  });
});
