import { expect } from 'chai';
import { judge, noteMessage } from '../../../src/agent/guards/judge.ts';
import { DEFAULT_LIMITS } from '../../../src/agent/guards/limits.ts';
import type { Limits } from '../../../src/core/index.ts';
import type { Message } from '../../../src/core/index.ts';
import { denied, failure, gave, round, says, toolOf, user } from '../messages.ts';

const many = (count: number, make: (index: number) => readonly Message[]): readonly Message[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

const looks = (count: number): readonly Message[] => many(count, (index) => round('look', { id: index }, { index }));
const adds = (count: number): readonly Message[] => many(count, (index) => round('add', { id: index }, { index }));
const blocks = (count: number): readonly Message[] =>
  many(count, (index) => round('look', { id: index }, failure('tool-denied')));

const verdictOf = (turn: readonly Message[], limits: Partial<Limits> = {}): string => {
  const verdict = judge([user(), ...turn], { ...DEFAULT_LIMITS, ...limits }, toolOf);
  return verdict.kind === 'go-on' ? 'go-on' : `${verdict.kind} ${verdict.code}`;
};

const told = (kind: 'nudge' | 'finish', code: string): Message =>
  noteMessage({ kind, code, text: '' } as Parameters<typeof noteMessage>[0], 'n', 0);

const PLAN = 'Let me look at the cart once more to be sure of it.';

/** What a turn came to; the verdict; limits other than the default. */
const TABLE: readonly (readonly [what: string, turn: readonly Message[], verdict: string, limits?: Partial<Limits>])[] =
  [
    ['a turn that has just begun', [], 'go-on'],
    ['a turn with a few calls', looks(3), 'go-on'],
    ['half of the calls', adds(25), 'nudge half-budget', { roundsPerTurn: 99 }],
    ['half of an odd number of calls, rounded up', adds(4), 'nudge half-budget', { callsPerTurn: 7 }],
    ['half of them, once it was told', [told('nudge', 'half-budget'), ...adds(25)], 'go-on', { roundsPerTurn: 99 }],
    ['half of them, where nobody wants advice', adds(25), 'go-on', { roundsPerTurn: 99, nudgesPerCode: 0 }],
    ['all calls', adds(50), 'finish tool-budget', { roundsPerTurn: 99 }],
    ['calls that were not run, which do not count', [...adds(3), ...blocks(1)], 'go-on', { callsPerTurn: 10 }],
    ['all messages', adds(25), 'finish round-limit'],
    ['two messages without a call that was run', blocks(2), 'nudge blocked-calls'],
    ['four of them', blocks(4), 'finish blocked-calls'],
    ['four that a person said no to', many(4, (id) => round('add', { id }, denied)), 'finish blocked-calls'],
    ['four with a call between that was run', [...blocks(2), ...adds(1), ...blocks(1)], 'go-on'],
    [
      'calls that fail, which were run',
      many(4, (id) => round('add', { id }, failure('tool-failed', `No ${id}`))),
      'go-on',
    ],
    ['the same call twice', many(2, () => round('look', { id: 1 }, { n: 1 })), 'nudge repeated-call'],
    ['the same call three times in a row', many(3, () => round('look', { id: 1 }, { n: 1 })), 'finish same-calls'],
    [
      'the same call by another name',
      many(3, (index) => round(index === 1 ? 'search' : 'find', { q: 'tea' }, [])),
      'finish same-calls',
    ],
    [
      'the same failure three times in a row',
      many(3, () => round('add', { id: 1 }, failure('tool-failed'))),
      'finish same-calls',
    ],
    ['the same call of something that changes', many(4, (n) => round('look', { id: 1 }, { n })), 'go-on'],
    ['the same write that succeeds, as in "add three"', many(4, () => round('add', { id: 1 }, { ok: true })), 'go-on'],
    ['the same write again and again', many(8, () => round('add', { id: 1 }, { ok: true })), 'nudge repeated-call'],
    [
      'two calls that swap their places',
      many(3, (index) => {
        const calls = [['look', { id: 1 }] as const, ['look', { id: 2 }] as const];
        const message = says('', ...(index % 2 ? calls : calls.reverse()));
        return [message, ...gave(message, ...(index % 2 ? [1, 2] : [2, 1]))];
      }),
      'finish same-calls',
    ],
    [
      'the same call here and there',
      many(3, (n) => [...round('look', { id: 1 }, 'same'), ...(n < 2 ? round('look', { id: n + 2 }, n) : [])]),
      'nudge repeated-call',
    ],
    [
      'a text that is said again with nothing new',
      many(2, () => round('look', { id: 1 }, 1, PLAN)),
      'nudge repeated-call',
    ],
    ['a text that is said three times', many(3, () => round('look', { id: 1 }, 1, PLAN)), 'stop same-text'],
    ['a text alone that is said three times', many(3, () => [says(PLAN)]), 'stop same-text'],
    [
      'a text that is said three times in nearly the same words',
      many(3, (n) => [says(`${PLAN} One two three four five six seven eight nine. ${n}`)]),
      'stop same-text',
    ],
    [
      'another text each time',
      many(3, (n) => [says(`${PLAN} ${'abcdefghi'.repeat(n)} ${'x y z'.repeat(n)}`)]),
      'go-on',
    ],
    ['a text that is said with something new each time', many(4, (id) => round('add', { id }, 'ok', PLAN)), 'go-on'],
    ['a word that is said again', many(4, (n) => round('look', { id: 1 }, n, 'Next.')), 'go-on'],
    ['Chinese text that is said again', many(3, () => [says('我再看一下购物车里有什么。')]), 'stop same-text'],
    ['five messages that only read', looks(5), 'nudge search-hint'],
    ['five messages that only read, once it was told', [told('nudge', 'search-hint'), ...looks(6)], 'go-on'],
    ['reading again after a write', [...looks(4), ...adds(1), ...looks(4)], 'go-on'],
    ['twenty reads in a row', looks(20), 'finish read-loop'],
    [
      'calls after the last word was asked for',
      [told('finish', 'tool-budget'), ...looks(1)],
      'stop calls-after-finish',
    ],
    ['a last word that has been asked for, and not been given', [...looks(20), told('finish', 'read-loop')], 'go-on'],
    ['a page of results after another', many(4, (page) => round('page', { q: 'tea', page }, { page })), 'go-on'],
  ];

describe('judge', () => {
  for (const [what, turn, verdict, limits] of TABLE) {
    it(`says "${verdict}" to ${what}`, () => {
      expect(verdictOf(turn, limits)).to.equal(verdict);
    });
  }

  it('looks at the turn alone, whether it gets the conversation or the turn', () => {
    const earlier = [user(), ...blocks(4)];
    expect(judge([...earlier, user()], DEFAULT_LIMITS, toolOf)).to.deep.equal({ kind: 'go-on' });
    expect(judge(blocks(4), DEFAULT_LIMITS, toolOf)).to.include({ kind: 'finish' });
  });

  it('tells the model why it is to finish, and what to say', () => {
    const verdict = judge([user(), ...adds(3)], { ...DEFAULT_LIMITS, callsPerTurn: 3 }, toolOf);
    expect(verdict).to.deep.equal({
      kind: 'finish',
      code: 'tool-budget',
      text: 'All 3 calls of this turn are used up. No tool can be called now: answer with what was done, what was found and what is left to do.',
    });
  });

  it('forgets what it told in the turn before', () => {
    const earlier = [user(), told('nudge', 'search-hint'), ...looks(5)];
    expect(judge([...earlier, user(), ...looks(5)], DEFAULT_LIMITS, toolOf)).to.include({ code: 'search-hint' });
  });

  it('does not let the taking back of a call pass for its result', () => {
    const message = says('', ['add', { id: 1 }]);
    const [result] = gave(message, { ok: true });
    const undone = {
      ...result,
      id: 'u',
      content: result?.content.map((part) => ({ ...part, undo: 'done' })),
    } as Message;
    const turn = [message, ...gave(message, failure('tool-denied')), undone];
    expect(verdictOf(turn, { blockedRounds: 1 })).to.equal('finish blocked-calls');
  });
});
