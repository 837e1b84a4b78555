/** The agent: ReAct as a compiled graph, and turns over its messages. */
export { AGENT, agentGraph, createAgentGraph } from './agent-graph.ts';
export { agentChannels } from './channels.ts';
export { createAgentContext } from './context.ts';
export type { AgentContext, Guide } from './context.ts';
export { explainAnswer } from './explain.ts';
export { createGuide } from './guide.ts';
export type { GuideOptions } from './guide.ts';
export { createSubAgent } from './sub-agent.ts';
export type { SubAgentOptions } from './sub-agent.ts';
export { resultMessage } from './tool-result.ts';
export { lastTurn, userMessage } from './turn.ts';
export type { Turn } from './turn.ts';
