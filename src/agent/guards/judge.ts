/** What comes after the calls of a message: the model again, the model with some advice, its last word, or the end. */
import { messageText } from '../../core/index.ts';
import type { Limits, Message, SystemMessage } from '../../core/index.ts';
import { repetition } from './repeats.ts';
import { countMade, turnOf } from './rounds.ts';
import type { Made, Round, ToolOf } from './rounds.ts';

export type NudgeCode = 'blocked-calls' | 'half-budget' | 'repeated-call' | 'search-hint';
export type FinishCode = 'blocked-calls' | 'read-loop' | 'round-limit' | 'same-calls' | 'tool-budget';
export type StopCode = 'calls-after-finish' | 'same-text';

/** What the model is told before it goes on: some advice, or that it has to answer now, without tools. */
export type Note =
  | { readonly kind: 'nudge'; readonly code: NudgeCode; readonly text: string }
  | { readonly kind: 'finish'; readonly code: FinishCode; readonly text: string };

export type Verdict =
  | { readonly kind: 'go-on' }
  | Note
  /** The turn ends here; the message is for the person. */
  | { readonly kind: 'stop'; readonly code: StopCode; readonly message: string };

/** Characters of a text that are compared. */
const COMPARED = 500;

/** Words below which a text says too little to be held against a model. */
const FEWEST = 4;

const GO_ON: Verdict = { kind: 'go-on' };

/** The message by which a model is told. The turn's later verdicts know it by its id. */
export function noteMessage({ kind, code, text }: Note, id: string, at: number): SystemMessage {
  return { id: `${id}:${kind}:${code}`, at, role: 'system', content: [{ type: 'text', text }] };
}

function wordsOf(round: Round): ReadonlySet<string> {
  if (round.words) return round.words;
  const text = messageText(round.message).slice(0, COMPARED).toLowerCase();
  // Scripts without spaces count by the character.
  round.words = new Set(text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}]+/gu));
  return round.words;
}

function repeatsText(a: Round, b: Round, share: number): boolean {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  if (second.size < FEWEST) return false;
  let both = 0;
  for (const word of second) if (first.has(word)) both++;
  return both > share * Math.max(first.size, second.size);
}

const isSame = (a: Made, b: Made): boolean =>
  a.name === b.name && a.exact === b.exact && a.ended === b.ended && a.gave === b.gave;

const isWritten = ({ ended, reads }: Made): boolean => ended === 'ok' && !reads;

/** Whether a round makes the calls of another, and gets the same of them. A write that succeeds gets something done. */
function repeatsCalls({ calls }: Round, { calls: others }: Round): boolean {
  if (calls.length === 0 || calls.length !== others.length) return false;
  return calls.every((call) => !isWritten(call) && others.some((other) => isSame(call, other)));
}

/** For how many rounds at the end something holds. */
function streak(rounds: readonly Round[], test: (round: Round, before: Round | undefined) => boolean): number {
  let count = 0;
  for (let index = rounds.length - 1; index >= 0; index--, count++) {
    if (!test(rounds[index] as Round, rounds[index - 1])) break;
  }
  return count;
}

const isBlocked = ({ calls }: Round): boolean =>
  calls.length > 0 && calls.every(({ ended }) => ended === 'blocked' || ended === 'denied');

const isReading = ({ calls }: Round): boolean => calls.length > 0 && calls.every(({ reads }) => reads);

/** Whether a round brought nothing that the turn did not have before. */
function isIdle({ calls }: Round, earlier: readonly Made[]): boolean {
  return calls.every((call) => call.ended !== 'ok' || (call.reads && earlier.some((other) => isSame(call, other))));
}

/** For how many rounds at the end the text is that of the round before, with nothing new to show for it. */
function saidAgain(rounds: readonly Round[], share: number): number {
  return streak(rounds, (round, before) => {
    if (!before || !repeatsText(before, round, share)) return false;
    const earlier = rounds.slice(0, rounds.indexOf(round)).flatMap(({ calls }) => calls);
    return isIdle(round, earlier);
  });
}

const LAST_WORD = 'No tool can be called now: answer with what was done, what was found and what is left to do.';

const ADVICE: Readonly<Record<NudgeCode, (calls: number, most: number) => string>> = {
  'repeated-call': () =>
    'A call gave the same result again, and will soon not be run any more: work with the result, change the arguments, or answer.',
  'blocked-calls': () => 'The last calls were not run: read why, then use other tools, or answer without.',
  'search-hint': () =>
    'The last calls only looked things up: answer with what was found, search for something more exact, or ask the person.',
  'half-budget': (calls, most) => `${calls} of the ${most} calls of this turn are used up: do what matters most first.`,
};

const finish = (code: FinishCode, why: string): Verdict => ({ kind: 'finish', code, text: `${why} ${LAST_WORD}` });
const stop = (code: StopCode, message: string): Verdict => ({ kind: 'stop', code, message });

/**
 * What comes next in a turn, before the model is asked again.
 *
 * @param messages the conversation, or its part since the last message of the person. All calls in it have results.
 * @param toolOf the tool of a name or an alias.
 *
 * @example
 * const verdict = judge(messages, DEFAULT_LIMITS, (name) => registry.find(name)?.tool);
 * if (verdict.kind === 'nudge') messages.push(noteMessage(verdict, id, now));
 */
export function judge(messages: readonly Message[], limits: Limits, toolOf: ToolOf): Verdict {
  const { rounds, made, notes } = turnOf(messages, toolOf);
  const last = rounds.at(-1);
  if (!last) return GO_ON;

  // A part of the assistant that goes on behind another one has not been told.
  const note = notes.findLast(({ id }) => id.includes(':finish:') || id.endsWith(':turn'));
  const told = note?.id.endsWith(':turn') ? undefined : note;
  // It has not answered yet.
  if (told?.after === rounds.length) return GO_ON;
  if (told && last.calls.length > 0) {
    return stop('calls-after-finish', 'The assistant went on calling tools instead of answering.');
  }
  if (saidAgain(rounds, limits.sameTextShare) >= limits.sameTexts) {
    return stop('same-text', 'The assistant said the same over and over.');
  }

  const calls = countMade(made);
  if (calls >= limits.callsPerTurn) return finish('tool-budget', `All ${calls} calls of this turn are used up.`);
  if (rounds.length >= limits.roundsPerTurn) return finish('round-limit', 'This turn has gone on for too long.');
  const blocked = streak(rounds, isBlocked);
  if (blocked >= limits.blockedRounds) return finish('blocked-calls', 'The last calls were not run.');
  // The first of them repeats nothing.
  const same = streak(rounds, (round, before) => before !== undefined && repeatsCalls(round, before)) + 1;
  if (same >= limits.sameRounds) return finish('same-calls', `The same calls gave the same ${same} times in a row.`);
  const reads = made.length - 1 - made.findLastIndex((call) => !call.reads);
  if (reads >= limits.readsInARow) return finish('read-loop', `The last ${reads} calls only looked things up.`);

  const isRepeated = (call: Made): boolean => {
    const { times, most } = repetition(made, call, limits);
    return times >= most;
  };
  const reading = streak(rounds, isReading);
  const due: readonly (NudgeCode | false)[] = [
    (same > 1 || last.calls.some(isRepeated)) && 'repeated-call',
    blocked >= limits.blockedRounds / 2 && 'blocked-calls',
    reading >= limits.searchHintAfter && 'search-hint',
    calls >= limits.callsPerTurn / 2 && 'half-budget',
  ];
  for (const code of due) {
    if (!code) continue;
    const times = notes.filter(({ id }) => id.endsWith(`:nudge:${code}`)).length;
    if (times < limits.nudgesPerCode) return { kind: 'nudge', code, text: ADVICE[code](calls, limits.callsPerTurn) };
  }
  return GO_ON;
}
