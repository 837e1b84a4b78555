/** What is left to be done of the calls that the newest message of the model makes. */
import { messageCalls } from '../core/index.ts';
import type { Message, ToolCallPart } from '../core/index.ts';
import { END, Send } from '../engine/index.ts';
import type { State } from '../state/index.ts';
import { READ_OUTPUT } from '../tools/index.ts';
import type { ToolTask } from '../tools/index.ts';
import type { AgentChannels } from './channels.ts';

/** Where the newest message of a role is; -1 where there is none. It is near the end, however long the list. */
export function lastIndex(messages: readonly Message[], role: Message['role']): number {
  let at = messages.length - 1;
  while (at >= 0 && messages[at]?.role !== role) at--;
  return at;
}

const NONE: readonly ToolCallPart[] = [];

/** The calls of the newest message of the model that have no result, in their order. */
export function openCalls(messages: readonly Message[]): readonly ToolCallPart[] {
  const from = lastIndex(messages, 'assistant');
  const message = messages[from];
  const calls = message ? messageCalls(message) : NONE;
  if (calls.length === 0 || from === messages.length - 1) return calls;
  const answered: string[] = [];
  for (let at = from + 1; at < messages.length; at++) {
    const { role, content } = messages[at] as Message;
    if (role === 'tool') for (const { toolCallId } of content) answered.push(toolCallId);
  }
  // Mostly all of them are, in their order.
  if (calls.every(({ toolCallId }, at) => toolCallId === answered[at])) return NONE;
  const ids = new Set(answered);
  return calls.filter(({ toolCallId }) => !ids.has(toolCallId));
}

/** The message of the person that the turn answers. */
export const latestUser = (messages: readonly Message[]): Message | undefined => messages[lastIndex(messages, 'user')];

/** The calls that are due: all of the first wave that has an open one. */
function dueTasks(
  { messages, waves, taintedBy }: State<AgentChannels>,
  open: readonly ToolCallPart[],
): readonly ToolTask[] {
  const about = { messageId: latestUser(messages)?.id ?? '', taintedBy };
  if (waves.length > 0) {
    const byId = new Map(open.map((call) => [call.toolCallId, call]));
    for (const wave of waves) {
      const due = wave.flatMap(({ id, repeats }) => {
        const call = byId.get(id);
        // One of them may have been refused meanwhile.
        return call ? [{ ...call, repeats: repeats.filter((repeat) => byId.has(repeat)), ...about }] : [];
      });
      if (due.length > 0) return due;
    }
  }
  return open.map((call) => ({ ...call, ...about }));
}

/** Where the calls of the newest message lead: to the tools, or alone to the kept outputs; nowhere when none is open. */
function toCalls(state: State<AgentChannels>): readonly (Send | string)[] {
  const open = openCalls(state.messages);
  if (open.length === 0) return [];
  // By itself, since two nodes that lead on to the same calls would have them made twice.
  if (open.some(({ toolName }) => toolName === READ_OUTPUT)) return ['outputs'];
  return dueTasks(state, open).map((task) => new Send('tool', task));
}

/** After what was prepared: the model again, unless the turn was ended. */
export function afterPreparing({ messages }: State<AgentChannels>): 'model' | typeof END {
  const last = messages.at(-1);
  return last?.role === 'system' && last.id.includes(':stop:') ? END : 'model';
}

/** After the model: its calls, or the end of the turn. */
export function afterModel(state: State<AgentChannels>): readonly (Send | string)[] | typeof END {
  const due = toCalls(state);
  return due.length > 0 ? due : END;
}

/** After a call: those that are left, or the model again. */
export function afterCalls(state: State<AgentChannels>): readonly (Send | string)[] | 'model' {
  const due = toCalls(state);
  return due.length > 0 ? due : 'model';
}
