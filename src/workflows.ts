/**
 * Workflows, for pages and Node: `import { readWorkflow } from 'inpage/workflows'`. The YAML parser is loaded when a text
 * is read for the first time; what is read is plain data, which a worker can be sent.
 *
 * @module
 */
import { checkWorkflow as check, readDocument } from './workflow/index.ts';
import type { CheckedWorkflow, Parse, ReadOptions, WorkflowDocument } from './workflow/index.ts';

export { createMemoryCheckpointer } from './checkpoint/index.ts';
export { AgentError, isAgentError } from './core/index.ts';
export { storedResults } from './results/index.ts';
export type { StoredResultsOptions } from './results/index.ts';
export {
  compileWorkflow,
  EXPIRED_ANSWER,
  faultLine,
  ResultCache,
  workflowChannels,
  WorkflowEngine,
} from './workflow/index.ts';
export type {
  AgentNode,
  AgentNodeSpec,
  AuditRecord,
  CheckedWorkflow,
  CompileOptions,
  Condition,
  Data,
  Fault,
  Handler,
  HitlRequest,
  ProgressEvent,
  ReadOptions,
  ResultCacheOptions,
  Transform,
  WorkflowContext,
  WorkflowDocument,
  WorkflowEngineOptions,
  WorkflowEvent,
  WorkflowNode,
  WorkflowResult,
  WorkflowRun,
  WorkflowRunOptions,
  WorkflowSource,
} from './workflow/index.ts';

const parser = async (): Promise<Parse> => (await import('./yaml/index.ts')).parseYaml;

/**
 * Reads a text as a workflow document.
 *
 * @param options.env what `$env.NAME` stands for; `options.load` gives the files that `$ref` names.
 * @throws AgentError `invalid-workflow`, with every fault in `details.faults`.
 * @example
 * const document = await readWorkflow(await (await fetch('flows/answer.yaml')).text(), { file: 'flows/answer.yaml' });
 */
export async function readWorkflow(text: string, options?: ReadOptions): Promise<WorkflowDocument> {
  return readDocument(text, await parser(), options);
}

/** Checks a text and tells every error and note in it. It never rejects for what is in the text. */
export async function checkWorkflow(text: string, options?: ReadOptions): Promise<CheckedWorkflow> {
  return check(text, await parser(), options);
}
