/** A request in the words of the AI SDK's specification. */
import { isRecord, messageText, shortHash } from '../core/index.ts';
import type { AssistantMessage, FilePart, Message, ModelRequest, ToolResultPart } from '../core/index.ts';
import { fileText, isTextual, marked, resultText } from './said.ts';

/** What is given back with some reasoning, or with the call behind it; see `ReasoningPart.meta`. */
export interface SdkMeta {
  readonly by: string;
  /** What the provider wants back, by the provider's name. */
  readonly options?: Readonly<Record<string, Record<string, unknown>>>;
  /** It belongs to the next call. */
  readonly isOfCall?: true;
}

interface SdkPart {
  readonly type: string;
  readonly [field: string]: unknown;
}

interface SdkMessage {
  readonly role: string;
  readonly content: string | readonly SdkPart[];
}

/** A tool's name with the signs that every provider takes. */
const wireName = (name: string): string => name.replaceAll('.', '__').slice(0, 64);

/** A call's id with nine letters and digits, which is what the strictest provider takes. It is the same every time. */
const callId = (id: string): string => (shortHash(id) + shortHash(`${id}+`)).padEnd(9, '0').slice(0, 9);

const text = (value: string): SdkPart => ({ type: 'text', text: value });

/** Some providers refuse texts in which nothing stands. */
const saying = (value: string): readonly SdkPart[] => (value.trim() === '' ? [] : [text(value)]);

async function file(part: FilePart, version: string): Promise<SdkPart> {
  if (isTextual(part)) return text(await fileText(part));
  const { mediaType, filename, data } = part;
  const bytes = new Uint8Array(await data.arrayBuffer());
  const content = version === 'v4' ? { type: 'data', data: bytes } : bytes;
  return { type: 'file', mediaType, data: content, ...(filename === undefined ? {} : { filename }) };
}

const isMeta = (meta: unknown, by: string): meta is SdkMeta => isRecord(meta) && meta['by'] === by;

function assistantParts(content: AssistantMessage['content'], by: string): SdkPart[] {
  let ofCall: object = {};
  return content.flatMap((part): readonly SdkPart[] => {
    if (part.type === 'text') return saying(part.text);
    if (part.type === 'tool-call') {
      const { toolCallId, toolName, input } = part;
      const call = {
        toolCallId: callId(toolCallId),
        toolName: wireName(toolName),
        input: isRecord(input) ? input : { input },
      };
      const given = ofCall;
      ofCall = {};
      return [{ type: 'tool-call', ...call, ...given }];
    }
    // Nobody reads the reasoning of another one.
    if (!isMeta(part.meta, by)) return [];
    const { options, isOfCall } = part.meta;
    const given = options ? { providerOptions: options } : {};
    if (!isOfCall) return [{ type: 'reasoning', text: part.text, ...given }];
    ofCall = given;
    return [];
  });
}

function outputOf(part: ToolResultPart, version: string): object {
  const { output } = part;
  if (output.type === 'execution-denied' && version !== 'v2') return output;
  return { type: output.type === 'json' ? 'text' : 'error-text', value: resultText(part) };
}

async function sdkMessage(message: Message, version: string, by: string): Promise<SdkMessage> {
  switch (message.role) {
    // Not every provider takes it among the others.
    case 'system':
      return { role: 'user', content: [text(marked(messageText(message)))] };
    case 'user': {
      const parts = await Promise.all(
        message.content.map(async (part) => (part.type === 'text' ? saying(part.text) : [await file(part, version)])),
      );
      const content = parts.flat();
      return { role: 'user', content: content.length > 0 ? content : [text('(nothing)')] };
    }
    case 'assistant': {
      const parts = assistantParts(message.content, by);
      // Reasoning alone is no message.
      return { role: 'assistant', content: parts.some(({ type }) => type !== 'reasoning') ? parts : [] };
    }
    case 'tool':
      return {
        role: 'tool',
        content: message.content.map((part) => ({
          type: 'tool-result',
          toolCallId: callId(part.toolCallId),
          toolName: wireName(part.toolName),
          output: outputOf(part, version),
        })),
      };
  }
}

/** The options of a call, and the names of the tools by how the model is told them. */
export async function sdkCall(
  { instructions, messages, tools, toolChoice, schema, settings = {}, stop }: ModelRequest,
  version: string,
  by: string,
): Promise<{ readonly options: object; readonly names: ReadonlyMap<string, string> }> {
  const said = await Promise.all(messages.map((message) => sdkMessage(message, version, by)));
  const prompt = [
    ...(instructions ? [{ role: 'system', content: instructions }] : []),
    ...said.filter(({ content }) => content.length > 0),
  ];
  const offered = tools.map(({ name, description, input }) => ({
    type: 'function',
    name: wireName(name),
    description,
    inputSchema: { ...input, type: 'object' },
  }));
  const { temperature, max_tokens, top_p } = settings;
  const set = { temperature, maxOutputTokens: max_tokens, topP: top_p, stopSequences: stop };
  const options = {
    prompt,
    ...Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
    ...(offered.length > 0 ? { tools: offered, toolChoice: { type: toolChoice ?? 'auto' } } : {}),
    ...(schema ? { responseFormat: { type: 'json', schema, name: 'answer' } } : {}),
  };
  return { options, names: new Map(tools.map(({ name }) => [wireName(name), name])) };
}
