/** Makes a realm a host: waits for pages to connect. */
import { isRecord } from '../core/index.ts';
import { attach } from './host.ts';
import type { StockHost } from './host.ts';

/** The part of a worker's global scope, or of a port, by which pages connect. */
export interface ConnectScope {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Serves agents to the pages that connect to a scope. */
export function serveHost(host: StockHost, scope: ConnectScope): void {
  scope.addEventListener('message', (event) => {
    const data: unknown = event.data;
    if (!isRecord(data) || data['type'] !== 'inpage-connect' || !(data['port'] instanceof MessagePort)) return;
    attach(host, data['port']);
  });
}
