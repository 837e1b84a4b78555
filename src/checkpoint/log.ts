/** The thread log over a record store: a synchronous append, and a writer behind it that commits in groups. */
import { AgentError, asAgentError } from '../core/index.ts';
import type { LogEntry, ThreadLog } from '../core/index.ts';
import { NO_VALUES, plain } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import { addThread, copyRecords, only, readRecords, sizeOfRecords, unknownThread } from './copy.ts';
import type { Copied } from './copy.ts';
import { unlessDamaged } from './damage.ts';
import type { Found } from './find.ts';
import { Folded } from './folded.ts';
import { summarise, summaryOf } from './meta.ts';
import type { Summary } from './meta.ts';
import { Blobs, restore } from './restore.ts';
import type { Behind, Restored } from './restore.ts';
import { decodeSegment, SegmentWriter } from './segment.ts';
import type { StoredSegment } from './segment.ts';
import { isFull, STORAGE_FIX } from './store.ts';
import type { Change, RecordStore, ThreadMeta, ThreadRecords } from './store.ts';
import { isMergeDue, isSnapshotDue, mergeSegments, takeSnapshot } from './tidy.ts';
import type { House } from './tidy.ts';

/** Bytes that may wait for the disk before `full()` asks the run to wait too. */
const MAX_PENDING = 4_000_000;

/** Milliseconds without a write after which a thread that has nothing to do counts as left alone. */
const IDLE = 100;

/** What goes into one transaction. */
interface Taken {
  readonly segment: StoredSegment;
  /** The version of its last entry. */
  readonly head: number;
  readonly blobs: readonly Blob[];
}

/** How a writer has left a thread. */
type Left = Pick<ThreadMeta, 'epoch' | 'head' | 'updated'>;

/** Whether nobody has written since. One that was begun anew in its place may be as long, but not as old. */
const isLeft = (left: Left | undefined, now: Left | undefined): boolean =>
  left?.epoch === now?.epoch && left?.head === now?.head && left?.updated === now?.updated;

/** What logs of one checkpointer share. */
export interface LogContext {
  readonly store: RecordStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told when a log has become the one that knows its thread best. */
  readonly settled: (log: RecordLog) => void;
  /** Counts the entries that all of them have been given: as long as it stands still, nobody is at work. */
  readonly pulse: { beats: number };
  /** The threads that are being written, and who writes them. */
  readonly busy: Map<string, RecordLog>;
  /** Makes room in a store that is full, as far as the policy lets it. */
  readonly makeRoom: () => Promise<unknown>;
}

export class RecordLog implements ThreadLog {
  readonly thread: string;
  readonly graph: string;
  readonly damage: AgentError | undefined;
  readonly #context: LogContext;
  readonly #store: RecordStore;
  readonly #pending = new SegmentWriter();
  /** What the store holds, as far as this writer knows. */
  #stored: Left | undefined;
  /** The meta where there is none stored. */
  readonly #fresh: ThreadMeta;
  #summary: Summary;
  #head: number;
  #epoch: number;
  #durable: number;
  #folded: Folded | undefined;
  /** What is stored, as the next one to open it has to read it. */
  #behind: Behind;
  /** The transaction in flight; it never rejects. */
  #landing: Promise<void> | undefined;
  #tidying: Promise<void> | undefined;
  #isWaiting = false;
  #failure: AgentError | undefined;
  /** What a full store has refused. It is kept, and so is all that comes after it, until there is room. */
  #refused: (Taken & { readonly error: AgentError }) | undefined;
  #truncate: boolean;
  readonly #lost: AgentError | undefined;
  #claimed = false;

  constructor(context: LogContext, found: Found) {
    const { meta, version, damage, lost, snapshot, segments, bytes } = found;
    this.thread = meta.id;
    this.graph = meta.graph;
    this.damage = damage ?? lost;
    this.#lost = lost;
    this.#context = context;
    this.#store = context.store;
    this.#stored = found.isStored ? meta : undefined;
    this.#fresh = meta;
    this.#summary = meta;
    this.#head = this.#durable = version;
    this.#epoch = meta.epoch;
    this.#folded = new Folded(found.values, version);
    this.#behind = { snapshot, segments, bytes };
    this.#truncate = damage !== undefined;
  }

  get head(): number {
    return this.#head;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Whether it holds what a full store has refused. */
  get isRefused(): boolean {
    return this.#refused !== undefined;
  }

  /** About how many bytes the folded state takes. */
  get weight(): number {
    return this.#behind.snapshot.size + this.#behind.bytes;
  }

  append(entry: LogEntry): number {
    if (this.#failure) throw this.#failure;
    const writes = this.#pending.add(entry);
    this.#head++;
    this.#summary = summarise(this.#summary, writes);
    // Whoever reads the log is told of writes that do not fit.
    this.#folded = unlessDamaged(() => this.#folded?.add(writes));
    this.#context.pulse.beats++;
    if (!this.#landing && !this.#refused) void this.#drain();
    return this.#head;
  }

  full(): Promise<void> | undefined {
    // Nothing to wait for comes of a store that is full.
    return this.#pending.size > MAX_PENDING ? this.#landing : undefined;
  }

  async flushed(version: number): Promise<void> {
    // There may be room by now.
    if (this.#refused && !this.#landing) void this.#drain();
    while (this.#durable < version) {
      if (this.#failure) throw this.#failure;
      if (!this.#landing) {
        if (this.#refused) throw this.#refused.error;
        return;
      }
      await this.#landing;
    }
  }

  async fold(at = this.head): Promise<ReadonlyMap<string, unknown>> {
    this.#check(at, 0);
    return new Map(Object.entries(plain(await this.#valuesAt(at))));
  }

  async *entries(from = 1): AsyncGenerator<LogEntry & { readonly version: number }> {
    const { head } = this;
    await this.flushed(head);
    const [segments, named] = await this.#store.read(this.thread, (records) =>
      Promise.all([records.segments(0, head), records.blobs()]),
    );
    const blobs = new Blobs(named);
    for (const [index, segment] of segments.entries()) {
      if ((segments[index + 1]?.seq0 ?? Infinity) <= from) continue;
      for (const [offset, entry] of (unlessDamaged(() => decodeSegment(segment, blobs.of)) ?? []).entries()) {
        const version = segment.seq0 + offset;
        if (version >= from && version <= head) yield { ...entry, version };
      }
    }
  }

  async fork(at: number): Promise<string> {
    this.#check(at, 1);
    const [values] = await Promise.all([this.#valuesAt(at), this.flushed(this.head)]);
    const { title, status } = summaryOf(values);
    return this.#store
      .read(this.thread, async (records) => {
        const meta = await this.#metaIn(records);
        return { meta, records: await copyRecords(records, this.thread, at) };
      })
      .then(({ meta, records }) =>
        addThread(this.#store, this.#context.now(), {
          meta: { ...meta, head: at, status, title: meta.named ? meta.title : title },
          records,
        }),
      );
  }

  async tidy(): Promise<void> {
    await this.flushed(this.head);
    // It is done for the next time; a failure leaves everything as it is, and the next time is soon enough.
    await (this.#tidying ??= this.#tidy()
      .catch(() => undefined)
      .finally(() => {
        this.#tidying = undefined;
      }));
  }

  async close(): Promise<void> {
    await this.flushed(this.head);
    if (this.#claimed) await this.tidy();
  }

  /** What this log knows of its thread, if the thread is as this log has left it. */
  known(meta: ThreadMeta): Restored | undefined {
    const folded = this.#folded;
    if (this.#truncate || !isLeft(this.#stored, meta) || folded?.version !== meta.head) return undefined;
    const values = unlessDamaged(() => folded.values());
    if (!values) return undefined;
    const { snapshot, segments, bytes } = this.#behind;
    return { version: meta.head, values, snapshot, segments, bytes, ...(this.#lost && { lost: this.#lost }) };
  }

  /** The head record. That of a thread that was there and is not any more was deleted. */
  async #metaIn(records: ThreadRecords): Promise<ThreadMeta> {
    const meta = await records.meta();
    if (!meta && this.#stored) throw unknownThread(this.thread);
    return meta ?? this.#fresh;
  }

  #check(version: number, first: number): void {
    if (!Number.isInteger(version) || version < first || version > this.head) throw this.#unknown(version, first);
  }

  #unknown(version: number, first: number): AgentError {
    return new AgentError('unknown-version', `Thread "${this.thread}" has no version ${version}.`, {
      fix: `Use a version from ${first} to ${this.head}.`,
      details: { thread: this.thread, first, head: this.head },
    });
  }

  async #valuesAt(at: number): Promise<Values> {
    const folded = this.#folded;
    if (folded?.version === at) return folded.values();
    await this.flushed(at);
    const { values, damage } = await this.#store.read(this.thread, async (records) => {
      const first = ((await this.#metaIn(records)).base ?? 1) - 1;
      if (at < first) throw this.#unknown(at, first);
      return restore(records, this.thread, at);
    });
    if (damage) throw damage;
    return values;
  }

  /** One transaction in flight; whatever is appended meanwhile goes into the next one. */
  async #drain(): Promise<void> {
    const { busy } = this.#context;
    busy.set(this.thread, this);
    do {
      this.#landing = this.#commit();
      await this.#landing;
    } while (!this.#failure && !this.#refused && this.#pending.count > 0);
    this.#landing = undefined;
    // What was refused is nowhere else: whoever opens the thread gets this log as long as it has to wait.
    if (this.#refused) return;
    if (busy.get(this.thread) === this) busy.delete(this.thread);
    if (this.#failure) return;
    this.#context.settled(this);
    this.#wait();
  }

  async #commit(): Promise<void> {
    // Lets every append of this turn of the loop into the transaction.
    await Promise.resolve();
    const epoch = this.#claimed ? this.#epoch : this.#epoch + 1;
    const taken = this.#refused ?? this.#take(epoch);
    const { head, segment, blobs } = taken;
    const left: Left = { epoch, head, updated: this.#context.now() };
    this.#epoch = epoch;
    this.#refused = undefined;
    const write = async (): Promise<unknown> => {
      // What follows a damaged record goes with it.
      const kept = this.#truncate
        ? await this.#store.read(this.thread, (records) => readRecords(records, 0, this.#durable))
        : undefined;
      const decide = (stored: ThreadMeta | undefined, added: number): Change => {
        if (!isLeft(this.#stored, stored)) throw fenced(this.thread);
        return this.#change(stored ?? this.#fresh, left, segment, added, kept);
      };
      return this.#store.change(this.thread, kept ? 'all' : 'log', decide, blobs);
    };
    try {
      await write().catch(async (error: unknown) => {
        if (!isFull(error)) throw error;
        // Without more room it fails for the same reason again.
        await this.#context.makeRoom().catch(() => undefined);
        await write();
      });
    } catch (error) {
      if (isFull(error)) this.#refused = { ...taken, error };
      else this.#failure = asAgentError(error, 'storage-failed', STORAGE_FIX);
      return;
    }
    this.#stored = left;
    this.#claimed = true;
    this.#truncate = false;
    this.#durable = head;
    this.#grow(1, segment.bytes.length);
  }

  #take(epoch: number): Taken {
    const { count, blobs } = this.#pending;
    return {
      head: this.#durable + count,
      blobs,
      segment: this.#pending.take(this.thread, this.#durable + 1, epoch),
    };
  }

  #change(stored: ThreadMeta, left: Left, segment: StoredSegment, added: number, kept: Copied | undefined): Change {
    const { title, status } = this.#summary;
    const meta = {
      ...stored,
      ...left,
      title: stored.named ? stored.title : title,
      status,
      bytes: (kept ? sizeOfRecords(kept) : stored.bytes) + segment.bytes.length + added,
    };
    if (!kept) return { meta, segments: [segment] };
    const { base = 1 } = meta;
    return {
      meta: { ...meta, snapshot: this.#behind.snapshot.version, base: base <= segment.seq0 ? base : 1 },
      segments: [segment],
      keep: only(kept),
    };
  }

  /** Waits until a thread with nothing to do has been left alone for a while, and then keeps house. */
  #wait(): void {
    if (this.#isWaiting || this.#summary.status === 'unfinished') return;
    if (!isMergeDue(this.#behind, false) && !this.#isSnapshotDue()) return;
    this.#isWaiting = true;
    const { pulse } = this.#context;
    const { beats } = pulse;
    setTimeout(() => {
      this.#isWaiting = false;
      if (beats === pulse.beats) void this.tidy().catch(() => undefined);
      else this.#wait();
    }, IDLE);
  }

  #grow(segments: number, bytes: number, snapshot = this.#behind.snapshot): void {
    this.#behind = { snapshot, segments: this.#behind.segments + segments, bytes: this.#behind.bytes + bytes };
  }

  #isSnapshotDue(): boolean {
    const due = (): boolean => isSnapshotDue(this.#behind, this.#durable, () => this.#folded?.values() ?? NO_VALUES);
    return unlessDamaged(due) ?? false;
  }

  async #tidy(): Promise<void> {
    const { pulse } = this.#context;
    const { beats } = pulse;
    const version = this.#durable;
    const seen = await this.#store.read(this.thread, (records) => records.meta());
    if (!seen || !isLeft(this.#stored, seen) || seen.head !== version || this.#truncate) return;
    const house: House = {
      store: this.#store,
      thread: this.thread,
      seen,
      pause: async () => {
        await new Promise((resolve) => setTimeout(resolve));
        return beats === pulse.beats;
      },
    };
    // Somebody else may have been here before.
    if ((seen.snapshot ?? 0) !== this.#behind.snapshot.version) {
      this.#behind = await this.#store.read(this.thread, (records) => restore(records, this.thread, version));
    }
    const { snapshot } = this.#behind;
    const values = await this.#valuesAt(version);
    const isDue = isSnapshotDue(this.#behind, version, () => values);
    if (isMergeDue(this.#behind, isDue)) {
      const fewer = await mergeSegments(house, snapshot.version + 1, version);
      this.#grow(-fewer.segments, -fewer.bytes);
    }
    if (!isDue || this.#durable > version) return;
    const { segments, bytes } = this.#behind;
    const taken = await takeSnapshot(house, version, values, snapshot);
    if (taken) this.#grow(-segments, -bytes, taken);
  }
}

function fenced(thread: string): AgentError {
  return new AgentError('fenced', `Thread "${thread}" was written by somebody else in the meantime.`, {
    fix: 'Another tab has taken the thread over: reopen it and do this again.',
    details: { thread },
  });
}
