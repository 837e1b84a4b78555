/** What the parts of a stock worker get of it, so that they need not bring it along. The build checks that it is enough. */
import { agentChannels, agentGraph, createAgentContext, lastTurn, userMessage } from '../agent/index.ts';
import { AgentError, asAgentError, errorText, isAgentError, isRecord, stableText, toWire } from '../core/index.ts';
import { Command, END, START, StateGraph } from '../engine/index.ts';
import { admit, append, last, map, reduce } from '../state/index.ts';
import { isApproval } from '../tools/index.ts';

/** By folder. */
export const kit = {
  agent: { agentChannels, agentGraph, createAgentContext, lastTurn, userMessage },
  core: { AgentError, asAgentError, errorText, isAgentError, isRecord, stableText, toWire },
  engine: { Command, END, START, StateGraph },
  state: { admit, append, last, map, reduce },
  tools: { isApproval },
};

export type Kit = typeof kit;
