/** What the graph of a workflow keeps. */
import type { WireError } from '../../core/index.ts';
import { append, last, map, reduce } from '../../state/index.ts';
import type { State, Update } from '../../state/index.ts';
import type { WorkflowDocument } from '../document.ts';

/** What a person was asked in a workflow, and what came of it. */
export interface AuditRecord {
  readonly node: string;
  readonly type: string;
  readonly prompt: string;
  readonly outcome: 'approved' | 'rejected' | 'answered' | 'expired';
  readonly value?: unknown;
  readonly reason?: string;
  /** Who answered, where whoever resumed the run has said so. */
  readonly by?: string;
  /** When it was asked, and when answered or given up, in ms since 1970. */
  readonly asked: number;
  readonly at: number;
}

export type Data = Readonly<Record<string, unknown>>;

/** The document that a thread was begun with, and which of its workflows. */
export interface Origin {
  readonly document: WorkflowDocument;
  readonly workflow?: string;
}

export const workflowChannels = {
  /** What the nodes know: the input, and under its name what each has made. */
  data: last<Data>(() => ({}), { byParts: true }),
  /** What has failed and was passed over, by node. */
  errors: map<WireError>(),
  /** What persons have said, the oldest first. */
  audit: append<AuditRecord>(),
  /** How often the nodes of loops have run. */
  rounds: map<number>(),
  /** The first tool whose untrusted words are in the data. */
  taintedBy: reduce<string>(
    (first, by) => (first === '' ? by : first),
    () => '',
  ),
};

export type WorkflowChannels = typeof workflowChannels;
export type WorkflowState = State<WorkflowChannels>;
export type WorkflowUpdate = Update<WorkflowChannels>;

/** What the thread was begun with, for a page that has another text by now, or none. No part of the workflow needs it. */
export const origin = last<Origin | undefined>(() => undefined);

/** What a workflow shares with one that runs it: not the data, which it gets as its input. */
export const sharedChannels = {
  data: workflowChannels.data,
  audit: workflowChannels.audit,
  taintedBy: workflowChannels.taintedBy,
};
