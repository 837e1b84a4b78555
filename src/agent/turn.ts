/** Turns: from a person's words to a message, and from the messages after it to what the turn came to. */
import { AgentError, messageCalls, messageText } from '../core/index.ts';
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
      return { outcome: output.value.code === 'aborted' ? 'unknown' : 'failed', error: output.value };
    case 'execution-denied':
      return { outcome: 'denied' };
  }
}

/** What happened since the last message of a person. */
export function lastTurn(messages: readonly Message[]): Turn {
  const turn = messages.slice(messages.findLastIndex((message) => message.role === 'user') + 1);
  const results = new Map<string, ToolResultPart>();
  for (const message of turn) {
    if (message.role === 'tool') for (const part of message.content) results.set(part.toolCallId, part);
  }
  const text = turn.map((message) => (message.role === 'assistant' ? messageText(message) : '')).filter(Boolean);
  const toolCalls = turn.flatMap(messageCalls).map(({ toolCallId: callId, toolName: tool, input }) => {
    const result = results.get(callId);
    return { callId, tool, input: result?.input ?? input, ...outcomeOf(result?.output) };
  });
  return { text: text.join('\n\n'), toolCalls };
}
