/** The agent: ReAct as a compiled graph, and turns over its messages. */
export { AGENT, createAgentGraph } from './agent-graph.ts';
export type { AgentContext } from './channels.ts';
export { checkBudget } from './guards/budget.ts';
export type { Budget, Prices } from './guards/budget.ts';
export { DEFAULT_LIMITS, limitsOf } from './guards/limits.ts';
export type { Limits } from './guards/limits.ts';
export { createToolChoice } from './model-tools.ts';
export type { Stage } from './stages.ts';
export { resultMessage } from './tool-result.ts';
export { lastTurn, userMessage } from './turn.ts';
export type { Turn } from './turn.ts';
