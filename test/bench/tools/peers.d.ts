/** The little of the peers that is used here, for they are not installed where the types are checked. */

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
  export function createReactAgent(spec: { llm: object; tools: readonly unknown[] }): {
    invoke(input: object, options: object): Promise<{ readonly messages: readonly unknown[] }>;
  };
  export class ToolNode {
    constructor(tools: readonly unknown[]);
    invoke(state: { messages: readonly unknown[] }): Promise<{ readonly messages: readonly { content: unknown }[] }>;
  }
}
