/** Chat completions as OpenAI has them, and all who answer as it does: Ollama, LM Studio, vLLM, OpenRouter, Gemini. */
import { isRecord } from '../../core/index.ts';
import type { FilePart } from '../../core/index.ts';
import type { Answer, Call } from './answer.ts';
import { ANSWER } from './answer.ts';
import type { Dialect, Reader } from './dialect.ts';
import { argumentsOf, callId, isSaid, items, outputText, text, wireName } from './pieces.ts';

/** A chunk of the stream, as far as it is read. Nothing in it can be relied on. */
interface Chunk {
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
  readonly choices?: readonly ({
    readonly delta?: Delta;
    readonly message?: Delta;
    readonly finish_reason?: unknown;
  } | null)[];
}

interface Delta {
  readonly content?: unknown;
  readonly refusal?: unknown;
  readonly reasoning_content?: unknown;
  readonly reasoning?: unknown;
  readonly tool_calls?: readonly ToolDelta[] | null;
}

interface ToolDelta {
  readonly index?: number;
  readonly id?: unknown;
  readonly function?: { readonly name?: unknown; readonly arguments?: unknown };
  readonly extra_content?: unknown;
}

/** What is given back with an assistant message; see `ReasoningPart.meta`. */
interface Meta {
  readonly by: string;
  /** The field in which the reasoning came. */
  readonly field?: string;
  /** What came with the calls, such as Gemini's signatures, by their number. */
  readonly calls: Readonly<Record<number, unknown>>;
}

const REASONS: Readonly<Record<string, 'length' | 'filter'>> = { length: 'length', content_filter: 'filter' };

function createReader(answer: Answer, by: string): Reader {
  let reason = '';
  let usage: Chunk['usage'];
  let field: string | undefined;
  let hasEnded = false;
  const extras: Record<number, unknown> = {};
  const calls: Call[] = [];

  const tool = ({ index, id, function: called, extra_content: extra }: ToolDelta): void => {
    const name = text(called?.name);
    const at = index ?? (name ? calls.length : calls.length - 1);
    let call = calls[at];
    // Some send several calls under one index; a new one has a name and another id.
    if (!call || (name && id && id !== call.id)) call = calls[at] = answer.call(text(id), name);
    if (extra) extras[answer.calls.indexOf(call)] = extra;
    const args = called?.arguments;
    answer.args(call, isRecord(args) ? JSON.stringify(args) : text(args));
  };

  return {
    push(data) {
      if (data === '[DONE]') return (hasEnded = true);
      const chunk: unknown = JSON.parse(data);
      if (!isRecord(chunk) || chunk.error || chunk.object === 'error') return chunk;
      const { usage: used, choices } = chunk as Chunk;
      usage = used ?? usage;
      const choice = choices?.[0];
      // A server that does not stream sends the whole as a message.
      const delta = choice?.delta ?? choice?.message;
      const name = delta?.reasoning_content ? 'reasoning_content' : 'reasoning';
      const thought = text(delta?.[name]);
      if (thought !== '') field = name;
      answer.reasoning('reasoning', thought);
      answer.text('text', text(delta?.content) + text(delta?.refusal));
      delta?.tool_calls?.forEach(tool);
      reason = text(choice?.finish_reason) || reason;
      return false;
    },
    end() {
      if (reason === '' && !hasEnded) return false;
      if (calls.length > 0 && (field ?? Object.keys(extras)[0])) {
        answer.reasoned('reasoning', { by, ...(field ? { field } : {}), calls: extras } satisfies Meta);
      }
      answer.end(REASONS[reason] ?? 'stop', usage?.prompt_tokens ?? 0, usage?.completion_tokens ?? 0);
      return true;
    },
  };
}

function fileItem({ mediaType, filename = 'file' }: FilePart, data: string): object {
  const url = `data:${mediaType};base64,${data}`;
  return mediaType.startsWith('image/')
    ? { type: 'image_url', image_url: { url } }
    : { type: 'file', file: { filename, file_data: url } };
}

/** The inside of a message is a JSON string where it is text alone, which every server takes; else a list of parts. */
const isString = (inner: string): boolean => inner.startsWith('"');

const partsOf = (inner: string): string => (isString(inner) ? `{"type":"text","text":${inner}}` : inner);

export const openai: Dialect = {
  path: '/chat/completions',
  system: true,
  headers: (key) => (key === '' ? {} : { authorization: `Bearer ${key}` }),
  reader: createReader,
  tool: ({ name, description, input }) => ({
    type: 'function',
    function: { name: wireName(name), description, parameters: { type: 'object', ...input } },
  }),
  instructions: (value) => ['', `${JSON.stringify({ role: 'system', content: value })},`],
  user(content, data) {
    const parts = content.map((part) => (part.type === 'file' ? fileItem(part, data(part)) : part));
    const texts = content.flatMap((part) => (part.type === 'text' ? part.text : []));
    return ['user', texts.length < parts.length ? items(parts) : JSON.stringify(texts.join('\n\n'))];
  },
  assistant(content, by) {
    const said = content.filter(isSaid).map((part) => part.text);
    const calls = content.filter((part) => part.type === 'tool-call');
    if (said.length + calls.length === 0) return [];
    const message: Record<string, unknown> = { role: 'assistant', content: said.join('\n\n') || null };
    let extras: Meta['calls'] = {};
    for (const part of content) {
      if (part.type !== 'reasoning' || !isRecord(part.meta) || part.meta.by !== by) continue;
      const meta = part.meta as unknown as Meta;
      // What was said in between has parted the thoughts from what came with them.
      if (meta.field)
        message[meta.field] = content.map((each) => (each.type === 'reasoning' ? each.text : '')).join('');
      extras = meta.calls;
    }
    if (calls.length > 0) {
      message.tool_calls = calls.map(({ toolCallId, toolName, input }, at) => ({
        id: callId(toolCallId),
        type: 'function',
        function: { name: wireName(toolName), arguments: JSON.stringify(argumentsOf(input)) },
        extra_content: extras[at],
      }));
    }
    return [['', JSON.stringify(message)]];
  },
  result: (part) => [
    '',
    JSON.stringify({ role: 'tool', tool_call_id: callId(part.toolCallId), content: outputText(part) }),
  ],
  join: (before, after) =>
    isString(before) && isString(after)
      ? `${before.slice(0, -1)}\\n\\n${after.slice(1)}`
      : `${partsOf(before)},${partsOf(after)}`,
  wrap(role, inner) {
    return role === '' ? inner : `{"role":"${role}","content":${isString(inner) ? inner : `[${inner}]`}}`;
  },
  fields: ({ choice, schema, usage }, wanted, stop) => ({
    stop,
    tool_choice: choice === 'named' ? { type: 'function', function: { name: ANSWER } } : choice,
    response_format:
      schema === 'native' ? { type: 'json_schema', json_schema: { name: 'answer', schema: wanted } } : undefined,
    stream_options: usage ? { include_usage: true } : undefined,
  }),
};
