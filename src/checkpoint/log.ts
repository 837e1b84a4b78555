/** The thread log over a record store: a synchronous append, and a writer behind it that commits in groups. */
import { AgentError, asAgentError, randomId } from '../core/index.ts';
import type { LogEntry, ThreadLog, Write } from '../core/index.ts';
import { apply, INTERRUPTS, NEXT, NO_VALUES, plain, SENDS } from '../state/index.ts';
import type { Frontier, Values } from '../state/index.ts';
import { replay } from './replay.ts';
import { SegmentWriter } from './segment.ts';
import { STORAGE_FIX } from './store.ts';
import type { RecordStore, ThreadMeta } from './store.ts';

/** Entries and bytes that may wait for the disk before `full()` asks the run to wait too. */
const MAX_PENDING = 512;
const MAX_PENDING_BYTES = 4_000_000;

/** The channel whose text names a thread in lists, where a graph has one. */
const TITLE = 'title';

/** What the writes of an entry say about the thread as a whole. */
function describe(meta: ThreadMeta, writes: readonly Write[]): ThreadMeta {
  let { title, status } = meta;
  for (const [channel, op, value] of writes) {
    if (op !== 'set') continue;
    if (channel === TITLE && typeof value === 'string') title = value;
    else if (channel === NEXT) status = (value as Frontier).nodes.length > 0 ? 'unfinished' : 'idle';
    else if (channel === SENDS && (value as readonly unknown[]).length > 0) status = 'unfinished';
    else if (channel === INTERRUPTS && (value as readonly unknown[]).length > 0) status = 'interrupted';
  }
  return { ...meta, title, status };
}

function valuesAt(entries: readonly LogEntry[], at: number): Values {
  return entries.slice(0, at).reduce((values, { writes }) => apply(values, writes), NO_VALUES);
}

class RecordLog implements ThreadLog {
  readonly #store: RecordStore;
  readonly #thread: string;
  readonly #now: () => number;
  /** The meta in the store, as far as this writer knows. */
  #stored: ThreadMeta | undefined;
  #meta: ThreadMeta;
  #folded: { readonly version: number; readonly values: Values } | undefined;
  readonly #pending = new SegmentWriter();
  #durable: number;
  #writing: Promise<void> | undefined;
  #failure: AgentError | undefined;
  #truncate: boolean;
  #claimed = false;
  readonly damage: AgentError | undefined;

  constructor(
    store: RecordStore,
    now: () => number,
    stored: ThreadMeta | undefined,
    meta: ThreadMeta,
    entries: readonly LogEntry[],
    damage: AgentError | undefined,
  ) {
    this.#store = store;
    this.#thread = meta.id;
    this.#now = now;
    this.#stored = stored;
    this.#meta = { ...meta, head: entries.length };
    this.#durable = entries.length;
    this.#truncate = damage !== undefined;
    this.damage = damage;
    this.#folded = { version: entries.length, values: valuesAt(entries, entries.length) };
  }

  get head(): number {
    return this.#meta.head;
  }

  get epoch(): number {
    return this.#meta.epoch;
  }

  get graph(): string {
    return this.#meta.graph;
  }

  append(entry: LogEntry): number {
    if (this.#failure) throw this.#failure;
    this.#pending.add(entry);
    this.#meta = { ...describe(this.#meta, entry.writes), head: this.#meta.head + 1, updated: this.#now() };
    this.#folded = undefined;
    this.#writing ??= this.#drain();
    return this.#meta.head;
  }

  full(): Promise<void> | undefined {
    const { count, size } = this.#pending;
    return count > MAX_PENDING || size > MAX_PENDING_BYTES ? this.flushed(this.head) : undefined;
  }

  async flushed(version: number): Promise<void> {
    while (this.#durable < version) {
      if (this.#failure) throw this.#failure;
      if (!this.#writing) return;
      await this.#writing;
    }
  }

  async fold(at = this.head): Promise<ReadonlyMap<string, unknown>> {
    this.#check(at, 0);
    const folded = this.#folded;
    const values = folded?.version === at ? folded.values : valuesAt(await this.#entries(), at);
    return new Map(Object.entries(plain(values)));
  }

  async *entries(from = 1): AsyncGenerator<LogEntry & { readonly version: number }> {
    const entries = await this.#entries();
    for (const [index, entry] of entries.entries()) {
      if (index + 1 >= from) yield { ...entry, version: index + 1 };
    }
  }

  async fork(at: number): Promise<string> {
    this.#check(at, 1);
    const entries = await this.#entries();
    const id = randomId();
    const copy = await openLog(this.#store, id, this.graph, this.#now);
    for (const entry of entries.slice(0, at)) copy.append(entry);
    await copy.close();
    return id;
  }

  async close(): Promise<void> {
    await this.flushed(this.head);
  }

  #check(version: number, first: number): void {
    if (Number.isInteger(version) && version >= first && version <= this.head) return;
    throw new AgentError('unknown-version', `Thread "${this.#thread}" has no version ${version}.`, {
      fix: `Use a version from ${first} to ${this.head}.`,
      details: { thread: this.#thread, head: this.head },
    });
  }

  async #entries(): Promise<readonly LogEntry[]> {
    await this.flushed(this.head);
    return replay(await this.#store.segments(this.#thread), 0, this.#thread).entries.slice(0, this.head);
  }

  /** One transaction in flight; whatever is appended meanwhile goes into the next one. */
  async #drain(): Promise<void> {
    // Lets every append of this turn of the loop into the first transaction.
    await Promise.resolve();
    try {
      while (this.#pending.count > 0) await this.#commit();
    } catch (error) {
      this.#failure = asAgentError(error, 'storage-failed', STORAGE_FIX, 'The thread could not be stored: ');
    } finally {
      this.#writing = undefined;
    }
  }

  async #commit(): Promise<void> {
    const epoch = this.#claimed ? this.#meta.epoch : this.#meta.epoch + 1;
    const head = this.#durable + this.#pending.count;
    const segment = this.#pending.take(this.#thread, this.#durable + 1, epoch);
    const bytes = this.#meta.bytes + segment.bytes.byteLength;
    this.#meta = { ...this.#meta, epoch, bytes };
    const meta = { ...this.#meta, head };
    if (!(await this.#store.commit({ expect: this.#stored, meta, segment, truncate: this.#truncate }))) {
      throw new AgentError('fenced', `Thread "${this.#thread}" was written by somebody else in the meantime.`, {
        fix: 'Another tab has taken the thread over: reopen it and do this again.',
        details: { thread: this.#thread },
      });
    }
    this.#stored = meta;
    this.#claimed = true;
    this.#truncate = false;
    this.#durable = head;
  }
}

/** Opens the log of a thread in a store; a thread that is not there is begun by its first append. */
export async function openLog(
  store: RecordStore,
  thread: string,
  graph: string,
  now: () => number,
): Promise<ThreadLog> {
  const stored = await store.meta(thread);
  const { entries, damage } = stored
    ? replay(await store.segments(thread), stored.head, thread)
    : { entries: [], damage: undefined };
  const fresh: ThreadMeta = {
    id: thread,
    graph,
    title: '',
    updated: now(),
    head: 0,
    bytes: 0,
    epoch: 0,
    status: 'idle',
  };
  return new RecordLog(store, now, stored, stored ?? fresh, entries, damage);
}
