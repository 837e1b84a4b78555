/** Tools: definition, registry, validation, call, approval policy. */
export { needsApproval } from './approval.ts';
export { callTool } from './call.ts';
export type { CallOutcome } from './call.ts';
export { defineTool } from './define.ts';
export type { ToolDefinition } from './define.ts';
export { createToolRegistry } from './registry.ts';
export type { RegisteredTool, ToolRegistry } from './registry.ts';
