/** The hosts that there are: a site's own with everything, and the two stock ones with one kind of model each. */
import { createPlanner } from '../models/index.ts';
import type { Host, StockHost } from './host.ts';
import { language } from './language.ts';
import { serveHost } from './serve.ts';
import type { ConnectScope } from './serve.ts';

const PLANNER: StockHost = { models: { planner: createPlanner } };

/**
 * Serves agents from this worker. Call it once, at the top of the worker's script.
 *
 * @param host graphs, tools and models of your own, beside the stock ones.
 * @example
 * // my-worker.ts, started by createAgent({ worker: () => new Worker(new URL('./my-worker.ts', import.meta.url), { type: 'module' }) })
 * import { serve } from 'inpage/worker';
 * serve({ graphs: [order] });
 */
export function serve(host: Host = {}, scope: ConnectScope = globalThis): void {
  serveHost({ ...host, language, models: { ...PLANNER.models, ...host.models } }, scope);
}

/** Serves agents with the planner alone. */
export function servePlanner(scope: ConnectScope): void {
  serveHost(PLANNER, scope);
}

/** Serves agents with language models alone: remote ones, and those of pages. */
export function serveModels(scope: ConnectScope): void {
  serveHost({ language }, scope);
}
