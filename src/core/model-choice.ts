/** Which model an agent is to have, as plain data that can cross a port. Types only. */

/** How a remote model is reached. */
export interface RemoteModelConfig {
  /** The dialect that its server speaks. Default: `openai`, the chat completions that most servers know. */
  readonly provider?: 'openai' | 'anthropic';
  /** The address below which the dialect's paths begin, such as `/v1` of a proxy; absolute, or relative to the page. */
  readonly endpoint: string;
  /** The name that the server knows the model by. */
  readonly model: string;
  /** A key of the person at the page. It is kept in memory alone, and sent to the endpoint. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Tokens that the model takes. Default: 128,000. */
  readonly contextTokens?: number;
  /** Milliseconds: `idle` without a byte, by default 120,000; `total` for an answer with all tries, by default 600,000. */
  readonly timeouts?: { readonly idle?: number; readonly total?: number };
  /** How often a request is made again that failed before anything was said. Default: 2. */
  readonly retries?: number;
  /** More fields for the body of each request, such as `temperature`. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What is asked in its place, in this order, when it cannot be reached or does not answer. */
  readonly fallback?: readonly RemoteModelConfig[];
}

/** What is known of a model that runs in the page. */
export interface PageModelInfo {
  readonly id: string;
  readonly generative: boolean;
  readonly contextTokens: number;
  readonly nativeTools: boolean;
}

/** A model of the host by its name, a remote one, or one of the page. */
export type ModelChoice =
  | { readonly kind: 'host'; readonly name: string }
  | { readonly kind: 'remote'; readonly config: RemoteModelConfig; readonly asksToken: boolean }
  | ({ readonly kind: 'page' } & PageModelInfo);
