/** Turns: from a person's words to a message, and from the messages after it to what the turn came to. */
import { AgentError, isRecord, messageCalls, messageText } from '../core/index.ts';
import type { Message, ToolOutput, ToolResultPart, TurnCall, UserMessage } from '../core/index.ts';

/** The message of a person. */
export function userMessage(text: string, id: string, at: number): UserMessage {
  if (text.trim() !== '') return { id, at, role: 'user', content: [{ type: 'text', text }] };
  throw new AgentError('invalid-input', 'The message is empty.', { fix: 'Send some text.' });
}

/** What a turn came to. */
export interface Turn {
  readonly text: string;
  readonly toolCalls: readonly TurnCall[];
}

function outcomeOf(output: ToolOutput | undefined): Pick<TurnCall, 'outcome' | 'output' | 'error'> {
  switch (output?.type) {
    case undefined:
      return { outcome: 'unknown' };
    case 'json':
      return { outcome: 'ok', output: output.value };
    case 'error-json':
      return { outcome: 'failed', error: output.value };
    case 'execution-denied':
      return { outcome: 'denied' };
  }
}

/** What happened since the last message of a person. A state without messages gives an empty turn. */
export function lastTurn(state: unknown): Turn {
  // Only the agent's graph has messages; another graph's channel of that name is not looked into.
  const list: unknown = isRecord(state) ? state['messages'] : undefined;
  const messages = Array.isArray(list) ? (list as readonly Message[]) : [];
  const turn = messages.slice(messages.findLastIndex((message) => message.role === 'user') + 1);
  const results = new Map<string, ToolResultPart>();
  for (const message of turn) {
    if (message.role === 'tool') for (const part of message.content) results.set(part.toolCallId, part);
  }
  const text = turn.map((message) => (message.role === 'assistant' ? messageText(message) : '')).filter(Boolean);
  const toolCalls = turn.flatMap(messageCalls).map(({ toolCallId: callId, toolName: tool, input }) => {
    return { callId, tool, input, ...outcomeOf(results.get(callId)?.output) };
  });
  return { text: text.join('\n\n'), toolCalls };
}
