/** Finds the moments to kill at, from outside: by what is asked of IndexedDB in this realm. */
import { decodeSegment } from '../../src/checkpoint/segment.ts';
import type { StoredSegment } from '../../src/checkpoint/segment.ts';
import type { ThreadMeta } from '../../src/checkpoint/store.ts';
import { isRecord } from '../../src/core/index.ts';
import { MEMO } from '../../src/state/index.ts';
import { tell } from './tell.ts';
import type { Point } from './tell.ts';

/** When in the life of a transaction: a request is made, `commit()` is called, it is complete and nobody told. */
export const PHASES = ['request', 'commit', 'complete'] as const;

export type Phase = (typeof PHASES)[number];

/** The kill that is asked for: the `nth` time, from 1, that this point is in this phase. */
export interface Arm {
  readonly point: Point;
  readonly phase: Phase;
  readonly nth: number;
}

let armed: Arm | undefined;
let left = 0;

export function arm(next: Arm | undefined): void {
  armed = next;
  left = next?.nth ?? 0;
}

/** Says that a point is there. Does not return when it is the one that was asked for. */
export function pass(point: Point, phase: Phase = 'request'): void {
  if (armed?.point === point && armed.phase === phase && --left === 0) tell({ type: 'kill', point });
}

/** What a transaction has turned out to be. */
const points = new WeakMap<IDBTransaction, Set<Point>>();

/** Those that have removed segments. */
const dropping = new WeakSet<IDBTransaction>();

function note(tx: IDBTransaction, ...found: readonly Point[]): void {
  const known = points.get(tx) ?? new Set();
  points.set(tx, known);
  for (const point of found) {
    known.add(point);
    pass(point);
  }
}

/** Whether a segment says that a call which may not be made twice is about to begin. */
const hasIntent = (segment: StoredSegment): boolean =>
  decodeSegment(segment).some(({ writes }) =>
    writes.some(
      ([channel, op, value]) =>
        channel === MEMO && op === 'put' && isRecord(value) && Object.keys(value).some((key) => key.includes('!')),
    ),
  );

function notePut({ name, transaction }: IDBObjectStore, value: unknown): void {
  if (name === 'chunks' || name === 'snapshots') note(transaction, 'snapshot');
  if (name === 'blobRefs') note(transaction, 'blob');
  // The threads of the plans have names.
  if (name === 'threads' && /^[0-9a-f]{32}$/.test((value as ThreadMeta).id)) note(transaction, 'copy');
  if (name !== 'segments') return;
  if (dropping.has(transaction)) note(transaction, 'merge');
  else if (hasIntent(value as StoredSegment)) note(transaction, 'put', 'intent');
  else note(transaction, 'put');
}

function noteDelete({ name, transaction }: IDBObjectStore): void {
  if (name === 'threads') note(transaction, 'prune');
  if (name === 'segments') dropping.add(transaction);
}

/** What has removed segments and put none in their place has pruned. */
function noteCommit(tx: IDBTransaction): void {
  const known = points.get(tx);
  if (dropping.has(tx) && !known?.has('merge') && !known?.has('prune')) note(tx, 'prune');
}

/** Watches every transaction of this realm from here on. */
export function watchTransactions(): void {
  // Called on the object that they were taken from, below.
  /* eslint-disable @typescript-eslint/unbound-method */
  const { transaction } = IDBDatabase.prototype;
  const { put, delete: remove } = IDBObjectStore.prototype;
  const { commit } = IDBTransaction.prototype;
  /* eslint-enable @typescript-eslint/unbound-method */
  IDBDatabase.prototype.transaction = function (...args) {
    const tx = transaction.apply(this, args);
    // Before whoever asked for it can listen.
    tx.addEventListener('complete', () => {
      for (const point of points.get(tx) ?? []) {
        pass(point, 'complete');
        if (point === 'put') pass('complete', 'complete');
      }
    });
    return tx;
  };
  IDBObjectStore.prototype.put = function (...args) {
    const request = put.apply(this, args);
    notePut(this, args[0]);
    return request;
  };
  IDBObjectStore.prototype.delete = function (query) {
    const request = remove.call(this, query);
    noteDelete(this);
    return request;
  };
  IDBTransaction.prototype.commit = function () {
    noteCommit(this);
    commit.call(this);
    for (const point of points.get(this) ?? []) pass(point, 'commit');
  };
}
