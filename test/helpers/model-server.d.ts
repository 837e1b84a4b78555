/** What the server plays for a request; see model-server.js. */
export interface Step {
  status?: number;
  headers?: Record<string, string>;
  cors?: false;
  body?: string;
  events?: unknown[];
  fixture?: string;
  split?: number;
  end?: 'end' | 'cut' | 'hang' | 'drop';
  refuse?: string[];
}

export function startModelServer(): Promise<{ origin: string; close(): Promise<void> }>;
