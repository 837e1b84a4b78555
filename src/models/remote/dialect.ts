/** What differs between the languages that servers speak. */
import type { AssistantMessage, FilePart, JsonSchema, ModelTool, TextPart, ToolResultPart } from '../../core/index.ts';
import type { Answer, Plan } from './answer.ts';

/** Part of a request's `messages`: the inside of a message of a role, or, with an empty role, a message as it is. */
export type Piece = readonly [role: string, inner: string];

export interface Dialect {
  /** What the address of an endpoint ends with. */
  readonly path: string;
  /** Whether messages of the system may stand among the others. */
  readonly system: boolean;
  headers(key: string): Readonly<Record<string, string>>;
  /** How the site's instructions are told: as fields before the messages, or as the first message; with a comma. */
  instructions(value: string): readonly [fields: string, message: string];
  /** What the user says; a file that is no text with its data in base 64. */
  user(content: readonly (TextPart | FilePart)[], data: (file: FilePart) => string): Piece;
  /** @param by whose reasoning is given back: nobody reads another one's. */
  assistant(content: AssistantMessage['content'], by: string): readonly Piece[];
  result(part: ToolResultPart): Piece;
  /** Makes one of the insides of two messages of a role. */
  join(before: string, after: string): string;
  /** A whole message. */
  wrap(role: string, inner: string): string;
  tool(tool: Pick<ModelTool, 'name' | 'description' | 'input'>): object;
  /** The fields behind the messages. Those that are undefined are left out. */
  fields(
    plan: Plan,
    schema: JsonSchema | undefined,
    stop: readonly string[] | undefined,
  ): Readonly<Record<string, unknown>>;
  reader(answer: Answer, by: string): Reader;
}

export interface Reader {
  /**
   * Takes the data of an event. Returns whether the answer is complete, or the event itself where it is an error. Throws
   * where it is no JSON.
   */
  push(data: string): unknown;
  /** Ends the answer, and returns whether it is whole. */
  end(): boolean;
}
