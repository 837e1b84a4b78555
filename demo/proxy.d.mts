import type { Server } from 'node:http';

export interface ProxyOptions {
  /** Where the model answers, such as `https://api.openai.com/v1`. */
  upstream: string;
  key: string;
  /** The pages that may ask. */
  origins: readonly string[];
  models: readonly string[];
  /** How often a visitor may ask. Default: 20. */
  perMinute?: number;
  /** The largest request. Default: 2,000,000. */
  maxBytes?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export function createProxy(options: ProxyOptions): Server;
