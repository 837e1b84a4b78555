/** The host: one per realm, with one session per page connection. */
import { expose, releaseProxy, wrap } from 'comlink';
import { eraseIndexedDb } from '../checkpoint/index.ts';
import { createAgentContext } from '../agent/index.ts';
import { AgentError, asAgentError, asTool, checkTool, randomId, toWire } from '../core/index.ts';
import type { Model, ModelChoice, Tool, WireError } from '../core/index.ts';
import type { AnyGraph } from '../engine/index.ts';
import {
  createExecutor,
  createPipeline,
  createResultCache,
  createToolRegistry,
  createToolSet,
  logCalls,
  maskSecrets,
} from '../tools/index.ts';
import type { Recorder } from '../models/index.ts';
import type { ToolMiddleware, ToolRegistry, ToolSet } from '../tools/index.ts';
import { holdLifeline, installErrorHandler, PROTOCOL, untilGone } from '../wire/index.ts';
import type { Hello, HostApi, PageApi, Welcome } from '../wire/index.ts';
import { createEventHub } from './event-hub.ts';
import type { EventHub } from './event-hub.ts';
import type { Language } from './language.ts';
import { pageTool } from './page-tools.ts';
import type { Page } from './page-tools.ts';
import { createLead } from './leader.ts';
import { createParts } from './part.ts';
import type { WorkerPart } from './part.ts';
import { openStorage } from './storage.ts';
import type { Storage } from './storage.ts';
import { openTabs } from './tabs.ts';
import type { Tabs } from './tabs.ts';
import { createThreadRunner } from './thread-runner.ts';
import type { ThreadRunner } from './thread-runner.ts';
import { createThreads } from './threads.ts';
import type { Threads } from './threads.ts';

/** What a site puts into a host of its own. */
export interface Host {
  /** Compiled graphs; a thread names one: `agent.thread('order-1', { graph: 'order' })`. */
  readonly graphs?: readonly AnyGraph[];
  /** Tools that run in the worker. */
  readonly tools?: readonly Tool[];
  /** Categories of tools, by name. They may name tools that the page offers. */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
  /** What every tool call passes through, beside the masking of secrets, which is always there. */
  readonly middleware?: readonly ToolMiddleware[];
  /** Models by name, made on first use. */
  readonly models?: Readonly<Record<string, () => Model>>;
  /** Parts that the worker has from the start, such as `workflows()`. */
  readonly parts?: readonly WorkerPart[];
}

/** What an entry puts in, beside what a site does. */
export interface StockHost extends Host {
  /** The code for language models. */
  readonly language?: Language;
}

const NO_LOCKS = {
  code: 'locks-unavailable',
  message:
    'This page has no locks, as pages without HTTPS have none: of two tabs that write in one conversation at the same ' +
    'time, one is refused. Serve the page over HTTPS.',
};

/** What a session has once its page has said hello. */
interface Session {
  readonly namespace: string;
  readonly tabs: Tabs;
  readonly hub: EventHub;
  readonly model: Model;
  readonly recorder: Recorder | undefined;
  readonly tools: SessionTools;
  readonly runner: ThreadRunner;
  readonly askPart: HostApi['askPart'];
  /** Stops what runs on a thread, or on all, in whatever tab. */
  readonly stop: ThreadRunner['stop'];
  readonly threads: Threads;
  readonly storage: Storage;
  readonly page: Page;
  /** The lock that is held for as long as this realm lives, if there are locks. */
  readonly lifeline: string | undefined;
  readonly release: () => void;
}

/** The tools of a session, and those of them that may be used. */
interface SessionTools {
  readonly registry: ToolRegistry;
  set: ToolSet;
}

function languageOf({ language }: StockHost): Language {
  if (language) return language;
  throw new AgentError('unknown-model', 'This worker has no code for language models.', {
    fix: 'Leave out the option `worker`, or serve the worker from the version of inpage that the page has.',
  });
}

function chooseModel(host: StockHost, choice: ModelChoice, page: Page): Model {
  if (choice.kind !== 'host') return languageOf(host).model(choice, page);
  const { models = {} } = host;
  const { name } = choice;
  const make = Object.hasOwn(models, name) ? models[name] : undefined;
  if (make) return make();
  throw new AgentError('unknown-model', `This host has no model named "${name}".`, {
    fix: `It has: ${Object.keys(models).join(', ') || 'none'}. Models of your own are given to serve().`,
    details: { model: name },
  });
}

/** A tool of this realm gives copies, as one of a page does: what is stored is frozen, and its own data must not be. */
function ownTool(tool: Tool): Tool {
  const run: Tool['run'] = async (input, context) => structuredClone(await tool.run(input, context));
  return asTool({ ...tool, run });
}

function openTools({ tools = [], categories = {} }: Host): SessionTools {
  const registry = createToolRegistry((message) => {
    console.warn(`inpage: ${message}`);
  });
  registry.batch(() => {
    for (const tool of tools) registry.add(ownTool(checkTool(tool)));
    for (const [name, members] of Object.entries(categories)) {
      // It may be built in, or a tool may have named it already.
      if (registry.categories.version(name) > 0) registry.categories.extend(name, members);
      else registry.categories.register(name, members);
    }
  });
  return { registry, set: createToolSet(registry, 'default') };
}

/** The page behind a session: its tools and its model, and whether it is still there. */
function openPage(tools: MessagePort, lifeline: string | undefined, closing: AbortSignal): Page {
  const gone = new AbortController();
  if (lifeline !== undefined) {
    untilGone(lifeline, closing).then(
      () => {
        const fix = 'Open the page and go on with the run.';
        gone.abort(new AgentError('page-gone', 'The page that the tool ran in is gone.', { fix }));
      },
      () => undefined,
    );
  }
  return { remote: wrap<PageApi>(tools), gone: gone.signal, progress: new Map() };
}

async function open(host: StockHost, hello: Hello, port: MessagePort, closing: AbortSignal): Promise<Session> {
  if (hello.protocol !== PROTOCOL) {
    throw new AgentError('protocol-mismatch', `The page speaks protocol ${hello.protocol}, the host ${PROTOCOL}.`, {
      fix: 'Load the page script and the worker from the same version of inpage.',
    });
  }
  const { namespace, policy, retention } = hello;
  const page = openPage(port, hello.lifeline, closing);
  const chosen = chooseModel(host, hello.model, page);
  const recorder = hello.record ? host.language?.record(chosen, policy) : undefined;
  const model = recorder?.model ?? chosen;
  const tools = openTools(host);
  const pipeline = createPipeline([
    ...(host.middleware ?? []),
    ...(policy.logTools ? [logCalls()] : []),
    maskSecrets({ fields: policy.secretFields }),
  ]);
  const storage = await openStorage(namespace, retention);
  const { checkpointer, grants } = storage;
  // Where each tab has its own memory, they have no threads in common.
  const shared = storage.kind === 'memory' ? randomId() : namespace;
  const tabs = openTabs(shared);
  const life = await holdLifeline();
  const hub = createEventHub(tabs, life.lifeline);
  const lead = createLead(shared, tabs);
  const set = (): ToolSet => tools.set;
  const now = (): number => Date.now();
  const { registry } = tools;
  const executor = createExecutor({
    ...{ registry, set, grants, pipeline },
    cache: createResultCache(now),
    policy: { mode: policy.approval, timeout: policy.approvalTimeout },
  });
  // A model that follows rules needs none, but a part of a site's graph may have another one.
  const language = model.generative ? languageOf(host) : host.language;
  const guide = language?.guide({ ...hello.agent, spending: storage.spending });
  const context = createAgentContext({ model, guide, registry, set, executor, now });
  const runner = createThreadRunner({
    ...{ lead, checkpointer, grants, graphs: host.graphs ?? [], hub, context },
    ended: () => {
      void threads.keep();
    },
  });
  const askPart = createParts(host.parts ?? [], { context, serve: runner.serve });
  tabs.listen((news) => {
    if (news.type === 'stop') void runner.stop(news.threadId);
  });
  const stop: ThreadRunner['stop'] = (threadId) => {
    tabs.tell({ type: 'stop', ...(threadId === undefined ? {} : { threadId }) });
    return runner.stop(threadId);
  };
  const threads = createThreads({ checkpointer, grants, hub, retention, stop });
  void threads.keep();
  return { namespace, tabs, hub, model, recorder, tools, runner, askPart, stop, threads, storage, page, ...life };
}

function createSession(host: StockHost): HostApi {
  let opened: Promise<Session> | undefined;
  let session: Session | undefined;
  const closing = new AbortController();
  const offered = new Map<string, () => void>();
  const current = (): Session => {
    if (session) return session;
    throw new AgentError('protocol-mismatch', 'The page spoke before it said hello.', { fix: 'Call hello() first.' });
  };
  const registry = (): ToolRegistry => current().tools.registry;
  return {
    async hello(hello, tools): Promise<Welcome> {
      opened ??= open(host, hello, tools, closing.signal);
      session = await opened;
      const { model, storage, lifeline } = session;
      return {
        scope: globalThis.constructor.name,
        storage: storage.kind,
        model: { id: model.id, generative: model.generative },
        notices: storage.notice ? [storage.notice] : lifeline === undefined ? [NO_LOCKS] : [],
        ...(lifeline === undefined ? {} : { lifeline }),
      };
    },
    addTools(offers) {
      const { page, tools } = current();
      const refused: WireError[] = [];
      tools.registry.batch(() => {
        for (const offer of offers) {
          const { id, source, allowRuntime } = offer;
          try {
            offered.set(id, tools.registry.add(pageTool(offer, page), { source, allowRuntime }));
          } catch (error) {
            refused.push(toWire(asAgentError(error, 'invalid-tool', 'Mend the definition of the tool.')));
          }
        }
      });
      return refused;
    },
    removeTool(id) {
      offered.get(id)?.();
      offered.delete(id);
    },
    listTools() {
      const { set } = current().tools;
      return registry().info((name) => set.has(name));
    },
    searchTools(query, limit) {
      const { set } = current().tools;
      const has = (name: string): boolean => set.has(name);
      // Of two with one name only the one that is used.
      const used = registry()
        .info(has)
        .filter(({ granted }) => granted);
      const all = new Map(used.map((info) => [info.name, info]));
      return registry()
        .search(query, limit, has)
        .flatMap(({ name }) => all.get(name) ?? []);
    },
    enableTool(name, enabled) {
      registry().enable(name, enabled);
    },
    addCategory(name, members, extend, allowRuntime) {
      const { categories } = registry();
      if (extend) categories.extend(name, members, { allowRuntime });
      else categories.register(name, members, { allowRuntime });
    },
    categories() {
      const { categories } = registry();
      return Object.fromEntries(categories.names().map((name) => [name, [...categories.get(name)]]));
    },
    useTools(recipe) {
      const { tools } = current();
      tools.set = createToolSet(tools.registry, recipe);
    },
    freezeTools() {
      registry().freeze();
    },
    send: (thread, turn, input, more) => current().runner.send(thread, turn, input, more),
    answer: (thread, turn, answers, more) => current().runner.answer(thread, turn, answers, more),
    resume: (thread, turn) => current().runner.resume(thread, turn),
    regenerate: (thread, turn) => current().runner.regenerate(thread, turn),
    undo: (thread, turn, callId) => current().runner.undo(thread, turn, callId),
    explain: (thread, messageId) => current().runner.explain(thread, messageId),
    grants: (thread) => current().runner.grants(thread),
    revoke: (thread, tool, scope) => current().runner.revoke(thread, tool, scope),
    cancel(turn) {
      current().runner.cancel(turn);
    },
    stop(thread) {
      const { stop, hub } = current();
      void stop(thread.id);
      hub.stopped(thread.id);
    },
    state: (thread, at) => current().runner.state(thread, at),
    history: (thread, from, to) => current().runner.history(thread, from, to),
    undoLast: (thread, turn, last) => current().runner.undoLast(thread, turn, last),
    fork: (thread, at) => current().runner.fork(thread, at),
    branch: (thread, messageId) => current().runner.branch(thread, messageId),
    listThreads: () => current().threads.list(),
    renameThread: (id, title) => current().threads.rename(id, title),
    deleteThread: (id) => current().threads.delete(id),
    exportThread: (id) => current().threads.export(id),
    importThread: (file) => current().threads.import(file),
    pruneThreads: (retention) => current().threads.prune(retention),
    storageUse: () => current().threads.use(),
    subscribe(thread, port, replay) {
      current().hub.subscribe(thread.id, port, replay);
    },
    progress(callId, value) {
      current().page.progress.get(callId)?.(value);
    },
    recording() {
      const { recorder } = current();
      if (recorder) return recorder.recording();
      throw new AgentError('invalid-option', 'Nothing is recorded here.', {
        fix: 'Call `createAgent({ record: true })`, with a language model.',
      });
    },
    askPart: (name, file, call, args) => current().askPart(name, file, call, args),
    async erase() {
      const { runner, stop, storage, namespace, hub } = current();
      await stop(undefined);
      await runner.close();
      await storage.close();
      // Also where this session had to do without: what an earlier one has stored must not stay.
      await eraseIndexedDb(namespace);
      hub.erased();
    },
    async close() {
      const { runner, storage, page, release, hub, tabs } = current();
      closing.abort();
      await runner.close();
      hub.close();
      tabs.close();
      await storage.close();
      page.remote[releaseProxy]();
      release();
    },
  };
}

/** Answers a page on a port. */
export function attach(host: StockHost, port: MessagePort): void {
  installErrorHandler();
  expose(createSession(host), port);
}
