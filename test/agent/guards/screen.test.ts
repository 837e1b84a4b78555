import { expect } from 'chai';
import { DEFAULT_LIMITS, limitsOf } from '../../../src/agent/guards/limits.ts';
import type { Limits } from '../../../src/core/index.ts';
import { screenCalls } from '../../../src/agent/guards/screen.ts';
import { messageCalls } from '../../../src/core/index.ts';
import type { Message } from '../../../src/core/index.ts';
import { denied, failure, gave, round, says, toolOf, user } from '../messages.ts';

type Call = readonly [tool: string, input: unknown];

const times = (count: number, make: (index: number) => readonly Message[]): readonly Message[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

/** Why each call of a new message is not run; empty for those that are. */
const blocked = (turn: readonly Message[], calls: readonly Call[], limits: Partial<Limits> = {}): readonly string[] => {
  const message = says('', ...calls);
  const screened = screenCalls(
    messageCalls(message),
    [user(), ...turn, message],
    { ...DEFAULT_LIMITS, ...limits },
    toolOf,
  );
  return messageCalls(message).map((call) => {
    const output = screened.find((other) => other.call === call)?.output;
    return output?.type === 'error-json' ? (output.value.details as { guard: string }).guard : '';
  });
};

const LOOK: Call = ['look', { id: 1 }];
const ADD: Call = ['add', { id: 1 }];
const same = (count: number) => times(count, () => round(...LOOK, { price: 5 }));

const TABLE: readonly (readonly [what: string, turn: readonly Message[], call: Call, why: string])[] = [
  ['the first call', [], LOOK, ''],
  ['a read for the third time', same(2), LOOK, ''],
  ['a read for the fourth time', same(3), LOOK, 'repeated-call'],
  [
    'it with its arguments in another order',
    times(3, () => round('look', { a: 1, b: 2 }, 0)),
    ['look', { b: 2, a: 1 }],
    'repeated-call',
  ],
  ['it by another name of the tool', times(3, () => round('search', { q: 1 }, 0)), ['find', { q: 1 }], 'repeated-call'],
  ['another call', same(3), ['look', { id: 2 }], ''],
  [
    'a page after three that differ',
    times(3, (page) => round('page', { q: 1, page }, page)),
    ['page', { q: 1, page: 3 }],
    '',
  ],
  [
    'a page after three empty ones',
    times(3, (page) => round('page', { q: 1, page }, [])),
    ['page', { q: 1, page: 3 }],
    'repeated-call',
  ],
  [
    'a question whose field only sounds like leafing',
    times(3, (n) => round('find', { from: n }, [])),
    ['find', { from: 9 }],
    '',
  ],
  ['a read of what changed meanwhile', [...same(2), ...round(...LOOK, { price: 6 })], LOOK, ''],
  [
    'a read of a long text of which one word in the middle has changed each time',
    times(3, (n) => round(...LOOK, `${'x'.repeat(3000)} ${n} of 9 ${'x'.repeat(3000)}`)),
    LOOK,
    '',
  ],
  ['a read after a write', [...same(3), ...round('set', { id: 7 }, 'ok')], LOOK, ''],
  [
    'a read after a write that failed',
    [...same(3), ...round('set', { id: 7 }, failure('tool-failed'))],
    LOOK,
    'repeated-call',
  ],
  ['a read that is long ago', [...same(3), ...times(8, (n) => round('look', { id: n + 10 }, n))], LOOK, ''],
  ['a write as in "add another one"', times(7, () => round(...ADD, { ok: true })), ADD, ''],
  ['a write for the ninth time', times(8, () => round(...ADD, { ok: true })), ADD, 'repeated-call'],
  ['a write that counts up', times(20, (n) => round(...ADD, { n })), ADD, ''],
  [
    'a write that fails for the fourth time',
    times(3, () => round(...ADD, failure('tool-failed'))),
    ADD,
    'repeated-call',
  ],
  [
    'a write that failed before it succeeded',
    [...times(3, () => round(...ADD, failure('tool-failed'))), ...round(...ADD, 1)],
    ADD,
    '',
  ],
  [
    'a call that was refused three times already',
    [...same(3), ...times(3, () => round(...LOOK, failure('tool-denied')))],
    LOOK,
    'repeated-call',
  ],
  ['a call that a person has said no to', round(...ADD, denied), ADD, 'denied'],
  ['it, changed', round(...ADD, denied), ['add', { id: 2 }], ''],
];

describe('screenCalls', () => {
  for (const [what, turn, call, why] of TABLE) {
    it(why === '' ? `lets ${what} pass` : `stops ${what} as ${why}`, () => {
      expect(blocked(turn, [call])).to.deep.equal([why]);
    });
  }

  it('runs of a message as many calls as the turn has left', () => {
    const turn = [...times(3, (n) => round('add', { n }, n)), ...round('look', {}, failure('tool-denied'))];
    const calls = [1, 2, 3, 4].map((id): Call => ['look', { id }]);
    expect(blocked(turn, calls, { callsPerTurn: 5 })).to.deep.equal(['', '', 'tool-budget', 'tool-budget']);
  });

  it('does not count a call that it stops against the budget', () => {
    expect(blocked(same(3), [LOOK, ADD], { callsPerTurn: 4 })).to.deep.equal(['repeated-call', '']);
  });

  it('starts afresh with a message of the person', () => {
    expect(blocked([...same(3), ...round(...ADD, denied), user('Yes, do')], [LOOK, ADD])).to.deep.equal(['', '']);
  });

  it('says in the result what happened and what to do', () => {
    const message = says('', LOOK);
    const [first] = screenCalls(messageCalls(message), [user(), ...same(3)], DEFAULT_LIMITS, toolOf);
    expect(first?.output).to.deep.equal({
      type: 'error-json',
      value: {
        code: 'tool-denied',
        message: '"look" was not run: it gave the same result 3 times in this turn.',
        fix: 'Work with that result, call it with other arguments, or answer.',
        details: { tool: 'look', guard: 'repeated-call' },
      },
    });
  });

  it('takes calls that give nothing twice in one message for no repetition', () => {
    const message = says('', LOOK, LOOK, LOOK);
    expect(blocked([message, ...gave(message, 1, 2, 3)], [LOOK])).to.deep.equal(['']);
  });
});

describe('limitsOf', () => {
  it('puts what a site gives over the defaults', () => {
    expect(limitsOf({ callsPerTurn: 5, roundsPerTurn: Infinity })).to.deep.equal({
      ...DEFAULT_LIMITS,
      callsPerTurn: 5,
      roundsPerTurn: Infinity,
    });
  });

  it('refuses names and values that are none', () => {
    for (const given of [{ calls: 5 }, { callsPerTurn: -1 }, { callsPerTurn: NaN }, { callsPerTurn: '5' }]) {
      expect(() => limitsOf(given as Partial<Limits>))
        .to.throw()
        .with.property('code', 'invalid-option');
    }
  });
});
