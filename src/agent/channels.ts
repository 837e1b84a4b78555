/** What the agent's graph keeps. */
import type { Message, StageState } from '../core/index.ts';
import { append, last, map, reduce } from '../state/index.ts';
import { WHOLE } from './compaction/view.ts';
import type { View } from './compaction/view.ts';
import type { KeptOutput, Wave } from '../tools/index.ts';

/** What the model sees of the messages, and how many there were when that was last looked at. */
export interface Seen {
  readonly view: View;
  readonly at: number;
  /** The run in which the model has said that this is too long. In another one it is asked again: it may take more. */
  readonly tooLongIn?: string;
}

/** The state of a conversation. */
export const agentChannels = {
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
  seen: last<Seen>(() => ({ view: WHOLE, at: 0 })),
  stage: last<StageState>(() => ({ stage: '', moves: [] })),
  /** Outputs that are too large for a message, by call id. */
  outputs: map<KeptOutput>(),
};

export type AgentChannels = typeof agentChannels;
