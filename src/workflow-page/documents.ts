/** Documents by their sources: what was read once is not read again. */
import { AgentError } from '../core/index.ts';
import type { WorkflowSource } from '../client/index.ts';
import { readDocument } from '../workflow/index.ts';
import type { ReadOptions, WorkflowDocument } from '../workflow/index.ts';

/** Documents that are kept at hand. */
const MOST = 50;

async function textAt(url: URL): Promise<string> {
  const response = await fetch(url);
  if (response.ok) return response.text();
  throw new AgentError('invalid-workflow', `${url.href} answered ${response.status}.`, {
    fix: 'Look at the address of the workflow.',
    details: { faults: [] },
  });
}

/** Reads a text; the parser is loaded with the first one. */
async function parse(text: string, options: ReadOptions): Promise<WorkflowDocument> {
  const { parseYaml } = await import('../yaml/index.ts');
  return readDocument(text, parseYaml, options);
}

/** How a file at an address is read: its references are files beside it. */
function optionsAt(url: URL, options: ReadOptions): ReadOptions {
  return { file: url.pathname.slice(1), load: (path) => textAt(new URL(path, url)), ...options };
}

export class Documents {
  /** By the text and what it was read with, the one that was asked for last at the end. */
  readonly #read = new Map<string, Promise<WorkflowDocument>>();

  /** @throws AgentError `invalid-workflow` with every fault; what `fetch` throws. */
  async of(source: WorkflowSource, options: ReadOptions = {}): Promise<WorkflowDocument> {
    if (source instanceof URL) return this.#ofText(await textAt(source), optionsAt(source, options));
    return typeof source === 'string' ? this.#ofText(source, options) : source;
  }

  /** Forgets all texts: which documents they have come to is known only later, and reading again is cheap. */
  forget(): void {
    this.#read.clear();
  }

  #ofText(text: string, options: ReadOptions): Promise<WorkflowDocument> {
    const { file, env, load } = options;
    // What other files say may have changed.
    if (load && text.includes('$ref')) return parse(text, options);
    const key = JSON.stringify([text, file, env]);
    const reading = this.#read.get(key) ?? parse(text, options);
    this.#read.delete(key);
    this.#read.set(key, reading);
    reading.catch(() => this.#read.delete(key));
    const [oldest] = this.#read.keys();
    if (this.#read.size > MOST && oldest !== undefined) this.#read.delete(oldest);
    return reading;
  }
}
