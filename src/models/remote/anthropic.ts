/** Messages as Anthropic has them. */
import { isRecord } from '../../core/index.ts';
import type { FilePart } from '../../core/index.ts';
import type { Answer, Call } from './answer.ts';
import { ANSWER } from './answer.ts';
import type { Dialect, Reader } from './dialect.ts';
import { argumentsOf, callId, isSaid, items, marked, outputText, text, textPart, wireName } from './pieces.ts';

/** An event of the stream, as far as it is read. Nothing in it can be relied on. */
interface Event {
  readonly type?: string;
  readonly index?: number;
  readonly message?: { readonly usage?: Usage };
  readonly content_block?: Block;
  readonly delta?: Block & { readonly stop_reason?: unknown };
  readonly usage?: Usage;
}

interface Block {
  readonly type?: string;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly text?: unknown;
  readonly thinking?: unknown;
  readonly signature?: unknown;
  readonly data?: unknown;
  readonly partial_json?: unknown;
}

interface Usage {
  readonly input_tokens?: number;
  readonly cache_creation_input_tokens?: number;
  readonly cache_read_input_tokens?: number;
  readonly output_tokens?: number;
}

/** What is given back with some reasoning; see `ReasoningPart.meta`. */
interface Meta {
  readonly by: string;
  readonly signature?: string;
  /** Reasoning that nobody but the provider can read. */
  readonly data?: unknown;
}

const REASONS: Readonly<Record<string, 'length' | 'filter'>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'filter',
};

function createReader(answer: Answer, by: string): Reader {
  let reason = '';
  let isDone = false;
  let input = 0;
  let output = 0;
  const calls: Record<string, Call> = {};
  let signature = '';

  return {
    push(data) {
      const event: unknown = JSON.parse(data);
      if (!isRecord(event) || event.error || event.type === 'error') return event;
      const { type, index, message, content_block, delta, usage } = event as Event;
      const { input_tokens: fresh = 0, cache_creation_input_tokens: kept = 0, ...used } = message?.usage ?? usage ?? {};
      input = fresh + kept + (used.cache_read_input_tokens ?? 0) || input;
      output = used.output_tokens ?? output;

      const id = `block-${index ?? ''}`;
      // A block as it begins, or what is added to it.
      const block = content_block ?? delta ?? {};
      if (block.type === 'tool_use') calls[id] = answer.call(text(block.id), text(block.name));
      if (block.type === 'redacted_thinking') answer.reasoned(id, { by, data: block.data } satisfies Meta);
      answer.text(id, text(block.text));
      answer.reasoning(id, text(block.thinking));
      signature += text(block.signature);
      const call = calls[id];
      if (call) answer.args(call, text(block.partial_json));
      if (type === 'content_block_stop' && signature) {
        answer.reasoned(id, { by, signature } satisfies Meta);
        signature = '';
      }
      reason = text(delta?.stop_reason) || reason;
      return (isDone ||= type === 'message_stop');
    },
    end() {
      if (!isDone && reason === '') return false;
      answer.end(REASONS[reason] ?? 'stop', input, output);
      return true;
    },
  };
}

const CHOICES = { none: { type: 'none' }, required: { type: 'any' }, named: { type: 'tool', name: ANSWER } };

function fileBlock({ mediaType, filename = '' }: FilePart, data: string): object {
  const source = { type: 'base64', media_type: mediaType, data };
  if (mediaType === 'application/pdf') return { type: 'document', source };
  return mediaType.startsWith('image/') ? { type: 'image', source } : textPart(marked(`File left out: ${filename}`));
}

export const anthropic: Dialect = {
  path: '/messages',
  system: false,
  headers: (key) => ({
    'anthropic-version': '2023-06-01',
    // It says that the person's own key is meant to be here.
    ...(key && { 'x-api-key': key, 'anthropic-dangerous-direct-browser-access': 'true' }),
  }),
  reader: createReader,
  tool: ({ name, description, input }) => ({
    name: wireName(name),
    description,
    input_schema: { ...input, type: 'object' },
  }),
  instructions: (value) => [`"system":${JSON.stringify(value)},`, ''],
  user(content, data) {
    const blocks = content.flatMap((part) =>
      part.type === 'file' ? fileBlock(part, data(part)) : isSaid(part) ? part : [],
    );
    return ['user', items(blocks.length > 0 ? blocks : [textPart('(nothing)')])];
  },
  assistant(content, by) {
    const blocks = content.flatMap((part): object[] => {
      if (part.type === 'text') return isSaid(part) ? [textPart(part.text)] : [];
      if (part.type === 'tool-call') {
        const { toolCallId, toolName, input } = part;
        return [{ type: 'tool_use', id: callId(toolCallId), name: wireName(toolName), input: argumentsOf(input) }];
      }
      if (!isRecord(part.meta) || part.meta.by !== by) return [];
      const { signature, data } = part.meta;
      return [data ? { type: 'redacted_thinking', data } : { type: 'thinking', thinking: part.text, signature }];
    });
    // Reasoning alone is no message.
    return content.some((part) => part.type === 'tool-call' || isSaid(part)) ? [['assistant', items(blocks)]] : [];
  },
  result(part) {
    const content = outputText(part);
    const is_error = part.output.type !== 'json';
    return ['user', items([{ type: 'tool_result', tool_use_id: callId(part.toolCallId), content, is_error }])];
  },
  join: (before, after) => `${before},${after}`,
  wrap: (role, inner) => `{"role":"${role}","content":[${inner}]}`,
  fields: ({ choice, schema }, wanted, stop_sequences) => ({
    stop_sequences,
    max_tokens: 8192,
    tool_choice: choice && CHOICES[choice],
    output_config: schema === 'native' ? { format: { type: 'json_schema', schema: wanted } } : undefined,
  }),
};
