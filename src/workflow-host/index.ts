/** The worker's half of workflows. */
export { WORKFLOWS, workflows } from './part.ts';
export type { WorkflowPartOptions } from './part.ts';
