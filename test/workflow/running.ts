import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import {
  createExecutor,
  createPipeline,
  createResultCache,
  createToolRegistry,
  createToolSet,
  defineTool,
} from '../../src/tools/index.ts';
import type { ApprovalPolicy } from '../../src/tools/index.ts';
import type { Answers, Interrupt, RunEvent, RunResult, Tool } from '../../src/core/index.ts';
import { compileWorkflow } from '../../src/workflow/index.ts';
import type {
  AgentNode,
  AgentNodeSpec,
  CompileOptions,
  Data,
  FlowGraph,
  ReadOptions,
  WorkflowContext,
  WorkflowState,
} from '../../src/workflow/index.ts';
import { read } from './reading.ts';

/** What a scripted agent says, by its id and what it is asked. */
export type Say = (spec: AgentNodeSpec, prompt: string, signal: AbortSignal) => string | Promise<string>;

export interface Setting extends Omit<CompileOptions, 'agentNode'>, ReadOptions {
  readonly say?: Say;
  readonly tools?: readonly Tool[];
  readonly policy?: ApprovalPolicy;
  readonly by?: string;
}

export const tool = (
  name: string,
  run: (input: Data) => unknown,
  more: Partial<Parameters<typeof defineTool>[0]> = {},
): Tool =>
  defineTool({
    name,
    description: `Does ${name}`,
    input: { type: 'object' },
    effect: 'read',
    ...more,
    run: (input) => run(input as Data),
  });

/** Agents that say what a function says. */
export function agents(say: Say): AgentNode {
  return (spec) =>
    async (state, { signal }) =>
      spec.keep(state, await say(spec, spec.prompt(state), signal));
}

/** A context for runs, with tools that ask as a site's do. */
export function contextWith({
  tools = [],
  policy = { mode: 'dangerous', timeout: undefined },
  by,
}: Pick<Setting, 'tools' | 'policy' | 'by'>): WorkflowContext {
  const registry = createToolRegistry();
  for (const each of tools) registry.add(each);
  const set = createToolSet(registry, { sources: ['site'] });
  const executor = createExecutor({
    ...{ registry, policy, set: () => set, pipeline: createPipeline([]), cache: createResultCache(() => 0) },
    grants: { list: () => Promise.resolve([]), put: () => Promise.resolve(), revoke: () => Promise.resolve() },
  });
  return { executor, toolOf: (name) => registry.find(name)?.tool, ...(by === undefined ? {} : { by }) };
}

export type Result = RunResult<WorkflowState>;

/** A workflow, its runs on one thread, and what happened in them. */
export class Running {
  readonly graph: FlowGraph;
  readonly events: RunEvent[] = [];
  readonly #context: WorkflowContext;

  constructor(graph: FlowGraph, context: WorkflowContext) {
    this.graph = graph;
    this.#context = context;
  }

  run(data: Data | null = {}, more: { signal?: AbortSignal } = {}): Promise<Result> {
    return this.graph.invoke(data && { data }, {
      threadId: 't',
      context: this.#context,
      onEvent: (event) => this.events.push(event),
      ...more,
    });
  }

  answer(answers: Answers): Promise<Result> {
    return this.graph.resume('t', answers, { context: this.#context, onEvent: (event) => this.events.push(event) })
      .result;
  }

  /** Answers the only open question. */
  async answerOnly(result: Result, value: unknown): Promise<Result> {
    return this.answer({ [only(result).id]: value });
  }

  /** The nodes that have begun, in their order, those of subgraphs with their path. */
  get begun(): readonly string[] {
    return this.events.flatMap((event) => (event.type === 'node-start' ? [event.task.replace(/\d+:/g, '')] : []));
  }
}

/** The only open question of a result. */
export function only({ interrupts, status }: Result): Interrupt {
  const [one, ...more] = interrupts;
  if (!one || more.length > 0) throw new Error(`There are ${interrupts.length} questions, and the run has ${status}.`);
  return one;
}

/** Reads and compiles the first workflow of a text. */
export async function load(text: string, setting: Setting = {}): Promise<Running> {
  const { say, tools, policy, by, file, env, load: loader, ...rest } = setting;
  const document = await read(text, {
    ...(file === undefined ? {} : { file }),
    ...(env ? { env } : {}),
    ...(loader ? { load: loader } : {}),
  });
  const [name] = Object.keys(document.workflows);
  const graph = compileWorkflow(document, name, { ...rest, ...(say ? { agentNode: agents(say) } : {}) });
  const context = contextWith({
    ...(tools ? { tools } : {}),
    ...(policy ? { policy } : {}),
    ...(by === undefined ? {} : { by }),
  });
  return new Running(graph.with({ checkpointer: createMemoryCheckpointer() }), context);
}

/** Runs a workflow once; its data, or its error thrown. */
export async function dataOf(text: string, data: Data = {}, setting: Setting = {}): Promise<Data> {
  const result = await (await load(text, setting)).run(data);
  if (result.status === 'failed') throw result.error;
  if (result.status !== 'completed') throw new Error(`It has ${result.status}.`);
  return result.state.data;
}
