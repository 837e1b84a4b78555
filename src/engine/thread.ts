/** A thread as a run holds it: what it remembers, and the log behind it when there is one. */
import { isAgentError } from '../core/index.ts';
import type { AgentError, Interrupt, LogEntry, ThreadLog, Write } from '../core/index.ts';
import { interrupts, memo } from '../state/index.ts';
import type { Values } from '../state/index.ts';

/** When versions are stored: each before the next step, behind the run, or all as one when the run ends or asks. */
export type Durability = 'sync' | 'async' | 'exit';

/** What a run needs of the log. */
export type Log = Pick<ThreadLog, 'head' | 'append' | 'full' | 'flushed'>;

/** Called with every version as it comes to be. */
export type CommitListener = (ns: string, version: number, writes: readonly Write[]) => void;

/** Writes that are held back before those that a later one makes needless are dropped. */
const MAX_HELD = 1024;

/** The writes without those that a later `set` of the same channel makes needless. */
function squash(writes: readonly Write[]): Write[] {
  const replaced = new Set<string>();
  const kept: Write[] = [];
  for (const write of [...writes].reverse()) {
    const [channel, op] = write;
    // What reads other channels, or takes many away, keeps all that came before it.
    if (op === 'copy' || op === 'delete') return [...writes.slice(0, writes.lastIndexOf(write) + 1), ...kept.reverse()];
    if (replaced.has(channel)) continue;
    if (op === 'set') replaced.add(channel);
    kept.push(write);
  }
  return kept.reverse();
}

export class Thread {
  readonly log: Log | undefined;
  readonly durability: Durability;
  /** Answers, intents, effects and times, by the task that they belong to. */
  readonly memo: Map<string, unknown>;
  /** Questions that are open. */
  interrupts: readonly Interrupt[];
  /** The questions as the log has them. */
  #logged: readonly Interrupt[];
  /** The channels of subgraphs under way when the run began, by the path of their task. */
  readonly stored: Map<string, Values>;
  /** Whether anybody wants to know the writes: a log, or a listener. */
  observed: boolean;
  #listener: CommitListener | undefined = undefined;
  #version: number;
  /** The newest entry that is held back, and the writes of all of them. */
  #held: LogEntry | undefined = undefined;
  #writes: Write[] = [];
  #squashAt = MAX_HELD;
  /** Why nothing was stored when it was last waited for: there is no room, and what comes is held in memory. */
  refusal: AgentError | undefined = undefined;

  /** @param values the channels as the log has them. */
  constructor(log: Log | undefined, values: Values, durability: Durability) {
    this.log = log;
    this.durability = durability;
    this.observed = log !== undefined;
    this.#version = log?.head ?? 0;
    this.memo = new Map(memo(values));
    this.interrupts = this.#logged = interrupts(values);
    this.stored = framesOf(values);
  }

  get version(): number {
    return this.#version;
  }

  /** Has a function called with every version from here on. */
  listen(listener: CommitListener): void {
    this.#listener = listener;
    this.observed = true;
  }

  /** Whether the questions differ from those in the log. */
  hasNewInterrupts(): boolean {
    const { interrupts: open } = this;
    return open.length !== this.#logged.length || open.some(({ id }, index) => id !== this.#logged[index]?.id);
  }

  /** Notes that the log has the questions as they are. */
  markInterrupts(): void {
    this.#logged = this.interrupts;
  }

  /** Counts a version that nobody wants to know of. */
  count(): void {
    this.#version++;
  }

  /** Logs the writes of one step as one version. Throws when the log refuses a value, and has then kept nothing. */
  commit(entry: LogEntry): void {
    if (this.log && this.durability === 'exit') {
      this.#hold(entry);
      return;
    }
    this.#append(entry);
  }

  /** Something to wait for before the next step: that the disk keeps up, or that it has everything. */
  full(): Promise<unknown> | undefined {
    if (!this.log) return undefined;
    return this.durability === 'sync' && !this.refusal ? this.settled() : this.log.full();
  }

  /** The same as {@link flushed}, but a store that is full is no reason to stop: then undefined, and there is a `refusal`. */
  async settled(): Promise<number | undefined> {
    try {
      return await this.flushed();
    } catch (error) {
      if (error !== this.refusal) throw error;
      return undefined;
    }
  }

  /**
   * Resolves to the version that is now durable; to undefined when nothing is stored at all.
   *
   * @throws AgentError `quota-exceeded` when there is no room: the thread is in memory, and may go on there.
   */
  async flushed(): Promise<number | undefined> {
    if (!this.log) return undefined;
    const held = this.#held;
    const writes = squash(this.#writes);
    this.#held = undefined;
    this.#writes = [];
    if (held) this.#append({ ...held, writes });
    const { version } = this;
    await this.log.flushed(version).catch((error: unknown) => {
      if (isAgentError(error) && error.code === 'quota-exceeded') this.refusal = error;
      throw error;
    });
    this.refusal = undefined;
    return version;
  }

  #hold(entry: LogEntry): void {
    this.#held = { ...entry, ns: '' };
    for (const write of entry.writes) this.#writes.push(write);
    if (this.#writes.length < this.#squashAt) return;
    this.#writes = squash(this.#writes);
    this.#squashAt = Math.max(MAX_HELD, 2 * this.#writes.length);
  }

  #append(entry: LogEntry): void {
    this.#version = this.log ? this.log.append(entry) : this.#version + 1;
    this.#listener?.(entry.ns, this.#version, entry.writes);
  }
}

/** The channels of subgraphs among a thread's channels, by the path of their task and their names without it. */
export function framesOf(values: Values): Map<string, Values> {
  const frames = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(values)) {
    const cut = name.lastIndexOf('/');
    if (cut < 0) continue;
    const frame = frames.get(name.slice(0, cut)) ?? {};
    frame[name.slice(cut + 1)] = value;
    frames.set(name.slice(0, cut), frame);
  }
  return frames;
}
