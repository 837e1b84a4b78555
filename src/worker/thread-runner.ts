/** Runs turns of threads: queued, led by one tab, cancellable, with their events published. */
import { AGENT, createAgentGraph, isApproval, lastTurn, userMessage } from '../agent/index.ts';
import type { AgentContext } from '../agent/index.ts';
import { AgentError, isRecord, toWire } from '../core/index.ts';
import type { Checkpointer, Interrupt, Message, RunEvent, RunResult, Snapshot } from '../core/index.ts';
import { CompiledGraph } from '../engine/index.ts';
import type { AnyGraph, Run, RunOptions } from '../engine/index.ts';
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
  resume(thread: ThreadRef, turn: string, context: AgentContext): Promise<WireTurnResult>;
  cancel(turn: string): void;
  /** Cancels every turn of a thread, the running one and those that wait. */
  stop(thread: ThreadRef): void;
  state(thread: ThreadRef): Promise<Snapshot<Values> | undefined>;
  /** Cancels everything; resolves once every turn has ended. */
  close(): Promise<void>;
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

/** @param user the id of the message that began the turn; without it, the turn is what followed the last message. */
function toTurn(result: RunResult<Values>, graph: string, user: string | undefined): WireTurnResult {
  const { status, threadId, runId, state, interrupts } = result;
  // The messages of the agent's own graph; another graph may call anything so.
  const messages = graph === AGENT ? ((state['messages'] ?? []) as readonly Message[]) : [];
  const begun = user === undefined ? 0 : messages.findLastIndex(({ id }) => id === user);
  return {
    status,
    threadId,
    runId,
    // A run that ended before its message was stored has said nothing.
    ...lastTurn(begun < 0 ? [] : messages.slice(begun)),
    interrupts,
    ...(result.status === 'failed' ? { error: toWire(result.error) } : {}),
  };
}

/**
 * Refuses what is no answer to an approval, and a yes that could not be acted on now. The question stays open.
 *
 * @param agent given when the question is the agent's own, which is about a tool.
 */
function checkApproval({ id, payload }: Interrupt, value: unknown, agent: AgentContext | undefined): void {
  if (!isApproval(value)) {
    throw new AgentError('invalid-answer', 'An approval takes no such answer; it stays open.', {
      fix: "Answer { decision: 'approve' } or { decision: 'reject', reason }.",
      details: { id, answer: isRecord(value) ? Object.keys(value) : typeof value },
    });
  }
  const tool = String(isRecord(payload) ? payload['tool'] : undefined);
  if (value.decision === 'reject' || !agent || agent.tools.list().some(({ name }) => name === tool)) return;
  throw new AgentError('tool-gone', `The page does not offer "${tool}" just now; the question stays open.`, {
    fix: 'Offer the tool with agent.tool(), then approve again.',
    details: { id, tool },
  });
}

/** Makes the runner of a host. */
export function createThreadRunner({ namespace, checkpointer, graphs, hub }: RunnerOptions): ThreadRunner {
  const bound = bind(graphs, checkpointer);
  const turns = new Map<string, { readonly thread: string; readonly stop: AbortController; ended: Promise<unknown> }>();

  const graphOf = ({ graph }: ThreadRef): Graph => {
    const found = bound.get(graph);
    if (found) return found;
    throw new AgentError('unknown-graph', `This host has no graph named "${graph}".`, {
      fix: `It has: ${[...bound.keys()].join(', ')}. Graphs of your own are given to serve().`,
      details: { graph, names: [...bound.keys()] },
    });
  };

  const lead = async (
    thread: ThreadRef,
    turn: string,
    begin: (options: RunOptions) => Run<Values> | Promise<Run<Values>>,
    user?: string,
  ): Promise<WireTurnResult> => {
    const stop = new AbortController();
    const { signal } = stop;
    const onEvent = (event: RunEvent): void => {
      hub.publish(thread.id, event);
    };
    const ended = asLeader(`inpage:${namespace}:${thread.id}`, signal, async () => {
      const run = await begin({ threadId: thread.id, signal, onEvent });
      return toTurn(await run.result, thread.graph, user);
    });
    turns.set(turn, { thread: thread.id, stop, ended });
    try {
      return await ended;
    } finally {
      turns.delete(turn);
    }
  };

  return {
    async send(thread, turn, input, context) {
      const graph = graphOf(thread);
      if (graph.id === AGENT ? typeof input !== 'string' : !isRecord(input)) {
        throw new AgentError('invalid-input', `The graph "${graph.id}" cannot take this.`, {
          fix: 'The agent takes text; a graph of your own takes an object of its channels.',
        });
      }
      const user = typeof input === 'string' ? `${turn}:user` : undefined;
      const update =
        typeof input === 'string' ? { messages: [userMessage(input, `${turn}:user`, context.now())] } : input;
      const begin = (options: RunOptions): Run<Values> =>
        // The graph's own lowering refuses what is no update of its channels.
        graph.stream(update, { ...options, context });
      return lead(thread, turn, begin, user);
    },
    async answer(thread, turn, interruptId, value, context) {
      const graph = graphOf(thread);
      return lead(thread, turn, async (options) => {
        const open = (await graph.getState(thread.id))?.interrupts.find(({ id }) => id === interruptId);
        if (open?.kind === 'approval') checkApproval(open, value, graph.id === AGENT ? context : undefined);
        return graph.resume(thread.id, { [interruptId]: value }, { ...options, context });
      });
    },
    async resume(thread, turn, context) {
      const graph = graphOf(thread);
      return lead(thread, turn, (options) => graph.stream(null, { ...options, context }));
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
    async close() {
      const open = [...turns.values()];
      for (const { stop } of open) stop.abort();
      await Promise.allSettled(open.map(({ ended }) => ended));
    },
  };
}
