/** Turns: from a person's words to a message, and from the messages after it to what the turn came to. */
import { AgentError, messageCalls, messageText } from '../core/index.ts';
import type {
  FilePart,
  JsonSchema,
  Message,
  TextPart,
  ToolOutput,
  ToolResultPart,
  TurnCall,
  UserMessage,
} from '../core/index.ts';

/** The message of a person. Without a text, its files are all that it says. */
export function userMessage(
  text: string,
  id: string,
  at: number,
  { files = [], schema }: { readonly files?: readonly Blob[]; readonly schema?: JsonSchema } = {},
): UserMessage {
  const said: readonly TextPart[] = text.trim() === '' ? [] : [{ type: 'text', text }];
  const content = [...said, ...files.map(filePart)];
  if (content.length > 0) return { id, at, role: 'user', content, ...(schema ? { schema } : {}) };
  throw new AgentError('invalid-input', 'The message is empty.', { fix: 'Send some text or a file.' });
}

function filePart(data: Blob): FilePart {
  const mediaType = data.type === '' ? 'application/octet-stream' : data.type;
  return { type: 'file', mediaType, data, ...(data instanceof File ? { filename: data.name } : {}) };
}

/** What a turn came to. */
export interface Turn {
  readonly text: string;
  /** The answer as data, where that was asked for. */
  readonly output?: unknown;
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
  const last = turn.findLast((message) => message.role === 'assistant');
  const output = last?.role === 'assistant' && last.output !== undefined ? { output: last.output } : {};
  return { text: text.join('\n\n'), ...output, toolCalls };
}
