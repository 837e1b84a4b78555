/** An agent without a host: it keeps the tools that it is offered, and has them run. */
import { createVerticals } from '../../src/core/index.ts';
import type { AgentVerticals, AskPart, Tool, ToolContext } from '../../src/core/index.ts';
import { createUse } from '../../src/verticals/index.ts';
import type { Environment, Ground, Vertical, VerticalAgent } from '../../src/verticals/index.ts';

let count = 0;

export class FakeHost implements VerticalAgent {
  readonly closing = new AbortController();
  readonly verticals: AgentVerticals = createVerticals(`fake-${++count}`, this.closing.signal, (...question) =>
    this.asked(...question),
  );
  /** What it does with a question to a part. */
  asked: AskPart = () => Promise.resolve(undefined);
  workflows: VerticalAgent['workflows'] = () => Promise.reject(new Error('There are none.'));
  readonly tools = new Map<string, Tool>();

  tool(tool: Tool): () => void {
    if (this.tools.has(tool.name)) throw new Error(`twice: ${tool.name}`);
    this.tools.set(tool.name, tool);
    return () => {
      this.tools.delete(tool.name);
    };
  }

  get names(): readonly string[] {
    return [...this.tools.keys()];
  }

  async run(name: string, input: unknown = {}): Promise<unknown> {
    const context: ToolContext = {
      signal: new AbortController().signal,
      idempotencyKey: 'key',
      progress: () => undefined,
    };
    return await this.tools.get(name)?.run(input, context);
  }
}

/** What was asked of the ground. */
export const asked: string[] = [];

const note = <T>(what: string, value: T): T => {
  asked.push(what);
  return value;
};

export const ground: Omit<Ground, 'ask'> = {
  page: {
    forms: () => note('forms', []),
    text: () => note('text', 'the text'),
    watch: () => note('watch', () => undefined),
    fill: () => note('fill', ''),
    submit: () => note('submit', { sent: true, taken: true }),
  },
  fetch: (url) => note(`fetch ${String(url)}`, Promise.resolve(new Response('answer'))),
  storage: {
    get: () => {
      asked.push('get');
    },
    set: () => {
      asked.push('set');
    },
    delete: () => {
      asked.push('delete');
    },
    keys: () => note('keys', []),
  },
  navigate: () => {
    asked.push('navigate');
  },
};

export const ORIGIN = 'https://shop.example';

const off = new Set<string>();

export const environment: Environment = {
  engine: '0.1.0',
  origin: ORIGIN,
  load: ({ page }) => (typeof page === 'function' ? page() : Promise.resolve({ activate: () => undefined })),
  openPart: (ask, name, { url }) => ask(name, { url }, '', []),
  ground: () => ground,
  isOff: (namespace, id) => off.has(`${namespace} ${id}`),
  keepOff(namespace, id, isOff) {
    if (isOff) off.add(`${namespace} ${id}`);
    else off.delete(`${namespace} ${id}`);
  },
};

export const useVerticals = createUse(environment);

/** A vertical that is right, but for what is changed about it. */
export const vertical = (changes: Partial<Vertical> = {}): Vertical => ({
  id: `v${++count}`,
  version: '1.0.0',
  name: 'A vertical',
  engine: '^0.1.0',
  ...changes,
});
