/** The little of the peers that is used here, for they are not installed where the types are checked. */

interface AiRequest {
  readonly model: unknown;
  readonly tools: Readonly<Record<string, unknown>>;
  readonly prompt: string;
  readonly stopWhen: unknown;
}

declare module 'ai' {
  export function jsonSchema(schema: object): unknown;
  export function stepCountIs(count: number): unknown;
  export function tool(spec: { description: string; inputSchema: unknown; execute(): Promise<string> }): unknown;
  export function generateText(
    request: AiRequest,
  ): Promise<{ readonly text: string; readonly steps: readonly unknown[] }>;
  export function streamText(request: AiRequest): {
    readonly fullStream: AsyncIterable<{ readonly type: string }>;
    readonly steps: Promise<readonly unknown[]>;
    readonly text: Promise<string>;
  };
}

declare module '@langchain/core/language_models/chat_models' {
  export class BaseChatModel {
    constructor(fields: object);
    bindTools(): this;
    _generate(): Promise<unknown>;
  }
}
