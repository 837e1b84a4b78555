/** The page's half of workflows: reads them, and has the worker run them. Loaded when it is first needed. */
import type { createWorkflows } from './workflows.ts';

export { createWorkflows } from './workflows.ts';
export type { WorkflowLink } from './workflows.ts';

/** This module, as whoever loads it later knows it. */
export interface WorkflowPage {
  readonly createWorkflows: typeof createWorkflows;
}
