/** Makes a realm a host: waits for pages to connect. */
import { isRecord } from '../core/index.ts';
import { createPlanner } from '../models/index.ts';
import { attach } from './host.ts';
import type { Host } from './host.ts';

/** The part of a worker's global scope, or of a port, by which pages connect. */
export interface ConnectScope {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

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
  const complete: Host = { ...host, models: { planner: createPlanner, ...host.models } };
  scope.addEventListener('message', (event) => {
    const data: unknown = event.data;
    if (!isRecord(data) || data['type'] !== 'inpage-connect' || !(data['port'] instanceof MessagePort)) return;
    attach(complete, data['port']);
  });
}
