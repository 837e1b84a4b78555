/** The world outside the browser: it serves the page, and remembers what no kill can take back. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { join } from 'node:path';
import type { Known } from './outcome.ts';
import { TOOLS } from './plan.ts';
import type { News, Point } from './tell.ts';

/** An effect, as those see it whom it reaches. */
interface Effect {
  readonly kind: string;
  readonly idempotencyKeys: Set<string>;
  readonly outcomes: string[];
  begun: number;
  done: number;
  /** Set once the page has been told what the effect gave. */
  memo?: number;
}

const isTool = (kind: string): kind is keyof typeof TOOLS => kind in TOOLS;

/** What has happened since the last time that it was cleared. */
export class Ledger {
  readonly effects = new Map<string, Effect>();
  /** The versions that a page has seen, and their digests where it has looked. */
  readonly seen = new Map<string, Map<number, string | undefined>>();
  readonly faults: string[] = [];

  clear(): void {
    this.effects.clear();
    this.seen.clear();
    this.faults.length = 0;
  }

  /** Takes news, and gives what to answer. */
  take(news: Exclude<News, { type: 'kill' }>): string {
    switch (news.type) {
      case 'begun':
        return String(this.#begin(news));
      case 'done': {
        const effect = this.effects.get(news.key);
        if (effect) effect.done++;
        return '';
      }
      case 'memo':
        this.#remember(news.key, news.value);
        return '';
      case 'outcome':
        this.effects.get(news.key)?.outcomes.push(news.outcome);
        if (!this.effects.has(news.key)) this.effects.set(news.key, { ...NEW(''), outcomes: [news.outcome] });
        return '';
      case 'seen':
        this.#see(news.thread, news.version, news.digest);
        return '';
    }
  }

  /** What is known of each effect. */
  known(): Record<string, Known> {
    return Object.fromEntries(
      [...this.effects].map(([key, { begun, done, outcomes }]) => [key, { begun, done, outcomes }]),
    );
  }

  /** How often effects were had again. */
  get again(): number {
    return [...this.effects.values()].reduce((sum, { begun }) => sum + Math.max(0, begun - 1), 0);
  }

  #begin({ key, kind, idempotencyKey }: Extract<News, { type: 'begun' }>): number {
    const effect = this.effects.get(key) ?? NEW(kind);
    this.effects.set(key, effect);
    effect.begun++;
    effect.idempotencyKeys.add(idempotencyKey);
    if (isTool(kind) && !TOOLS[kind].idempotent) {
      const allowed = 1 + effect.outcomes.filter((outcome) => outcome === 'retry').length;
      if (effect.begun > allowed)
        this.faults.push(`${key} (${kind}) ran ${effect.begun} times, and may ${allowed} times`);
    }
    if (kind !== 'look' && effect.idempotencyKeys.size > 1) {
      this.faults.push(`${key} (${kind}) ran with the keys ${[...effect.idempotencyKeys].join(' and ')}`);
    }
    if (effect.memo !== undefined) this.faults.push(`${key} ran although its result was kept`);
    return effect.begun;
  }

  #remember(key: string, value: number): void {
    const effect = this.effects.get(key);
    if (!effect) return;
    if (effect.memo !== undefined && effect.memo !== value)
      this.faults.push(`${key} gave ${effect.memo}, then ${value}`);
    effect.memo = value;
  }

  #see(thread: string, version: number, digest: string | undefined): void {
    const versions = this.seen.get(thread) ?? new Map<number, string | undefined>();
    this.seen.set(thread, versions);
    const known = versions.get(version);
    if (known !== undefined && digest !== undefined && known !== digest) {
      this.faults.push(`${thread} was seen at version ${version} in two states`);
    }
    versions.set(version, digest ?? known);
  }
}

const NEW = (kind: string): Effect => ({ kind, idempotencyKeys: new Set(), outcomes: [], begun: 0, done: 0 });

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request.setEncoding('utf8') as AsyncIterable<string>) body += part;
  return body;
}

/** A server for a page and its news. */
export class Control {
  readonly ledger = new Ledger();
  readonly origin: string;
  /** Called when a point has come at which a kill was asked for. */
  onKill: (point: Point) => void = () => undefined;
  readonly #server: Server;

  static async start(folder: string): Promise<Control> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Control(server, folder);
  }

  private constructor(server: Server, folder: string) {
    this.#server = server;
    const address = server.address();
    this.origin = `http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`;
    server.on('request', (request, response) => {
      void (async () => {
        if (request.method === 'POST') {
          const news = JSON.parse(await bodyOf(request)) as News;
          // A realm that waits for an answer to its kill does nothing else any more.
          if (news.type === 'kill') this.onKill(news.point);
          else response.end(this.ledger.take(news));
          return;
        }
        const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
        const bytes = await readFile(join(folder, name));
        response.writeHead(200, { 'content-type': name.endsWith('.html') ? 'text/html' : 'text/javascript' });
        response.end(bytes);
      })().catch(() => {
        // Also of a browser that was killed in the middle of a request.
        if (!response.headersSent) response.writeHead(404);
        response.end();
      });
    });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
