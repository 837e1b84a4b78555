/** What a thread is to do, as data that follows from a seed: page, worker and driver work it out alike. */

/** A thread of the suite. */
export interface Plan {
  readonly id: string;
  /** `agent` is the stock agent with tools, `order` a graph of the suite's own worker. */
  readonly graph: 'agent' | 'order';
  readonly seed: number;
  readonly turns: number;
  /** Characters of each large value, so that housekeeping has something to do. */
  readonly size: number;
  /** Whether it is also forked, undone, exported and imported on the way. */
  readonly copies: boolean;
}

/** A tool call that the model of the suite makes. */
export interface Call {
  /** Tells it apart from every other one, also from a repeated one. */
  readonly key: string;
  readonly tool: 'note' | 'charge' | 'store' | 'look' | 'ring';
  /** Milliseconds that it takes. */
  readonly ms: number;
  readonly size: number;
}

/** What makes the tools different: whether a person is asked first, whether a call may be made again, what it changes. */
export const TOOLS = {
  note: { asks: false, idempotent: false, writes: ['notes/{key}'] },
  charge: { asks: true, idempotent: false, writes: ['purse'] },
  store: { asks: false, idempotent: true, writes: ['shelf/{key}'] },
  look: { asks: false, idempotent: true, writes: [] },
  ring: { asks: false, idempotent: false, writes: ['bell'] },
} satisfies Record<Call['tool'], { asks: boolean; idempotent: boolean; writes: readonly string[] }>;

/** Numbers from 0 up to 1, the same for the same seed: mulberry32 (public domain, by Tommy Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to `count`. */
export const below = (random: () => number, count: number): number => Math.floor(random() * count);

const NAMES = Object.keys(TOOLS) as readonly Call['tool'][];

/** The calls of a turn of the agent, message by message. */
export function roundsOf({ id, seed, size }: Plan, turn: number): readonly (readonly Call[])[] {
  const random = randomFrom(seed * 31 + turn);
  return Array.from({ length: 2 + below(random, 2) }, (_, round) =>
    Array.from({ length: 1 + below(random, 3) }, (__, index) => {
      const tool = NAMES[below(random, NAMES.length)] ?? 'note';
      const long = index === 0 ? size : Math.min(size, 200);
      return { key: `${id}/${turn}.${round}.${index}`, tool, ms: below(random, 12), size: long };
    }),
  );
}

/** Whether the person of the suite allows a call. */
export const isAllowed = (key: string): boolean =>
  Array.from(key).reduce((sum, each) => sum + each.charCodeAt(0), 0) % 4 > 0;

/** What the graph `order` works on. */
export interface Job {
  readonly thread: string;
  readonly turn: number;
  readonly steps: number;
  readonly size: number;
}

export function jobOf({ id, seed, size }: Plan, turn: number): Job {
  return { thread: id, turn, steps: 4 + below(randomFrom(seed * 17 + turn), 5), size };
}

/** The item that a step of the graph adds to its list. */
export const itemOf = ({ turn, size }: Job, step: number): string => `${turn}.${step} `.padEnd(size / 4, 'i');

/** The files that a turn of the graph leaves: those of its last two steps, by their names. */
export const fileOf = (step: number): string => `file${step % 2}`;

/** Whether a step of the graph has an effect, and what that is known by. */
export const paymentOf = ({ thread, turn }: Job, step: number): string | undefined =>
  step % 2 === 0 ? `${thread}/${turn}.${step}.pay` : undefined;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
