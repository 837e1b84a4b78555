/** What the agent's graph keeps, and what its nodes work with. */
import type { Message, Model, ModelTool } from '../core/index.ts';
import { append, last, map, reduce } from '../state/index.ts';
import type { Executor, KeptOutput, ToolRegistry, Wave } from '../tools/index.ts';

/** What the nodes of the agent work with; given with each run, never stored. */
export interface AgentContext {
  readonly model: Model;
  /** What the site tells a language model before everything else. */
  readonly instructions?: string | undefined;
  readonly tools: ToolRegistry;
  readonly executor: Executor;
  /** The tools that the model gets for a message of the person. */
  readonly select: (message: string) => readonly ModelTool[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The state of a conversation. */
export const channels = {
  messages: append<Message>(),
  /** Names the thread in lists: the beginning of its first message. */
  title: last(() => ''),
  /** In which order the calls of the newest message are made; none when they are made all at once. */
  waves: last<readonly Wave[]>(() => []),
  /** The first tool whose untrusted words the conversation has read. They stay in it, so that this stays too. */
  taintedBy: reduce<string>(
    (first, by) => (first === '' ? by : first),
    () => '',
  ),
  /** Outputs that are too large for a message, by call id. */
  outputs: map<KeptOutput>(),
};

export type AgentChannels = typeof channels;
