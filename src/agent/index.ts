/** The agent: ReAct as a compiled graph, and turns over its messages. */
export { AGENT, createAgentGraph } from './agent-graph.ts';
export type { AgentContext } from './channels.ts';
export { isApproval } from './approval.ts';
export { lastTurn, userMessage } from './turn.ts';
export type { Turn } from './turn.ts';
