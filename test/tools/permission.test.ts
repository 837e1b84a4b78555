import { expect } from 'chai';
import type { Grant, Tool } from '../../src/core/index.ts';
import { defineTool } from '../../src/tools/index.ts';
import type { RegisteredTool } from '../../src/tools/index.ts';
import { covers, demand, fingerprint, isApproval, isOutcomeAnswer, scopesOf } from '../../src/tools/permission.ts';

const run = (): void => undefined;
const toolOf = (effect: 'read' | 'write' | 'navigate', danger: 'low' | 'medium' | 'high'): Tool =>
  defineTool({ name: 't', description: 'd', effect, danger, run });

describe('demand', () => {
  const N = 'none';
  const G = 'unless-granted';
  const A = 'always';
  const table = [
    // effect, danger, then auto, dangerous, all; then the same once untrusted text has been read
    ['read', 'low', [N, N, G], [N, N, G]],
    ['read', 'medium', [N, N, G], [A, A, A]],
    ['read', 'high', [N, N, G], [A, A, A]],
    ['write', 'low', [N, N, G], [N, N, G]],
    ['write', 'medium', [N, G, G], [A, A, A]],
    ['write', 'high', [N, G, G], [A, A, A]],
    ['navigate', 'low', [N, N, G], [A, A, A]],
    ['navigate', 'medium', [N, G, G], [A, A, A]],
    ['navigate', 'high', [N, G, G], [A, A, A]],
  ] as const;
  for (const [effect, danger, trusted, tainted] of table) {
    it(`asks before a ${effect} of ${danger} danger as each mode says, and in any case where it may be an injected one`, () => {
      const modes = ['auto', 'dangerous', 'all'] as const;
      expect(modes.map((mode) => demand(toolOf(effect, danger), mode, false))).to.deep.equal(trusted);
      expect(modes.map((mode) => demand(toolOf(effect, danger), mode, true))).to.deep.equal(tainted);
    });
  }
});

describe('a tool that is to be reviewed', () => {
  it('is asked about in every mode, however low its danger', () => {
    const tool = defineTool({ name: 't', description: 'd', effect: 'write', danger: 'low', review: true, run });
    for (const mode of ['auto', 'dangerous', 'all'] as const) expect(demand(tool, mode, false)).to.equal('always');
  });

  it('is no read', () => {
    const make = (): Tool => defineTool({ name: 't', description: 'd', effect: 'read', review: true, run });
    expect(make).to.throw('`review` is for what changes something or leaves the page');
  });
});

describe('covers', () => {
  const entryOf = (changes: object = {}, source: RegisteredTool['source'] = 'site'): RegisteredTool =>
    ({
      tool: defineTool({ name: 'pay', description: 'Pay', effect: 'write', danger: 'medium', run, ...changes }),
      source,
    }) as RegisteredTool;
  const grantOf = (scope: Grant['scope'], threadId = 't1', messageId?: string): Grant => ({
    tool: 'pay',
    scope,
    threadId,
    ...(messageId === undefined ? {} : { messageId }),
    fingerprint: fingerprint(entryOf()),
    at: 1,
  });

  it('holds a grant of a message for that message alone', () => {
    expect(covers(grantOf('run', 't1', 'm1'), entryOf(), 't1', 'm1')).to.equal(true);
    expect(covers(grantOf('run', 't1', 'm1'), entryOf(), 't1', 'm2')).to.equal(false);
  });

  it('holds a grant of a thread for all its messages, and for no other thread', () => {
    expect(covers(grantOf('thread'), entryOf(), 't1', 'm2')).to.equal(true);
    expect(covers(grantOf('thread'), entryOf(), 't2', 'm2')).to.equal(false);
  });

  it('holds a grant for always in every thread', () => {
    expect(covers(grantOf('always', ''), entryOf(), 't9', 'm9')).to.equal(true);
  });

  it('holds no grant for another tool, nor for one that has come to be something else under the same name', () => {
    const grant = grantOf('always', '');
    expect(covers({ ...grant, tool: 'other' }, entryOf(), 't1', 'm1')).to.equal(false);
    const others = [
      entryOf({ danger: 'high' }),
      entryOf({ effect: 'navigate' }),
      entryOf({ description: 'Pay twice' }),
      entryOf({ input: { type: 'object', properties: { to: { type: 'string' } } } }),
      entryOf({}, 'mcp'),
    ];
    for (const other of others) expect(covers(grant, other, 't1', 'm1')).to.equal(false);
  });
});

describe('what counts as an answer', () => {
  it('is an approval only when it says so in full', () => {
    const yes = [{ decision: 'approve' }, { decision: 'approve', scope: 'always', input: {} }, { decision: 'reject' }];
    for (const answer of yes) expect(isApproval(answer)).to.equal(true);
    const no = [
      true,
      'approve',
      null,
      {},
      { decision: 'yes' },
      { decision: 'approve', scope: 'for ever' },
      ['approve'],
    ];
    for (const answer of no) expect(isApproval(answer)).to.equal(false);
  });

  it('is an outcome only when it is one of three', () => {
    for (const outcome of ['done', 'retry', 'cancel']) expect(isOutcomeAnswer({ outcome })).to.equal(true);
    for (const answer of ['done', { outcome: 'maybe' }, null, {}]) expect(isOutcomeAnswer(answer)).to.equal(false);
  });
});

describe('scopesOf', () => {
  it('offers only this one call once untrusted text has been read', () => {
    expect(scopesOf(false)).to.deep.equal(['once', 'run', 'thread', 'always']);
    expect(scopesOf(true)).to.deep.equal(['once']);
  });
});
