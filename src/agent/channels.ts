/** What the agent's graph keeps, and what its nodes work with. */
import type { Message, Model } from '../core/index.ts';
import { append, last } from '../state/index.ts';
import type { ToolRegistry } from '../tools/index.ts';

/** What the nodes of the agent work with; given with each run, never stored. */
export interface AgentContext {
  readonly model: Model;
  readonly tools: ToolRegistry;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The state of a conversation. */
export const channels = {
  messages: append<Message>(),
  /** Names the thread in lists: the beginning of its first message. */
  title: last(() => ''),
};

export type AgentChannels = typeof channels;
