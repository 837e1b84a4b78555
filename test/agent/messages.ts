/** Messages and tools for the tables of the guards and of compaction. */
import { messageCalls } from '../../src/core/index.ts';
import type { AssistantMessage, Message, ToolMessage, ToolOutput, UserMessage } from '../../src/core/index.ts';
import type { ToolOf } from '../../src/agent/guards/rounds.ts';

let count = 0;
const next = (): string => `m${++count}`;

export const user = (text = 'Please'): UserMessage => ({
  ...{ id: next(), at: 0, role: 'user' },
  content: [{ type: 'text', text }],
});

/** A message of the model; `['look', { id: 1 }]` is a call. */
export const says = (
  text: string,
  ...calls: readonly (readonly [tool: string, input: unknown])[]
): AssistantMessage => {
  const id = next();
  return {
    ...{ id, at: 0, role: 'assistant' },
    content: [
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
      ...calls.map(([toolName, input], index) => ({
        ...{ type: 'tool-call' as const, toolCallId: `${id}:${index}`, toolName, input },
      })),
    ],
  };
};

/** What the calls of a message gave, one message each; an Error is a failure, with its name as the code. */
export const gave = (message: AssistantMessage, ...values: readonly unknown[]): readonly ToolMessage[] =>
  messageCalls(message).map(({ toolCallId, toolName }, index) => ({
    ...{ id: `${toolCallId}:result`, at: 0, role: 'tool' },
    content: [{ type: 'tool-result', toolCallId, toolName, output: outputOf(values[index]) }],
  }));

export const denied: ToolOutput = { type: 'execution-denied' };

export const failure = (code: string, message = 'No.'): Error => Object.assign(new Error(message), { name: code });

function outputOf(value: unknown): ToolOutput {
  if (value === denied) return denied;
  if (!(value instanceof Error)) return { type: 'json', value };
  return { type: 'error-json', value: { code: value.name as 'tool-failed', message: value.message, fix: '' } };
}

/** A message that makes one call, and the result. */
export const round = (tool: string, input: unknown, value: unknown, text = ''): readonly Message[] => {
  const message = says(text, [tool, input]);
  return [message, ...gave(message, value)];
};

/** `look`, `find` (also called `search`) and `page` read; `add` and `set` write; `go` leaves. */
export const toolOf: ToolOf = (asked) => {
  const name = asked === 'search' ? 'find' : asked;
  if (['look', 'find', 'page'].includes(name)) return { name, effect: 'read' };
  if (['add', 'set'].includes(name)) return { name, effect: 'write' };
  return name === 'go' ? { name, effect: 'navigate' } : undefined;
};
