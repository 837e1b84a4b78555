/** The agent: ReAct as a compiled graph, and turns over its messages. */
export { AGENT, createAgentGraph } from './agent-graph.ts';
export type { AgentContext } from './channels.ts';
export { createToolChoice } from './model-tools.ts';
export { resultMessage } from './tool-result.ts';
export { lastTurn, userMessage } from './turn.ts';
export type { Turn } from './turn.ts';
