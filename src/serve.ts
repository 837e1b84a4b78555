/**
 * For a worker of your own: `import { serve } from 'inpage/worker'`.
 *
 * @module
 */
export { agentChannels, createSubAgent } from './agent/index.ts';
export type { SubAgentOptions } from './agent/index.ts';
export { AgentError, isAgentError } from './core/index.ts';
export { defineTool, logCalls, maskSecrets } from './tools/index.ts';
export type { MiddlewareCall, ToolDefinition, ToolMiddleware } from './tools/index.ts';
export { storedResults } from './results/index.ts';
export type { StoredResultsOptions } from './results/index.ts';
export { serve } from './worker/index.ts';
export type { Host, WorkerPart } from './worker/index.ts';
export { ResultCache } from './workflow/index.ts';
export type { ResultCacheOptions } from './workflow/index.ts';
export { workflows } from './workflow-host/index.ts';
export type { WorkflowPartOptions } from './workflow-host/index.ts';
