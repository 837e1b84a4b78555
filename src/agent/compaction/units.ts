/** Messages that stay or go together, and which of them go first. */
import type { Message } from '../../core/index.ts';
import type { ToolOf } from '../guards/rounds.ts';

/** A message, or one with calls and all their results. */
export interface Unit {
  readonly role: Message['role'];
  /** The index of the first message. */
  readonly from: number;
  /** The indexes of all messages. */
  readonly indexes: number[];
  /** The indexes of those with results. */
  readonly results: number[];
  /** Counts the turns. */
  readonly turn: number;
  isPinned: boolean;
  /** Whether all its calls only read, or came to nothing. */
  isReading: boolean;
}

/** Puts messages into units, in the order of their first messages. Results without a call are in none. */
export function unitsOf(
  messages: readonly Message[],
  toolOf: ToolOf,
  isPinned: (message: Message) => boolean,
): readonly Unit[] {
  const units: Unit[] = [];
  const byCall = new Map<string, Unit>();
  let turn = 0;
  messages.forEach((message, at) => {
    const { role, content } = message;
    if (role === 'tool') {
      const unit = content.map(({ toolCallId }) => byCall.get(toolCallId)).find(Boolean);
      if (!unit) return;
      unit.indexes.push(at);
      unit.results.push(at);
      if (isPinned(message)) unit.isPinned = true;
      for (const { toolName, output } of content) {
        if (output.type === 'json' && toolOf(toolName)?.effect !== 'read') unit.isReading = false;
      }
      return;
    }
    if (role === 'user') turn++;
    const unit: Unit = {
      ...{ role, from: at, indexes: [at], results: [], turn },
      ...{ isPinned: isPinned(message), isReading: role === 'assistant' },
    };
    if (role === 'assistant') {
      const calls = content.filter((part) => part.type === 'tool-call');
      for (const { toolCallId } of calls) byCall.set(toolCallId, unit);
      if (calls.length === 0) unit.isReading = false;
    }
    units.push(unit);
  });
  return units;
}

/** How much messages are worth, and how much more the newest are. */
const [LOW, MEDIUM, HIGH, CRITICAL, RECENT] = [25, 50, 75, 100, 25];

function worth({ role, isReading, results, turn }: Unit, current: number): number {
  if (role === 'user') return HIGH;
  if (role === 'system' || isReading) return LOW;
  // What this turn has done is not to be done again.
  return turn === current && results.length > 0 ? CRITICAL : MEDIUM;
}

/**
 * What may be dropped, what is worth least first: not what is pinned, not what the person said in this turn, none of the
 * newest messages, and no more than leaves the fewest. What the person said goes with all that came of it.
 */
export function droppable(
  units: readonly Unit[],
  current: number,
  fewest: number,
): readonly { readonly indexes: readonly number[] }[] {
  const all = units.flatMap(({ indexes }) => indexes).sort((a, b) => a - b);
  const newest = all.at(-fewest) ?? 0;
  const isFree = ({ isPinned, indexes, role, turn }: Unit): boolean =>
    !isPinned && indexes.every((at) => at < newest) && !(role === 'user' && turn === current);
  const scored = units
    .filter(isFree)
    .map((unit, place) => ({ unit, score: worth(unit, current) + (RECENT * place) / units.length }))
    .sort((a, b) => a.score - b.score);
  const gone = new Set<Unit>();
  return scored.flatMap(({ unit }) => {
    if (gone.has(unit)) return [];
    const turn = unit.role === 'user' ? units.filter((other) => other.turn === unit.turn && !gone.has(other)) : [unit];
    if (!turn.every(isFree)) return [];
    for (const one of turn) gone.add(one);
    return [{ indexes: turn.flatMap(({ indexes }) => indexes) }];
  });
}
