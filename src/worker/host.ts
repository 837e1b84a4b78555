/** The host: one per realm, with one session per page connection. */
import type { Remote } from 'comlink';
import { expose, releaseProxy, wrap } from 'comlink';
import { eraseIndexedDb } from '../checkpoint/index.ts';
import { AgentError, checkTool } from '../core/index.ts';
import type { Model, Tool } from '../core/index.ts';
import type { AnyGraph } from '../engine/index.ts';
import { createToolRegistry } from '../tools/index.ts';
import type { ToolRegistry } from '../tools/index.ts';
import { installErrorHandler, PROTOCOL } from '../wire/index.ts';
import type { Hello, HostApi, PageTools, Welcome } from '../wire/index.ts';
import { createEventHub } from './event-hub.ts';
import type { EventHub } from './event-hub.ts';
import { pageTool } from './page-tools.ts';
import type { ProgressListeners } from './page-tools.ts';
import { holdLifeline } from './lifeline.ts';
import { openStorage } from './storage.ts';
import type { Storage } from './storage.ts';
import { createThreadRunner } from './thread-runner.ts';
import type { ThreadRunner } from './thread-runner.ts';

/** What a site puts into a host of its own. */
export interface Host {
  /** Compiled graphs; a thread names one: `agent.thread('order-1', { graph: 'order' })`. */
  readonly graphs?: readonly AnyGraph[];
  /** Tools that run in the worker. */
  readonly tools?: readonly Tool[];
  /** Models by name, made on first use. The stock host has `planner`. */
  readonly models?: Readonly<Record<string, () => Model>>;
}

/** What a session has once its page has said hello. */
interface Session {
  readonly namespace: string;
  readonly hub: EventHub;
  readonly model: Model;
  readonly registry: ToolRegistry;
  readonly runner: ThreadRunner;
  readonly storage: Storage;
  readonly page: Remote<PageTools>;
  /** The lock that is held for as long as this realm lives, if there are locks. */
  readonly lifeline: string | undefined;
  readonly release: () => void;
}

function chooseModel(models: NonNullable<Host['models']>, name: string): Model {
  const make = Object.hasOwn(models, name) ? models[name] : undefined;
  if (make) return make();
  const names = Object.keys(models).join(', ') || 'none';
  throw new AgentError('unknown-model', `This host has no model named "${name}".`, {
    fix: `It has: ${names}. Models of your own are given to serve().`,
    details: { model: name },
  });
}

async function open(host: Host, hello: Hello, tools: MessagePort): Promise<Session> {
  if (hello.protocol !== PROTOCOL) {
    throw new AgentError('protocol-mismatch', `The page speaks protocol ${hello.protocol}, the host ${PROTOCOL}.`, {
      fix: 'Load the page script and the worker from the same version of inpage.',
    });
  }
  const model = chooseModel(host.models ?? {}, hello.model);
  const { namespace } = hello;
  const storage = await openStorage(namespace);
  const { checkpointer } = storage;
  const hub = createEventHub(namespace);
  const registry = createToolRegistry();
  for (const tool of host.tools ?? []) registry.add(checkTool(tool));
  const runner = createThreadRunner({ namespace, checkpointer, graphs: host.graphs ?? [], hub });
  const page = wrap<PageTools>(tools);
  return { namespace, hub, model, registry, runner, storage, page, ...(await holdLifeline()) };
}

function createSession(host: Host): HostApi {
  let opened: Promise<Session> | undefined;
  let session: Session | undefined;
  const offered = new Map<string, () => void>();
  const progress: ProgressListeners = new Map();
  const current = (): Session => {
    if (session) return session;
    throw new AgentError('protocol-mismatch', 'The page spoke before it said hello.', { fix: 'Call hello() first.' });
  };
  const context = ({ model, registry }: Session) => ({ model, tools: registry, now: () => Date.now() });
  return {
    async hello(hello, tools): Promise<Welcome> {
      opened ??= open(host, hello, tools);
      session = await opened;
      const { model, storage, lifeline } = session;
      return {
        scope: globalThis.constructor.name,
        storage: storage.kind,
        model: { id: model.id, generative: model.generative },
        notices: storage.notice ? [storage.notice] : [],
        ...(lifeline === undefined ? {} : { lifeline }),
      };
    },
    addTool(spec) {
      const { registry, page } = current();
      offered.set(spec.name, registry.add(pageTool(spec, page, progress)));
    },
    removeTool(name) {
      offered.get(name)?.();
      offered.delete(name);
    },
    send: (thread, turn, input) => current().runner.send(thread, turn, input, context(current())),
    answer: (thread, turn, id, value) => current().runner.answer(thread, turn, id, value, context(current())),
    resume: (thread, turn) => current().runner.resume(thread, turn, context(current())),
    cancel(turn) {
      current().runner.cancel(turn);
    },
    stop(thread) {
      current().runner.stop(thread);
    },
    state: (thread) => current().runner.state(thread),
    subscribe(thread, port, replay) {
      current().hub.subscribe(thread.id, port, replay);
    },
    progress(callId, value) {
      progress.get(callId)?.(value);
    },
    async erase() {
      const { runner, storage, namespace, hub } = current();
      await runner.close();
      await storage.close();
      // Also where this session had to do without: what an earlier one has stored must not stay.
      await eraseIndexedDb(namespace);
      hub.erased();
    },
    async close() {
      const { runner, storage, page, release, hub } = current();
      await runner.close();
      hub.close();
      await storage.close();
      page[releaseProxy]();
      release();
    },
  };
}

/** Answers a page on a port. */
export function attach(host: Host, port: MessagePort): void {
  installErrorHandler();
  expose(createSession(host), port);
}
