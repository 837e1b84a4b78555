/** What a thread's log tells of its versions. Types only. */
import type { Path, Write } from './write.ts';

/**
 * What has made a version: an `input`; a `step`; the `begin` of a subgraph; a part of a step whose other tasks have not
 * finished, `kept` until they have; a `question`; an `answer`; a `note` of an effect or a time; an `update` from outside;
 * an `undo`; a `migration` to another version of the graph.
 */
export type HistoryKind =
  'input' | 'step' | 'begin' | 'kept' | 'question' | 'answer' | 'note' | 'update' | 'undo' | 'migration';

/** A write, without its value. */
export interface HistoryWrite {
  readonly channel: string;
  /** `reduce` for an update that waits, with its task, for the end of the step. */
  readonly op: Write[1] | 'reduce';
  readonly path?: Path;
  /** The tasks that wrote it: several where a reducer has folded what they gave; empty where no task did, or none is known. */
  readonly tasks: readonly string[];
}

/** One version of a thread. */
export interface HistoryEntry {
  readonly version: number;
  readonly parent: number;
  /** The run that made it; empty for a change from outside. */
  readonly runId: string;
  readonly step: number;
  /** The path of the subgraph that made it; empty at the root. */
  readonly ns: string;
  readonly kind: HistoryKind;
  /** The tasks that had to do with it. Empty for what no task did, and for several steps that were stored as one. */
  readonly tasks: readonly string[];
  /** What was written to the channels of the graph or subgraph; the engine's own are left out. */
  readonly writes: readonly HistoryWrite[];
  /** For an `undo`: the version whose state it has brought back. */
  readonly restored?: number;
}
