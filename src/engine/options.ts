/** What a caller may ask of a run, and the check of it. */
import { AgentError } from '../core/index.ts';
import type { RunEvent } from '../core/index.ts';
import type { BusyPolicy } from './busy.ts';
import type { Profiler } from './profile.ts';
import type { Durability } from './thread.ts';

export interface RunOptions<X = unknown> {
  /** Default: a new thread. */
  readonly threadId?: string;
  /** Handed to every node as `ctx.context`; never stored. */
  readonly context?: X;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  /** Steps after which the run ends as `limit`, those of subgraphs included. Default: 1,000. */
  readonly stepLimit?: number;
  /** How often one node may run before the run ends as `limit`. Default: as often as it likes. */
  readonly visitLimit?: number;
  /** How many tasks of a step run at a time. Default: all. */
  readonly concurrency?: number;
  /** When another run of the thread is under way: wait for it (the default), be refused, or stop it. */
  readonly whenBusy?: BusyPolicy;
  /**
   * When versions are stored: behind the run (`async`, the default), each before the next step (`sync`), or all as one
   * when the run ends, asks or is about to have an effect (`exit`).
   */
  readonly durability?: Durability;
  /** Called with every event, within the run: it should be quick. What it throws is reported and changes nothing. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Give `profiler` to learn where the run spends its time: an event `profile` before its end says it. */
  readonly profile?: Profiler;
}

/** Which events a stream gives: everything that happens, or parts of it. `run-end` always comes. */
export type StreamMode = 'values' | 'updates' | 'messages' | 'custom' | 'events';

export interface StreamOptions<X = unknown> extends RunOptions<X> {
  /** Default: `['events']`. */
  readonly modes?: readonly StreamMode[];
}

const STEP_LIMIT = 1000;
const BUSY: readonly string[] = ['queue', 'reject', 'replace'] satisfies readonly BusyPolicy[];
const DURABILITY: readonly string[] = ['sync', 'async', 'exit'] satisfies readonly Durability[];
const MODES: readonly string[] = ['values', 'updates', 'messages', 'custom', 'events'] satisfies readonly StreamMode[];

function refuse(option: string, value: unknown, fix: string): AgentError {
  return new AgentError('invalid-option', `\`${option}\` is ${String(value)}.`, { fix, details: { option } });
}

function atLeastOne(option: string, value: number): number {
  if (value >= 1) return value;
  throw refuse(option, value, 'Give a number of 1 or more.');
}

function oneOf<T extends string>(option: string, value: T, values: readonly string[]): T {
  if (values.includes(value)) return value;
  throw refuse(option, value, `Give one of: ${values.join(', ')}.`);
}

/** What bounds a run, with every default filled in. */
export interface Limits {
  readonly stepLimit: number;
  readonly visitLimit: number;
  readonly concurrency: number;
  readonly whenBusy: BusyPolicy;
  readonly durability: Durability;
}

/** The limits of a run. Throws `invalid-option`. */
export function limitsOf(options: RunOptions): Limits {
  const { stepLimit = STEP_LIMIT, visitLimit = Infinity, concurrency = Infinity } = options;
  return {
    stepLimit: atLeastOne('stepLimit', stepLimit),
    visitLimit: atLeastOne('visitLimit', visitLimit),
    concurrency: atLeastOne('concurrency', concurrency),
    whenBusy: oneOf('whenBusy', options.whenBusy ?? 'queue', BUSY),
    durability: oneOf('durability', options.durability ?? 'async', DURABILITY),
  };
}

/** The modes of a stream. Throws `invalid-option`. */
export function modesOf({ modes = ['events'] }: StreamOptions): ReadonlySet<StreamMode> {
  return new Set(modes.map((mode) => oneOf('modes', mode, MODES)));
}
