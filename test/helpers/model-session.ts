/** A session with the model server, from a test in a page or in Node. */
import { randomId } from '../../src/core/index.ts';
import type { Step } from './model-server.d.ts';

export interface Recorded {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly text: string;
}

export interface Session {
  /** What goes into a model's config. */
  readonly endpoint: string;
  /** What is answered to the next requests. */
  script(steps: readonly (string | Step)[]): Promise<void>;
  requests(): Promise<readonly Recorded[]>;
  /** The bodies of the requests. */
  bodies(): Promise<readonly Record<string, unknown>[]>;
  /** Lets a connection break that is to be cut once its beginning has been read. */
  go(): Promise<void>;
  /** Resolves once so many requests have come. */
  arrived(count: number): Promise<void>;
  /** Resolves once so many requests were given up before their answer had ended. */
  left(count: number): Promise<void>;
}

/** @param origin of the server; by default that of the one beside the test runner. */
export async function openSession(origin?: string): Promise<Session> {
  const base = `${origin ?? (await (await fetch('/model-server')).text())}/${randomId()}`;
  const get = async (path: string): Promise<unknown> => (await fetch(`${base}/${path}`)).json();
  const requests = async (): Promise<readonly Recorded[]> => (await get('requests')) as readonly Recorded[];
  return {
    endpoint: `${base}/v1`,
    async script(steps) {
      await fetch(`${base}/script`, { method: 'PUT', body: JSON.stringify(steps) });
    },
    requests,
    bodies: async () => (await requests()).map(({ text }) => JSON.parse(text) as Record<string, unknown>),
    async go() {
      await get('go');
    },
    async arrived(count) {
      await get(`arrived?count=${count}`);
    },
    async left(count) {
      await get(`left?count=${count}`);
    },
  };
}
