/** Makes a conversation smaller that is about to be too long for its model: step by step, what is missed least first. */
import type { Message, ToolMessage, ToolResultPart } from '../../core/index.ts';
import { sizeOf } from '../../tools/index.ts';
import type { ToolOf } from '../guards/rounds.ts';
import { citedBy, isCited } from './citations.ts';
import { isRequirement } from './requirements.ts';
import { extract } from './summary.ts';
import { levelOf, THRESHOLDS } from './thresholds.ts';
import type { Level, Thresholds } from './thresholds.ts';
import type { TokenCounter } from './token-counter.ts';
import { MOST_CHARACTERS, MOST_LINES, truncateText } from './truncate.ts';
import { droppable, unitsOf } from './units.ts';
import type { Unit } from './units.ts';
import { applyView, cutMessage } from './view.ts';
import type { View } from './view.ts';

export interface CompactionOptions {
  /** What the model takes, in tokens. */
  readonly contextTokens: number;
  /** What a request takes as it is: the messages that are seen, the instructions and the tools; in tokens. */
  readonly used: number;
  readonly counter: TokenCounter;
  readonly toolOf: ToolOf;
  /** Messages that always stay, beside those that say how answers have to be. */
  readonly pinned?: (message: Message) => boolean;
  /** `ask`: tells which messages are to be summed up, for somebody to write it; `extract`: sums up by rules. */
  readonly summarise: 'ask' | 'extract';
  /** Whether it is to be smaller although there is room by all estimates: the model has said that it is too long. */
  readonly force?: boolean;
  readonly thresholds?: Thresholds;
}

/** What was done. */
export interface CompactionAction {
  readonly action: 'prune' | 'truncate' | 'summarise' | 'drop';
  /** How full the context was. */
  readonly trigger: Level;
  /** Results that were pruned or truncated; messages that were summed up or dropped. */
  readonly removed: number;
  readonly tokensFreed: number;
  /** The share of the context that is in use afterwards. */
  readonly utilisation: number;
}

export interface CompactionPlan {
  /** The same as before where nothing was done. */
  readonly view: View;
  /** How full the context was. */
  readonly level: Level;
  readonly utilisation: number;
  readonly actions: readonly CompactionAction[];
  /** Messages that are to be summed up. Without that, the view is good all the same. */
  readonly summary?: {
    /** What they are, as they are seen. */
    readonly messages: readonly Message[];
    /** What came before them, in short. */
    readonly previous: string;
    /** Goes on with their summary, which tells of what came before as well. An empty one is made by rules. */
    readonly complete: (text: string) => CompactionPlan;
  };
}

/** Messages that are seen at the least. */
export const FEWEST_MESSAGES = 6;

/** Turns at the end whose results are not pruned. */
const RECENT_TURNS = 3;

/** Tokens that a change has to free to be worth it, as many as a note takes; and below which no result is too large. */
const WORTH = 20;
const LARGE = MOST_CHARACTERS / 8;

/** The most that a summary takes: in characters, and of the context by rules. */
const SUMMARY_CHARACTERS = 8_000;
const SUMMARY_TOKENS = 1_000;
const SUMMARY_SHARE = 1 / 10;

/** What stays of the messages at the most where the estimates were wrong. */
const FORCED = 0.6;

/** Whether more of a value is seen than is to be of a large one. */
function isLarge(value: unknown): boolean {
  if (sizeOf(value, MOST_CHARACTERS) > MOST_CHARACTERS) return true;
  return typeof value === 'string' && value.split('\n', MOST_LINES + 1).length > MOST_LINES;
}

/**
 * Makes of a view one that shows less, once the context is full enough: old results that nobody speaks of any more are
 * left out, large results are cut, the oldest turns are summed up, and at last messages are dropped. What was said by
 * the person in this turn stays, and so does what is pinned; a call and its result stay or go together.
 *
 * @example
 * let plan = planCompaction(messages, view, { contextTokens, used, counter, toolOf, summarise: 'ask' });
 * if (plan.summary) plan = plan.summary.complete(await sumUp(plan.summary));
 */
export function planCompaction(messages: readonly Message[], view: View, options: CompactionOptions): CompactionPlan {
  const { contextTokens, used, counter, toolOf, force = false, thresholds = THRESHOLDS } = options;
  const measured = levelOf(used / contextTokens, thresholds);
  const level = force && measured !== 'critical' ? 'overflow' : measured;
  if (level === 'ok' || level === 'warn') return { view, level, utilisation: used / contextTokens, actions: [] };

  let seen = view;
  let tokens = counter.total(applyView(messages, view));
  const fixed = Math.max(0, used - tokens);
  const goal = Math.min(thresholds.target * contextTokens - fixed, force ? tokens * FORCED : Infinity);
  const actions: CompactionAction[] = [];
  const utilisation = (): number => (fixed + tokens) / contextTokens;
  const units = unitsOf(messages, toolOf, (message) => isRequirement(message) || options.pinned?.(message) === true);
  const current = units.at(-1)?.turn ?? 0;

  const take = (action: CompactionAction['action'], next: View, removed: number): boolean => {
    const after = counter.total(applyView(messages, next));
    if (after >= tokens) return false;
    actions.push({
      ...{ action, trigger: level, removed, tokensFreed: tokens - after },
      utilisation: (fixed + after) / contextTokens,
    });
    seen = next;
    tokens = after;
    return true;
  };

  const visible = (): readonly Unit[] => {
    const gone = new Set(seen.dropped);
    const kept = new Set(seen.kept);
    return units.filter(({ from }) => (from < seen.upTo ? kept.has(from) : !gone.has(from)));
  };

  /** Shows fewer characters of some results, the oldest first. */
  const shorten = (
    action: 'prune' | 'truncate',
    characters: number,
    isWanted: (unit: Unit, at: number, value: unknown) => boolean,
  ): void => {
    const pruned = new Map(Object.entries(seen.pruned));
    const sizes = (id: string): number | undefined => pruned.get(id);
    let left = tokens;
    let removed = 0;
    for (const unit of visible()) {
      if (left <= goal || unit.isPinned) continue;
      for (const at of unit.results) {
        const message = messages[at] as ToolMessage;
        for (const { toolCallId: id, output } of message.content) {
          if (output.type !== 'json' || (pruned.get(id) ?? Infinity) <= characters) continue;
          const before = counter.count(cutMessage(message, sizes));
          if (before < WORTH || !isWanted(unit, at, output.value)) continue;
          const cut = cutMessage(message, (one) => (one === id ? characters : sizes(one)));
          const freed = before - counter.count(cut);
          if (freed < WORTH) continue;
          pruned.set(id, characters);
          left -= freed;
          removed++;
        }
      }
    }
    if (removed > 0) take(action, { ...seen, pruned: Object.fromEntries(pruned) }, removed);
  };

  /** The newest message of the model; results after it have not been read yet. */
  const read = messages.findLastIndex(({ role }) => role === 'assistant');
  const isTooLarge = (at: number, value: unknown): boolean =>
    counter.count(messages[at] as Message) > LARGE && isLarge(value);

  const finish = (): CompactionPlan => {
    if (force || utilisation() >= thresholds.proactive) {
      const going = droppable(visible(), current, FEWEST_MESSAGES);
      const dropped: number[] = [];
      let left = tokens + WORTH;
      for (const { indexes } of going) {
        if (left <= goal) break;
        for (const at of indexes) left -= counter.count(shownAt(messages, at, seen));
        dropped.push(...indexes);
      }
      if (dropped.length > 0) {
        const all = [...seen.dropped, ...dropped.filter((at) => at >= seen.upTo)].sort((a, b) => a - b);
        const gone = new Set(dropped);
        const kept = seen.kept.filter((at) => !gone.has(at));
        take('drop', { ...seen, kept, dropped: all }, dropped.length);
      }
    }
    if (utilisation() >= thresholds.overflow) {
      shorten('truncate', MOST_CHARACTERS, (_unit, at, value) => isTooLarge(at, value));
    }
    return { view: seen, level, utilisation: utilisation(), actions };
  };

  if (tokens > goal) {
    const old = current - RECENT_TURNS;
    const words = citedBy(messages.slice(units.find(({ turn }) => turn > old)?.from));
    shorten('prune', 0, ({ turn }, _at, value) => turn <= old && !isCited(value, words));
  }
  if (tokens > goal) {
    shorten('truncate', MOST_CHARACTERS, (_unit, at, value) => at <= read && isTooLarge(at, value));
  }
  if (tokens <= goal) return { view: seen, level, utilisation: utilisation(), actions };

  const most = Math.min(SUMMARY_TOKENS, contextTokens * SUMMARY_SHARE);

  /** The oldest turns, as many as have to be summed up. */
  const oldest = (): Range | undefined => {
    const units = visible();
    const to = boundary(messages, units, seen, goal - most, counter);
    const old = units.filter(({ from }) => from < to);
    const isKept = ({ from, isPinned }: Unit): boolean => isPinned || from < seen.upTo;
    const places = old.flatMap((unit) => (isKept(unit) ? [] : unit.indexes)).sort((a, b) => a - b);
    if (places.length === 0) return undefined;
    // A result may come long after its call.
    const kept = old
      .flatMap((unit) => (isKept(unit) ? unit.indexes.filter((at) => at < to) : []))
      .sort((a, b) => a - b);
    return { to, kept, messages: places.map((at) => shownAt(messages, at, seen)) };
  };

  const sumUp = ({ to, kept, messages: summed }: Range, text: string): boolean => {
    const gone = new Set(summed.flatMap((message) => (message.role === 'tool' ? message.content : [])).map(idOf));
    const pruned = Object.fromEntries(Object.entries(seen.pruned).filter(([id]) => !gone.has(id)));
    const next = { upTo: to, kept, dropped: seen.dropped.filter((at) => at >= to), pruned };
    const summary = truncateText(text.trim(), 'head', SUMMARY_CHARACTERS, Infinity);
    if (summary !== '' && take('summarise', { ...next, summary }, summed.length)) return true;
    const byRules = extract(summed, toolOf, seen.summary, 4 * most);
    return take('summarise', { ...next, summary: byRules }, summed.length);
  };

  const asked = oldest();
  if (!asked) return finish();
  const complete = (text: string): CompactionPlan => {
    let range: Range | undefined = asked;
    // What was written may be longer than it was to be.
    while (range && sumUp(range, range === asked ? text : '')) {
      range = utilisation() < thresholds.proactive ? undefined : oldest();
    }
    return finish();
  };
  if (options.summarise === 'extract' || level === 'critical') return complete('');
  return {
    ...{ view: seen, level, utilisation: utilisation(), actions: [...actions] },
    summary: { messages: asked.messages, previous: seen.summary ?? '', complete },
  };
}

/** Messages that are to be summed up. */
interface Range {
  /** The index of the first message after them. */
  readonly to: number;
  /** The indexes of those before it that stay. */
  readonly kept: readonly number[];
  /** The others, as they are seen. */
  readonly messages: readonly Message[];
}

const idOf = ({ toolCallId }: ToolResultPart): string => toolCallId;

function shownAt(messages: readonly Message[], at: number, { pruned }: View): Message {
  const message = messages[at] as Message;
  return message.role === 'tool' ? cutMessage(message, (id) => pruned[id]) : message;
}

/** Up to where turns are to be summed up: no further than is needed, and the newest messages stay. */
function boundary(
  messages: readonly Message[],
  visible: readonly Unit[],
  view: View,
  goal: number,
  counter: TokenCounter,
): number {
  const tokensOf = ({ indexes }: Unit): number =>
    indexes.reduce((sum, at) => sum + counter.count(shownAt(messages, at, view)), 0);
  let best = view.upTo;
  let count = 0;
  let tokens = 0;
  for (const unit of visible) if (unit.isPinned) tokens += tokensOf(unit);
  for (const unit of visible.toReversed()) {
    count += unit.indexes.length;
    if (!unit.isPinned) tokens += tokensOf(unit);
    if (tokens > goal && best > view.upTo) break;
    if (unit.role === 'user' && count >= FEWEST_MESSAGES && unit.from > view.upTo) best = unit.from;
  }
  return best;
}
