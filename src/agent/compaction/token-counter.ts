/** How many tokens messages take: estimated once for each, and held against what the provider says. */
import type { Message } from '../../core/index.ts';
import { countText, countValue } from './count-text.ts';

export interface TokenCounter {
  /** About how many tokens a message takes. */
  count(message: Message): number;
  /** About how many some messages take. Of a list that has grown only what is new is counted. */
  total(messages: readonly Message[]): number;
  /** About how many a text, such as the instructions, or a value, such as the schema of a tool, takes. */
  measure(value: unknown): number;
  /**
   * Learns from what the provider says that a request took, where this counter had estimated it.
   *
   * @param estimate in tokens, of all that was sent.
   * @param reported in tokens.
   */
  observe(estimate: number, reported: number): void;
  /** What the estimates are multiplied by: 1 before anything was learned. */
  readonly factor: number;
}

/** What comes with each message, and with each call or result. */
const PER_MESSAGE = 4;
const PER_PART = 6;

/** What a picture takes, whatever its size; a model makes it smaller where it is large. */
const PER_FILE = 1000;

/** How much of what is new is taken on, and how far off an estimate can be. */
const PACE = 0.3;
const [LEAST, MOST] = [0.5, 3];

const known = new WeakMap<Message, number>();

/** The estimate by the text alone. */
function estimate(message: Message): number {
  const before = known.get(message);
  if (before !== undefined) return before;
  let tokens = PER_MESSAGE;
  for (const part of message.content) {
    if (part.type === 'text' || part.type === 'reasoning') tokens += countText(part.text);
    else if (part.type === 'file') tokens += PER_FILE;
    else if (part.type === 'tool-call') tokens += PER_PART + countText(part.toolName) + countValue(part.input);
    else if (part.output.type === 'execution-denied') tokens += PER_PART + countValue(part.output.reason);
    else tokens += PER_PART + countValue(part.output.value);
  }
  known.set(message, tokens);
  return tokens;
}

/** Makes a counter; each model wants its own, since it learns how that model counts. */
export function createTokenCounter(): TokenCounter {
  let factor = 1;
  let latest: readonly Message[] = [];
  let sum = 0;
  const scaled = (tokens: number): number => Math.ceil(tokens * factor);
  return {
    get factor() {
      return factor;
    },
    count: (message) => scaled(estimate(message)),
    measure: (value) => scaled(typeof value === 'string' ? countText(value) : countValue(value)),
    total(messages) {
      const { length } = latest;
      let from = messages.length < length ? 0 : length;
      for (let index = 0; index < from; index++) if (messages[index] !== latest[index]) from = 0;
      if (from === 0) sum = 0;
      for (let index = from; index < messages.length; index++) sum += estimate(messages[index] as Message);
      latest = messages;
      return scaled(sum);
    },
    observe(estimated, reported) {
      if (!(estimated > 0 && reported > 0)) return;
      const next = factor * (reported / estimated) ** PACE;
      factor = Math.min(MOST, Math.max(LEAST, next));
    },
  };
}
