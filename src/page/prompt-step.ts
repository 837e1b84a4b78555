/**
 * One step of an agent in the words of the Prompt API: what the model is told, and the JSON that it has to answer with.
 * The API's own tools are not used: it would run them by itself, without asking anybody.
 */
import { messageText, stableText } from '../core/index.ts';
import type { AssistantMessage, JsonSchema, Message, ModelRequest, ModelTool } from '../core/index.ts';
import type { PromptMessage, PromptPart } from './prompt-types.ts';
import { fileText, isTextual, marked, resultText } from './said.ts';

/** A message, and what tells it apart from every other one. */
export interface Told {
  readonly key: string;
  readonly message: PromptMessage;
}

export interface Step {
  /** What a session begins with; the same for all steps with the same instructions and tools. */
  readonly system: string;
  /** Whether it answers in JSON that says whether it calls a tool. */
  readonly isJson: boolean;
  /** The JSON that it has to answer with, where it has to. */
  readonly constraint: JsonSchema | undefined;
  /** Whether the model has to be shown the constraint. */
  readonly isToldInFull: boolean;
}

const USE = `Write JSON alone. {"tool":"…","input":{…}} calls one tool, and the next message tells what came of it. {"answer":"…"} is the answer to the person. Call a tool where it helps, and answer once you know enough.`;

const describe = ({ name, description, input }: ModelTool): string =>
  `- ${name}: ${description} Input: ${JSON.stringify(input)}`;

const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** A tool's input as far as it can stand within another schema, where its references would lead to nothing. */
const inputOf = ({ input }: ModelTool, isLoose: boolean): JsonSchema =>
  isLoose || JSON.stringify(input).includes('"$ref"') ? { type: 'object' } : { ...input, type: 'object' };

/**
 * What to ask of a session for a request.
 *
 * @param isLoose whether the inputs of tools are left open: not every schema is known everywhere.
 */
export function stepOf({ instructions, tools, toolChoice, schema }: ModelRequest, isLoose: boolean): Step {
  const isJson = tools.length > 0;
  const told = [
    ...(instructions ? [instructions] : []),
    ...(isJson ? [`${USE}\nThe tools:\n${tools.map(describe).join('\n')}`] : []),
  ];
  const callable = toolChoice === 'none' ? [] : tools;
  const calls = callable.map((tool) =>
    object({ tool: { type: 'string', enum: [tool.name] }, input: inputOf(tool, isLoose) }),
  );
  const answer = object({ answer: schema ?? { type: 'string' } });
  return {
    system: told.join('\n\n'),
    isJson,
    constraint: !isJson ? schema : calls.length > 0 ? { anyOf: [answer, ...calls] } : answer,
    isToldInFull: schema !== undefined,
  };
}

/** What the model has written, as it would write it again. */
export const written = (content: AssistantMessage['content'], isJson: boolean): string =>
  content
    .flatMap((part) => {
      if (part.type === 'text') return isJson ? JSON.stringify({ answer: part.text }) : part.text;
      return part.type === 'tool-call'
        ? `{"tool":${JSON.stringify(part.toolName)},"input":${stableText(part.input)}}`
        : [];
    })
    .join('\n');

const user = (key: string, content: PromptMessage['content']): Told => ({ key, message: { role: 'user', content } });

/** @param hasImages whether the model can see. */
async function told(message: Message, isJson: boolean, hasImages: boolean): Promise<readonly Told[]> {
  const key = `${message.role} ${message.id}`;
  switch (message.role) {
    case 'system':
      return [user(key, marked(messageText(message)))];
    case 'assistant': {
      const said = written(message.content, isJson);
      // Whatever its id: it may be what the session itself has said.
      return said === '' ? [] : [{ key: `said ${said}`, message: { role: 'assistant', content: said } }];
    }
    case 'tool':
      return message.content.map((part) => {
        const said = `${part.toolName}: ${resultText(part)}`;
        // Of one that is left out or cut by now, a session must not go on knowing the whole.
        return user(`${key} ${part.toolCallId} ${said.length}`, said);
      });
    case 'user': {
      const parts = await Promise.all(
        message.content.map(async (part): Promise<PromptPart> => {
          if (part.type === 'text') return { type: 'text', value: part.text };
          if (isTextual(part)) return { type: 'text', value: await fileText(part) };
          if (hasImages && part.mediaType.startsWith('image/')) return { type: 'image', value: part.data };
          return { type: 'text', value: marked(`A file is left out: ${part.filename ?? part.mediaType}`) };
        }),
      );
      const hasFiles = parts.length > 1 || parts.some(({ type }) => type !== 'text');
      return [user(key, hasFiles ? parts : messageText(message))];
    }
  }
}

/** The messages as the model gets them. */
export async function toldOf(
  messages: readonly Message[],
  isJson: boolean,
  hasImages: boolean,
): Promise<readonly Told[]> {
  const all = await Promise.all(messages.map((message) => told(message, isJson, hasImages)));
  return all.flat();
}
