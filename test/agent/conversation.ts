/** Conversations with a scripted model over a host in the page, one database each. */
import { createAgent, defineTool } from '../../src/index.ts';
import type { Agent, AgentOptions, Tool, ToolDefinition } from '../../src/index.ts';
import type { ModelPart } from '../../src/core/index.ts';
import { createScriptedModel, finish, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import type { Host } from '../../src/worker/index.ts';
import { hostStarter } from '../helpers/host.ts';

const opened: Agent[] = [];
let count = 0;

/** Erases what the tests of a file have opened; to be called after each. */
export async function eraseAll(): Promise<void> {
  for (const agent of opened.splice(0)) await agent.erase().catch(() => undefined);
}

/** Has an agent erased with the others. */
export function keep(agent: Agent): Agent {
  opened.push(agent);
  return agent;
}

/** A namespace that no other test uses. */
export function freshNamespace(): string {
  return `conversation-${count++}-${Math.floor(performance.timeOrigin)}`;
}

/** The answer that makes several calls, each as its name and its input. */
export function calls(...made: readonly (readonly [name: string, input?: unknown])[]): readonly ModelPart[] {
  return [
    ...made.map(([name, input = {}], index): ModelPart => ({ type: 'tool-call', id: String(index), name, input })),
    finish('tool-calls'),
  ];
}

/** An agent whose model says what the script tells it to, request by request. */
export function converse(
  script: readonly ScriptedAnswer[],
  { host = {}, ...options }: AgentOptions & { host?: Host } = {},
): Agent {
  const worker = hostStarter({
    ...host,
    models: { scripted: () => createScriptedModel([...script, say('The end.')]) },
  });
  return keep(createAgent({ namespace: freshNamespace(), ...options, worker, model: 'scripted' }));
}

/** A tool that takes anything. */
export function tool(
  name: string,
  effect: 'read' | 'write' | 'navigate',
  changes: Partial<ToolDefinition<never, unknown>> = {},
): Tool {
  return defineTool<never>({
    name,
    description: `Do ${name}`,
    effect,
    danger: 'low',
    input: { type: 'object', additionalProperties: true },
    run: () => `${name} done`,
    ...changes,
  });
}
