/** Keeps what a model was asked and what it answered, as plain JSON without secrets: for tests and reports of faults. */
import { asAgentError, shortHash, toWire } from '../core/index.ts';
import type {
  Model,
  ModelPart,
  ModelRequest,
  RecordedExchange,
  RecordedRequest,
  Recording,
  WireError,
} from '../core/index.ts';
import { mask, plainName } from '../tools/index.ts';

export interface Recorder {
  /** The model to be used in the place of the one that is recorded. */
  readonly model: Model;
  /** What has been recorded so far. */
  readonly recording: () => Promise<Recording>;
}

type Said = Pick<RecordedExchange, 'parts' | 'error'>;

/** The value as JSON without secrets, and with its files as what is known of them. */
export async function plainly(value: unknown, secretFields: readonly string[]): Promise<unknown> {
  const files = new Map<Blob, unknown>();
  const bare = mask(value, new Set(secretFields.map(plainName)));
  const text = (): string =>
    JSON.stringify(bare, (_key, inner: unknown) => {
      if (inner instanceof Blob) return files.get(inner) ?? (files.set(inner, ''), '');
      if (inner instanceof Map || inner instanceof Set) return [...(inner as Iterable<unknown>)];
      return typeof inner === 'bigint' ? String(inner) : inner;
    });
  text();
  for (const file of files.keys()) {
    const bytes = await file.arrayBuffer();
    // Each byte is another sign in this encoding.
    const hash = shortHash(new TextDecoder('latin1').decode(bytes));
    files.set(file, { file: { hash, size: file.size, type: file.type } });
  }
  return JSON.parse(text()) as unknown;
}

/** The parts, with deltas made one where a secret shows only in the whole of them. */
function wholeParts(parts: readonly ModelPart[], secretFields: readonly string[]): readonly ModelPart[] {
  const fields = new Set(secretFields.map(plainName));
  const texts = new Map<string, string>();
  const plainCalls = new Set<string>();
  for (const part of parts) {
    if ('text' in part) texts.set(part.type + part.id, (texts.get(part.type + part.id) ?? '') + part.text);
    if (part.type === 'tool-call' && mask(part, fields) === part) plainCalls.add(part.id);
  }
  return parts.flatMap((part): readonly ModelPart[] => {
    if (!('text' in part)) return [part];
    const { type, id } = part;
    // JSON in pieces cannot be looked into; of a call that was cut off nobody knows what is in it.
    if (type === 'tool-input-delta') return plainCalls.has(id) ? [part] : [];
    const text = texts.get(type + id);
    if (text === undefined) return [];
    if (mask(text) === text) return [part];
    texts.delete(type + id);
    return [{ ...part, text }];
  });
}

/**
 * Records what is asked of a model and what it answers. It changes neither.
 *
 * @param options.secretFields names of fields whose values are masked, beside the usual ones such as `password`.
 * @example
 * const { model, recording } = record(promptApi());
 * await createAgent({ model }).thread().send('what is in my cart?');
 * const json = JSON.stringify(await recording());
 */
export function record(
  model: Model,
  { secretFields = [] }: { readonly secretFields?: readonly string[] } = {},
): Recorder {
  const exchanges: { readonly request: ModelRequest; readonly parts: ModelPart[]; error?: WireError }[] = [];
  const { id, generative } = model;
  return {
    model: {
      id,
      generative,
      get contextTokens() {
        return model.contextTokens;
      },
      get nativeTools() {
        return model.nativeTools;
      },
      ...(model.prepare ? { prepare: model.prepare.bind(model) } : {}),
      async *stream(request, options) {
        const exchange: (typeof exchanges)[number] = { request, parts: [] };
        exchanges.push(exchange);
        try {
          for await (const part of model.stream(request, options)) {
            exchange.parts.push(part);
            yield part;
          }
        } catch (error) {
          exchange.error = toWire(asAgentError(error, 'model-failed', 'Try again, or choose another model.'));
          throw error;
        }
      },
    },
    async recording() {
      let before: readonly string[] = [];
      let toolsBefore = '';
      const recorded: RecordedExchange[] = [];
      for (const { request, parts, error } of exchanges) {
        const { messages, tools, ...rest } = (await plainly(request, secretFields)) as Omit<RecordedRequest, 'same'>;
        const texts = messages.map((message) => JSON.stringify(message));
        let same = 0;
        while (same < texts.length && texts[same] === before[same]) same++;
        before = texts;
        const toolsText = JSON.stringify(tools);
        const said = { parts: wholeParts(parts, secretFields), ...(error ? { error } : {}) };
        recorded.push({
          request: { ...rest, same, messages: messages.slice(same), ...(toolsText === toolsBefore ? {} : { tools }) },
          ...((await plainly(said, secretFields)) as Said),
        });
        toolsBefore = toolsText;
      }
      const { contextTokens, nativeTools } = model;
      return {
        format: 'inpage-recording-1',
        model: { id, generative, contextTokens, nativeTools },
        secretFields,
        exchanges: recorded,
      };
    },
  };
}
