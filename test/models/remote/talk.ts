/** What the tests of remote models say and how they listen. */
import type {
  FilePart,
  Message,
  Model,
  ModelPart,
  ModelRequest,
  ModelTool,
  ReasoningPart,
  ToolCallPart,
  ToolOutput,
} from '../../../src/core/index.ts';
import { PLAIN } from '../plain-tool.ts';

export const greet: ModelTool = {
  ...PLAIN,
  name: 'greet',
  description: 'Greet somebody by name',
  examples: [],
  input: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
};

export const find: ModelTool = {
  ...PLAIN,
  name: 'find',
  description: 'Find a product',
  examples: [],
  input: { type: 'object', properties: { query: { type: 'string' } } },
};

let count = 0;
const head = (): { id: string; at: number } => ({ id: `m${++count}`, at: count });

export const user = (...content: (string | FilePart)[]): Message => ({
  ...head(),
  role: 'user',
  content: content.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
});

export const system = (text: string): Message => ({ ...head(), role: 'system', content: [{ type: 'text', text }] });

export const assistant = (
  text: string,
  ...calls: readonly (readonly [id: string, name: string, input: unknown])[]
): Message => ({
  ...head(),
  role: 'assistant',
  content: [
    ...(text === '' ? [] : [{ type: 'text', text } as const]),
    ...calls.map(([toolCallId, toolName, input]) => ({ type: 'tool-call', toolCallId, toolName, input }) as const),
  ],
});

export const result = (toolCallId: string, toolName: string, output: ToolOutput): Message => ({
  ...head(),
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId, toolName, output }],
});

export const asking = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [user('Hello')],
  tools: [],
  now: 0,
  ...more,
});

/** All parts of an answer. */
export async function partsOf(
  model: Model,
  request = asking(),
  signal = new AbortController().signal,
): Promise<ModelPart[]> {
  const parts: ModelPart[] = [];
  for await (const part of model.stream(request, { signal })) parts.push(part);
  return parts;
}

/** The message that an agent makes of an answer. */
export function messageOf(parts: readonly ModelPart[]): Message {
  const content: (ReasoningPart | ToolCallPart)[] = [];
  for (const part of parts) {
    if (part.type === 'reasoning-end') {
      const thoughts = parts.filter((each) => each.type === 'reasoning-delta' && each.id === part.id);
      content.push({ type: 'reasoning', text: textOf(thoughts, 'reasoning-delta'), meta: part.meta });
    } else if (part.type === 'tool-call') {
      content.push({ type: 'tool-call', toolCallId: part.id, toolName: part.name, input: part.input });
    }
  }
  return { ...head(), role: 'assistant', content };
}

/** The text of deltas, joined. */
export const textOf = (parts: readonly ModelPart[], type: ModelPart['type'] = 'text-delta'): string =>
  parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');

/** The calls, without their ids. */
export const callsOf = (parts: readonly ModelPart[]): readonly (readonly [string, unknown])[] =>
  parts.flatMap((part) => (part.type === 'tool-call' ? [[part.name, part.input] as const] : []));

export const noticesOf = (parts: readonly ModelPart[]): readonly (readonly [string, string])[] =>
  parts.flatMap((part) => (part.type === 'notice' ? [[part.code, part.message] as const] : []));

export const finishOf = (parts: readonly ModelPart[]): unknown => {
  const last = parts.at(-1);
  return last?.type === 'finish' ? [last.reason, last.inputTokens, last.outputTokens] : last;
};
