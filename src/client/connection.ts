/** One host and everything that a page shares about it: all agents of the same options use the same connection. */
import {
  abortable,
  abortError,
  AgentError,
  asAgentError,
  checkTool,
  createVerticals,
  errorText,
  fromWire,
  randomId,
  toolSpec,
} from '../core/index.ts';
import type { AgentVerticals, ModelChoice, Retention, Tool } from '../core/index.ts';
import { holdLifeline, installErrorHandler, PROTOCOL, untilGone } from '../wire/index.ts';
import type { AgentSettings, ThreadRef, ToolOffer, ToolPolicy } from '../wire/index.ts';
import type { Connected, Rung } from './ladder.ts';
import { startHost } from './ladder.ts';
import { forgetLeaving, keepLeaving, pageLoaded, takeLeaving } from './leaving.ts';
import type { ChosenModel } from './model.ts';
import { servePage } from './page.ts';
import type { AgentReady, OfferOptions, PrepareModelOptions } from './types.ts';

export interface Connection {
  readonly namespace: string;
  readonly ready: Promise<AgentReady>;
  readonly verticals: AgentVerticals;
  /** Offers a tool; returns the function that withdraws it. Throws `invalid-tool`, `tool-exists`, `closed`. */
  offer(tool: Tool, options?: OfferOptions): () => void;
  /** Asks the host. Rejects with `closed` when the connection is, or is closed before the answer has come. */
  readonly ask: <T>(question: (remote: Connected['remote']) => Promise<T>) => Promise<T>;
  /** Asks the host to work on a thread. What a tool cuts off by leaving the page goes on on the next one. */
  readonly work: <T>(thread: ThreadRef, question: (remote: Connected['remote']) => Promise<T>) => Promise<T>;
  /** Gets the model ready, or a better one for the next agent with the same options. Rejects as the model does. */
  prepareModel(options?: PrepareModelOptions): Promise<void>;
  /** Ends the host. */
  close(): Promise<void>;
}

/** What a page wants of its host, beside a model. */
export interface Settings {
  readonly agent: AgentSettings;
  readonly policy: ToolPolicy;
  readonly retention: Retention;
  readonly record: boolean;
}

/** Milliseconds that a host has to stop its runs and close its database. */
const FAREWELL = 1000;

function died(): AgentError {
  return new AgentError('worker-failed', 'The worker that ran the agent is gone.', {
    fix: 'Call createAgent() again; everything that was stored is still there.',
  });
}

/** A host, and what else there is to say about its model. */
interface Started extends Connected {
  readonly notice: ChosenModel['notice'] | undefined;
  readonly sentTo?: ChosenModel['sentTo'];
}

/** Starts a host for a model; where none can be started for it, for what is to be used then. */
async function startFor(chosen: ChosenModel, start: (chosen: ChosenModel) => Promise<Connected>): Promise<Started> {
  const { otherwise, notice, sentTo } = chosen;
  try {
    return { ...(await start(chosen)), notice, sentTo };
  } catch (error) {
    if (!otherwise) throw error;
    const message = `The language model could not be used, so a rule-based assistant answers (${errorText(error)}).`;
    return { ...(await start(otherwise)), notice: { code: 'model-fallback', message } };
  }
}

function readyFrom({ kind, welcome, failures, notice, sentTo }: Started): AgentReady {
  const { storage } = welcome;
  const model = { ...welcome.model, ...(sentTo ? { sentTo } : {}) };
  const notices = [...welcome.notices, ...(notice ? [notice] : [])];
  if (failures.length === 0) return { host: kind, storage, model, notices };
  const reasons = failures.join('; ');
  const fellBack =
    kind === 'page'
      ? {
          code: 'worker-failed',
          message: `No worker could be started, so the assistant runs in the page (${reasons}).`,
        }
      : { code: 'worker-fallback', message: `The first way to start a worker failed (${reasons}).` };
  return { host: kind, storage, model, notices: [fellBack, ...notices] };
}

/**
 * Starts a host and connects to it. Nothing throws here: a host that cannot be started rejects `ready`.
 *
 * @param model that is to answer.
 * @param rungsFor a model: the ways to start a host that has the code for it.
 * @param forget called when the next agent with the same options has to have another connection.
 */
export function connect(
  namespace: string,
  settings: Settings,
  model: ChosenModel | Promise<ChosenModel>,
  rungsFor: (choice: ModelChoice) => readonly Rung[],
  forget: () => void,
): Connection {
  installErrorHandler();
  const tools = new Map<string, Tool>();
  /** The threads that are at work, each as often as somebody waits for it. */
  const working = new Set<ThreadRef>();
  /** The id of the offer that holds a name, by source and name. */
  const offered = new Map<string, string>();
  /** Offered in this turn of the page, and not yet sent: many tools are one message, and one change of the registry. */
  let offers: ToolOffer[] = [];
  let lifeline: string | undefined;
  const serveTools = (port: MessagePort, { model, getToken }: ChosenModel): void => {
    const progress = (callId: string, value: unknown): void => {
      // What cannot be cloned is no progress that anybody could see.
      host.then(({ remote }) => remote.progress(callId, value)).catch(() => undefined);
    };
    const leaving = (): void => {
      keepLeaving(namespace, working, lifeline);
    };
    servePage({ model, getToken, tools, progress, leaving }, port);
  };
  const life = holdLifeline();
  const host = Promise.all([life, model]).then(([held, chosen]) => {
    ({ lifeline } = held);
    const hello = { protocol: PROTOCOL, namespace, ...settings, ...(lifeline === undefined ? {} : { lifeline }) };
    return startFor(chosen, (one) =>
      startHost(rungsFor(one.choice), { ...hello, model: one.choice }, (port) => {
        serveTools(port, one);
      }),
    );
  });
  const ready = host.then(readyFrom);
  // Whoever needs the host awaits it and gets the error; an agent that nobody uses must not report it as unhandled.
  host.catch(() => undefined);
  ready.catch(() => undefined);
  const closing = new AbortController();
  const send: Connection['ask'] = (question) =>
    abortable(
      host.then(({ remote }) => question(remote)),
      closing.signal,
    );
  const warn = ({ message, fix }: AgentError): void => {
    console.warn(`inpage: ${message} ${fix}`);
  };
  const tell: (question: (remote: Connected['remote']) => Promise<unknown>) => void = (question) => {
    send(question).catch((error: unknown) => {
      if (!closing.signal.aborted) warn(asAgentError(error, 'worker-failed', 'Reload the page.'));
    });
  };
  let hasGoneOn = false;
  /** Goes on with what the page before this one was left in the middle of, once this one has tools to do it with. */
  const goOn = (): void => {
    if (hasGoneOn) return;
    hasGoneOn = true;
    void pageLoaded().then(async () => {
      for (const thread of await takeLeaving(namespace)) {
        // Why one cannot go on, whoever opens it sees.
        work(thread, (remote) => remote.resume(thread, randomId())).catch(() => undefined);
      }
    });
  };
  const flush = (): void => {
    const batch = offers;
    if (batch.length === 0) return;
    offers = [];
    tell(async (remote) => {
      for (const refused of await remote.addTools(batch)) warn(fromWire(refused));
      goOn();
    });
  };
  const ask: Connection['ask'] = (question) => {
    // What was offered before is there before.
    flush();
    return send(question);
  };
  const work: Connection['work'] = async (thread, question) => {
    const turn = { ...thread };
    working.add(turn);
    try {
      return await ask(question);
    } finally {
      working.delete(turn);
      if (![...working].some(({ id }) => id === thread.id)) forgetLeaving(namespace, thread);
    }
  };
  // When the host dies, its lock comes free: then nobody need wait for its answers any more.
  host
    .then(async ({ welcome: { lifeline }, end }) => {
      if (lifeline === undefined) return;
      await untilGone(lifeline, closing.signal);
      closing.abort(died());
      end();
      forget();
    })
    .catch(() => undefined);
  return {
    namespace,
    ready,
    verticals: createVerticals(namespace, closing.signal, (...question) =>
      ask((remote) => remote.askPart(...question)),
    ),
    ask,
    work,
    offer(tool, { source = 'site', allowRuntime = false } = {}) {
      checkTool(tool);
      if (closing.signal.aborted) throw abortError(closing.signal);
      const key = `${source}:${tool.name}`;
      const known = offered.get(key);
      if (known !== undefined && tools.get(known) !== tool) {
        throw new AgentError('tool-exists', `There is already a tool named "${tool.name}".`, {
          fix: 'Choose another name, or withdraw the first one with the function that tool() returned.',
          details: { tool: tool.name },
        });
      }
      // Another one for each offer: what was allowed for one tool must not run the next one of its name.
      const id = known ?? `${randomId()}:${tool.name}`;
      offered.set(key, id);
      tools.set(id, tool);
      if (known === undefined && offers.push({ id, spec: toolSpec(tool), source, allowRuntime }) === 1) {
        queueMicrotask(flush);
      }
      return () => {
        if (!tools.delete(id)) return;
        offered.delete(key);
        flush();
        tell((remote) => remote.removeTool(id));
      };
    },
    async prepareModel({ onProgress = () => undefined, signal = closing.signal } = {}) {
      const { model: own, better } = await model;
      await (better ?? own)?.prepare?.({ onProgress, signal });
      if (better) forget();
    },
    async close() {
      if (closing.signal.aborted) return;
      const reason = new AgentError('closed', 'The agent is closed.', { fix: 'Call createAgent() again.' });
      closing.abort(reason);
      const connected = await host.catch(() => undefined);
      (await life).release();
      if (!connected) return;
      // A host that hangs is ended all the same.
      await abortable(connected.remote.close(), AbortSignal.timeout(FAREWELL)).catch(() => undefined);
      connected.end();
    },
  };
}
