/** Runs turns of threads: queued, led by one tab, cancellable, with their events published. */
import { AGENT, createAgentGraph, isApproval, lastTurn, userMessage } from '../agent/index.ts';
import type { AgentContext } from '../agent/index.ts';
import { AgentError, isRecord, toWire } from '../core/index.ts';
import type { Checkpointer, RunResult, Snapshot } from '../core/index.ts';
import { CompiledGraph } from '../engine/index.ts';
import type { AnyGraph, Run } from '../engine/index.ts';
import type { Channels, Values } from '../state/index.ts';
import type { ThreadRef, WireTurnResult } from '../wire/index.ts';
import type { EventHub } from './event-hub.ts';
import { asLeader } from './leader.ts';

type Graph = CompiledGraph<Channels>;

export interface ThreadRunner {
  send(thread: ThreadRef, turn: string, input: string | object, context: AgentContext): Promise<WireTurnResult>;
  answer(
    thread: ThreadRef,
    turn: string,
    interruptId: string,
    value: unknown,
    context: AgentContext,
  ): Promise<WireTurnResult>;
  cancel(turn: string): void;
  /** Cancels every turn of a thread, the running one and those that wait. */
  stop(thread: ThreadRef): void;
  state(thread: ThreadRef): Promise<Snapshot<Values> | undefined>;
}

export interface RunnerOptions {
  readonly namespace: string;
  readonly checkpointer: Checkpointer;
  readonly graphs: readonly AnyGraph[];
  readonly hub: EventHub;
}

function bind(graphs: readonly AnyGraph[], checkpointer: Checkpointer): ReadonlyMap<string, Graph> {
  const bound = new Map<string, Graph>();
  for (const graph of [createAgentGraph() as unknown as AnyGraph, ...graphs]) {
    if (!(graph instanceof CompiledGraph)) {
      throw new AgentError('invalid-option', `serve() got something that is no compiled graph.`, {
        fix: 'Pass what compile() returned.',
      });
    }
    // From here on channels are known by name only: what comes in was validated by the graph's own lowering.
    bound.set(graph.id, (graph as unknown as Graph).with({ checkpointer }));
  }
  return bound;
}

function toTurn(result: RunResult<unknown>): WireTurnResult {
  const { status, threadId, runId, state } = result;
  return {
    status,
    threadId,
    runId,
    ...lastTurn(state),
    interrupts: result.status === 'interrupted' ? result.interrupts : [],
    ...(result.status === 'failed' ? { error: toWire(result.error) } : {}),
  };
}

/** Makes the runner of a host. */
export function createThreadRunner({ namespace, checkpointer, graphs, hub }: RunnerOptions): ThreadRunner {
  const bound = bind(graphs, checkpointer);
  const turns = new Map<string, { readonly thread: string; readonly stop: AbortController }>();

  const graphOf = ({ graph }: ThreadRef): Graph => {
    const found = bound.get(graph);
    if (found) return found;
    throw new AgentError('unknown-graph', `This host has no graph named "${graph}".`, {
      fix: `It has: ${[...bound.keys()].join(', ')}. Graphs of your own are given to serve().`,
      details: { graph, names: [...bound.keys()] },
    });
  };

  const lead = async (thread: ThreadRef, turn: string, begin: (signal: AbortSignal) => Promise<Run<unknown>>) => {
    const stop = new AbortController();
    turns.set(turn, { thread: thread.id, stop });
    try {
      return await asLeader(`inpage:${namespace}:${thread.id}`, stop.signal, async () => {
        const run = await begin(stop.signal);
        // A failed run throws here what its result says as well.
        try {
          for await (const event of run) hub.publish(thread.id, event);
        } catch {
          return toTurn(await run.result);
        }
        return toTurn(await run.result);
      });
    } finally {
      turns.delete(turn);
    }
  };

  return {
    async send(thread, turn, input, context) {
      const graph = graphOf(thread);
      const update =
        typeof input === 'string'
          ? { messages: [userMessage(input, `${turn}:user`, context.now())] }
          : (input as Record<string, never>);
      if (typeof input === 'string' && graph.id !== AGENT) {
        throw new AgentError('invalid-input', `The graph "${graph.id}" takes an object of its channels, not text.`, {
          fix: 'Pass an object to send().',
        });
      }
      return lead(thread, turn, (signal) =>
        Promise.resolve(graph.stream(update, { threadId: thread.id, context, signal })),
      );
    },
    async answer(thread, turn, interruptId, value, context) {
      const graph = graphOf(thread);
      return lead(thread, turn, async (signal) => {
        const open = (await graph.getState(thread.id))?.interrupts.find(({ id }) => id === interruptId);
        if (open?.kind === 'approval' && !isApproval(value)) {
          throw new AgentError('invalid-answer', 'An approval takes no such answer; it stays open.', {
            fix: "Answer { decision: 'approve' } or { decision: 'reject', reason }.",
            details: { id: interruptId, answer: isRecord(value) ? Object.keys(value) : typeof value },
          });
        }
        return graph.resume(thread.id, { [interruptId]: value }, { context, signal });
      });
    },
    cancel(turn) {
      turns.get(turn)?.stop.abort();
    },
    stop({ id }) {
      for (const { thread, stop } of turns.values()) if (thread === id) stop.abort();
    },
    async state(thread) {
      return graphOf(thread).getState(thread.id);
    },
  };
}
