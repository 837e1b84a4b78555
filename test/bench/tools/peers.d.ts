/** The little of the peers that is used here, for they are not installed where the types are checked. */

declare module 'ai' {
  export function jsonSchema(schema: object): unknown;
  export function stepCountIs(count: number): unknown;
  export function tool(spec: { description: string; inputSchema: unknown; execute(): Promise<string> }): unknown;
  export function generateText(request: {
    model: unknown;
    tools: Readonly<Record<string, unknown>>;
    prompt: string;
    stopWhen: unknown;
  }): Promise<{ readonly text: string; readonly steps: readonly unknown[] }>;
}

declare module '@langchain/core/messages' {
  export const AIMessage: new (fields: {
    content: string;
    tool_calls: readonly { id: string; name: string; args: object }[];
  }) => object;
}

declare module '@langchain/core/tools' {
  export function tool(
    run: () => Promise<string>,
    spec: { name: string; description: string; schema: object },
  ): unknown;
}

declare module '@langchain/langgraph/prebuilt' {
  export class ToolNode {
    constructor(tools: readonly unknown[]);
    invoke(state: { messages: readonly unknown[] }): Promise<{ readonly messages: readonly { content: unknown }[] }>;
  }
}
