/** What the page's half of workflows asks of the worker's. */
import type { WorkflowDocument } from './document.ts';
import type { Fault } from './faults.ts';

export interface WorkflowCalls {
  /** Compiles a workflow; gives the name of the graph that threads run it by. Throws `invalid-workflow`, `unknown-workflow`. */
  define(document: WorkflowDocument, workflow: string | undefined): string;
  /** What only a compilation finds. */
  validate(document: WorkflowDocument, workflow: string | undefined): readonly Fault[];
  /** Forgets what was compiled of a workflow, and what its nodes have given. */
  invalidate(workflow: string): void;
}
