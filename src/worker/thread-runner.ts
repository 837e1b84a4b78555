/** Runs turns of threads: queued, led by one tab, cancellable, with their events published. */
import { AGENT, createAgentGraph, explainAnswer, lastTurn, userMessage } from '../agent/index.ts';
import type { AgentContext } from '../agent/index.ts';
import { AgentError, isRecord, randomId, toWire } from '../core/index.ts';
import type {
  Answers,
  Checkpointer,
  Explanation,
  Grant,
  GrantStore,
  HistoryEntry,
  Interrupt,
  Message,
  RunEvent,
  RunResult,
  Snapshot,
} from '../core/index.ts';
import { CompiledGraph, getHistory, undo } from '../engine/index.ts';
import type { AnyGraph, Run, RunOptions } from '../engine/index.ts';
import type { Channels, Values } from '../state/index.ts';
import { THREAD_LIST } from '../wire/index.ts';
import type { AnswerExtras, MessageExtras, ThreadRef, WireTurnResult } from '../wire/index.ts';
import { versionBefore } from './branch.ts';
import { answersTo, expired, nextExpiry, silence } from './answers.ts';
import type { EventHub } from './event-hub.ts';
import { createExpiry } from './expiry.ts';
import type { Lead } from './leader.ts';
import type { PartGraph, PartHost } from './part.ts';
import { undoCall } from './undo.ts';

type Graph = CompiledGraph<Channels>;

export interface ThreadRunner {
  send(thread: ThreadRef, turn: string, input: string | object, more: MessageExtras): Promise<WireTurnResult>;
  /** Has threads run a graph of a part, by the name that they give to it. */
  readonly serve: PartHost['serve'];
  answer(thread: ThreadRef, turn: string, answers: Answers, more: AnswerExtras): Promise<WireTurnResult>;
  resume(thread: ThreadRef, turn: string): Promise<WireTurnResult>;
  regenerate(thread: ThreadRef, turn: string): Promise<WireTurnResult>;
  undo(thread: ThreadRef, turn: string, callId: string): Promise<void>;
  /** Why the model gave a message; undefined where it cannot tell. */
  explain(thread: ThreadRef, messageId: string): Promise<Explanation | undefined>;
  /** The grants that hold just now. */
  grants(thread: ThreadRef): Promise<readonly Grant[]>;
  revoke(thread: ThreadRef, tool: string, scope: Grant['scope']): Promise<void>;
  cancel(turn: string): void;
  /** Cancels every turn of a thread, or of all, those that run and those that wait; resolves once they have ended. */
  stop(threadId: string | undefined): Promise<void>;
  state(thread: ThreadRef, at?: number): Promise<Snapshot<Values> | undefined>;
  history(thread: ThreadRef, from: number, to: number): Promise<readonly HistoryEntry[]>;
  undoLast(thread: ThreadRef, turn: string, last: 'step' | 'input'): Promise<number>;
  fork(thread: ThreadRef, at: number): Promise<string>;
  branch(thread: ThreadRef, messageId: string): Promise<string>;
  /** Cancels everything; resolves once every turn has ended. */
  close(): Promise<void>;
}

export interface RunnerOptions {
  readonly lead: Lead;
  readonly checkpointer: Checkpointer;
  readonly grants: GrantStore;
  readonly graphs: readonly AnyGraph[];
  readonly hub: EventHub;
  readonly context: AgentContext;
  /** Called when a run has ended. */
  readonly ended: () => void;
}

/** Some work on a thread that is under way or waits for its turn. */
interface Turn {
  readonly thread: string;
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
}

/** A graph on this host's threads. */
interface Served {
  readonly graph: Graph;
  /** Whether its questions are the host's own: checked by the executor, and given up when their time is over. */
  readonly isOwn: boolean;
  readonly follow?: PartGraph['follow'];
}

function bind(graph: AnyGraph, checkpointer: Checkpointer): Graph {
  // From here on channels are known by name only: what comes in was validated by the graph's own lowering.
  if (graph instanceof CompiledGraph) return (graph as unknown as Graph).with({ checkpointer });
  throw new AgentError('invalid-option', `serve() got something that is no compiled graph.`, {
    fix: 'Pass what compile() returned.',
  });
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

const messagesOf = (state: Values): readonly Message[] => (state['messages'] ?? []) as readonly Message[];

/** Makes the runner of a host. */
export function createThreadRunner(options: RunnerOptions): ThreadRunner {
  const { lead, checkpointer, grants, graphs, hub, context, ended } = options;
  const bound = new Map<string, Served>();
  const agent = createAgentGraph() as unknown as AnyGraph;
  for (const graph of [agent, ...graphs]) {
    bound.set(graph.id, { graph: bind(graph, checkpointer), isOwn: graph === agent });
  }
  const turns = new Map<string, Turn>();

  const servedOf = ({ graph }: ThreadRef): Served => {
    const found = bound.get(graph);
    if (found) return found;
    throw new AgentError('unknown-graph', `This host has no graph named "${graph}".`, {
      fix: `It has: ${[...bound.keys()].join(', ')}. Graphs of your own are given to serve().`,
      details: { graph, names: [...bound.keys()] },
    });
  };

  const graphOf = (thread: ThreadRef): Graph => servedOf(thread).graph;

  /** Does some work on a thread, alone over all tabs, as a turn that can be cancelled. */
  const alone = async <T>(thread: ThreadRef, turn: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const stop = new AbortController();
    const ended = lead(thread.id, stop.signal, work);
    turns.set(turn, { thread: thread.id, stop, ended });
    try {
      return await ended;
    } finally {
      turns.delete(turn);
    }
  };

  const follow = async (
    thread: ThreadRef,
    signal: AbortSignal,
    begin: (options: RunOptions) => Run<Values>,
  ): Promise<RunResult<Values>> => {
    let isListed = false;
    const onEvent = (event: RunEvent): void => {
      hub.publish(thread.id, event);
      if (event.type !== 'run-end' && (event.type !== 'checkpoint' || isListed)) return;
      isListed = true;
      hub.changed(THREAD_LIST);
    };
    const plain: NonNullable<PartGraph['follow']> = (start, run) => start(run).result;
    const { follow = plain } = servedOf(thread);
    const result = await follow(begin, { threadId: thread.id, signal, onEvent, context });
    watch(thread, result.interrupts);
    ended();
    return result;
  };

  /** Takes back the step that gave the answer, and nothing that a tool has done before it or has taken back since. */
  const takeBack = async (
    graph: Graph,
    threadId: string,
    messages: readonly Message[],
    version: number,
  ): Promise<void> => {
    const undone = messages
      .slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1)
      .filter(({ role, content }) => role === 'tool' && content.some((part) => part.undo === 'done'));
    let at = version;
    for (let steps = undone.length; steps >= 0; steps--) {
      at = await undo(checkpointer, threadId, { expect: { version: at }, last: 'step' });
    }
    if (undone.length > 0) await graph.updateState(threadId, { messages: undone }, { version: at });
  };

  /** Says no in the name of a person who has not answered in time. */
  const expire = (thread: ThreadRef): Promise<void> =>
    alone(thread, randomId(), async (signal) => {
      const graph = graphOf(thread);
      const interrupts = (await graph.getState(thread.id))?.interrupts ?? [];
      const due = expired(interrupts, context.now());
      if (due.length === 0) watch(thread, interrupts);
      else {
        const answers = Object.fromEntries(due.map((open) => [open.id, silence(open)]));
        await follow(thread, signal, (run) => graph.resume(thread.id, answers, run));
      }
    });

  const expiry = createExpiry((thread) => {
    // Whoever asks for the thread's state next starts the clock again.
    expire(thread).catch(() => undefined);
  });

  /** Waits for the time of the host's own questions. What a site's graph calls `expiresAt` is its own affair. */
  const watch = (thread: ThreadRef, interrupts: readonly Interrupt[]): void => {
    expiry.watch(thread, servedOf(thread).isOwn ? nextExpiry(interrupts) : Infinity);
  };

  /** Has whoever shows a thread, or the list of them, look again. */
  const changed = (id: string): void => {
    hub.changed(id);
    hub.changed(THREAD_LIST);
  };

  const stop: ThreadRunner['stop'] = async (threadId) => {
    const open = [...turns.values()].filter(({ thread }) => threadId === undefined || thread === threadId);
    for (const turn of open) turn.stop.abort();
    await Promise.allSettled(open.map(({ ended }) => ended));
  };

  return {
    async send(thread, turn, input, more) {
      const graph = graphOf(thread);
      if (graph.id === AGENT ? typeof input !== 'string' : !isRecord(input)) {
        throw new AgentError('invalid-input', `The graph "${graph.id}" cannot take this.`, {
          fix: 'The agent takes text; a graph of your own takes an object of its channels.',
        });
      }
      if ((more.schema ?? more.files?.length) && !(graph.id === AGENT && context.guide)) {
        throw new AgentError('invalid-input', 'Files and a schema are for a language model, and none is asked here.', {
          fix: 'Send the text alone, or give createAgent() a `model` that takes them.',
          details: { graph: graph.id, model: context.model.id },
        });
      }
      const user = typeof input === 'string' ? `${turn}:user` : undefined;
      const update =
        typeof input === 'string' ? { messages: [userMessage(input, `${turn}:user`, context.now(), more)] } : input;
      return alone(thread, turn, async (signal) => {
        // The graph's own lowering refuses what is no update of its channels.
        const result = await follow(thread, signal, (run) => graph.stream(update, run));
        return toTurn(result, thread.graph, user);
      });
    },
    serve(name, { graph, ...more }) {
      bound.set(name, { graph: bind(graph, checkpointer), isOwn: true, ...more });
    },
    async answer(thread, turn, given, more) {
      const { graph, isOwn } = servedOf(thread);
      return alone(thread, turn, async (signal) => {
        const interrupts = (await graph.getState(thread.id))?.interrupts ?? [];
        const answers = await answersTo(interrupts, given, context.now(), isOwn ? context.executor : undefined);
        // Who answers is known to the run alone.
        const answering = (run: RunOptions): Run<Values> =>
          graph.resume(thread.id, answers, { ...run, context: { ...context, ...more } });
        const result = await follow(thread, signal, answering);
        return toTurn(result, thread.graph, undefined);
      });
    },
    async resume(thread, turn) {
      const graph = graphOf(thread);
      return alone(thread, turn, async (signal) => {
        const result = await follow(thread, signal, (run) => graph.stream(null, run));
        return toTurn(result, thread.graph, undefined);
      });
    },
    async regenerate(thread, turn) {
      const graph = graphOf({ ...thread, graph: AGENT });
      return alone(thread, turn, async (signal) => {
        const { state = {}, version = 0, next = [] } = (await graph.getState(thread.id)) ?? {};
        if (next.length === 0) await takeBack(graph, thread.id, messagesOf(state), version);
        const result = await follow(thread, signal, (run) => graph.stream(null, run));
        return toTurn(result, thread.graph, undefined);
      });
    },
    async undo(thread, turn, callId) {
      const graph = graphOf({ ...thread, graph: AGENT });
      await alone(thread, turn, async (signal) => {
        const { state = {}, version = 0 } = (await graph.getState(thread.id)) ?? {};
        const message = await undoCall(messagesOf(state), callId, context.executor, signal, context.now());
        await graph.updateState(thread.id, { messages: [message] }, { version });
        changed(thread.id);
      });
    },
    async explain(thread, messageId) {
      const { state = {} } = (await graphOf({ ...thread, graph: AGENT }).getState(thread.id)) ?? {};
      return explainAnswer(messagesOf(state), messageId, context);
    },
    async grants(thread) {
      const [all, stored] = await Promise.all([grants.list(thread.id), graphOf(thread).getState(thread.id)]);
      const { state = {}, next = [] } = stored ?? {};
      const asked = next.length > 0 ? messagesOf(state).findLast(({ role }) => role === 'user')?.id : undefined;
      return all.filter(({ scope, messageId }) => scope !== 'run' || (asked !== undefined && messageId === asked));
    },
    async revoke({ id }, tool, scope) {
      await grants.revoke({ tool, scope, threadId: scope === 'always' ? '' : id });
    },
    cancel(turn) {
      turns.get(turn)?.stop.abort();
    },
    stop,
    async state(thread, at) {
      const stored = await graphOf(thread).getState(thread.id, at);
      if (at === undefined) watch(thread, stored?.interrupts ?? []);
      return stored;
    },
    async history({ id }, from, to) {
      const found: HistoryEntry[] = [];
      for await (const entry of getHistory(checkpointer, id, { from, to })) found.push(entry);
      return found;
    },
    undoLast: (thread, turn, last) =>
      alone(thread, turn, async () => {
        const { version = 0 } = (await graphOf(thread).getState(thread.id)) ?? {};
        const at = await undo(checkpointer, thread.id, { expect: { version }, last });
        watch(thread, (await graphOf(thread).getState(thread.id))?.interrupts ?? []);
        changed(thread.id);
        return at;
      }),
    async branch(thread, messageId) {
      const at = await versionBefore(checkpointer, thread.id, messageId);
      return at === 0 ? randomId() : this.fork(thread, at);
    },
    async fork(thread, at) {
      const id = await graphOf(thread).fork(thread.id, at);
      hub.changed(THREAD_LIST);
      return id;
    },
    async close() {
      expiry.close();
      await stop(undefined);
    },
  };
}
