/** Parts of a worker: code that a host has only once it was asked for. */
import type { AgentContext } from '../agent/index.ts';
import { AgentError, errorText } from '../core/index.ts';
import type { RunResult } from '../core/index.ts';
import type { AnyGraph, Run, RunOptions } from '../engine/index.ts';
import type { Values } from '../state/index.ts';
import type { PartFile } from '../wire/index.ts';
import { kit } from './kit.ts';
import type { Kit } from './kit.ts';

/** A graph that a part has brought. Its questions are the host's own: what is about a tool, and what has a time limit. */
export interface PartGraph {
  readonly graph: AnyGraph;
  /** Runs it in a way of its own, such as with a limit of time. */
  readonly follow?: (start: (options: RunOptions) => Run<Values>, options: RunOptions) => Promise<RunResult<Values>>;
}

/** What a part may use of the host of a page. */
export interface PartHost {
  readonly context: AgentContext;
  /** Has threads run a graph, by the name that they give to it. */
  serve(name: string, graph: PartGraph): void;
}

/** What a page may ask of a part, by name. Arguments and results are what can be cloned. */
export type PartCalls = Readonly<Record<string, (...args: never[]) => unknown>>;

export interface WorkerPart {
  readonly name: string;
  /** Begins to serve a page. */
  open(host: PartHost): PartCalls;
}

/** What the file of a part exports. It has nothing of its own that the worker has. */
interface PartModule {
  readonly part: (kit: Kit) => WorkerPart;
}

async function load(name: string, { url, integrity }: PartFile): Promise<WorkerPart> {
  try {
    // An import takes no hash. This is what it finds in the browser's cache.
    if (integrity) await fetch(url, { integrity });
    const { part } = (await import(url)) as PartModule;
    return part(kit);
  } catch (error) {
    throw new AgentError('part-failed', `The worker could not load its part "${name}": ${errorText(error)}`, {
      fix: `Let the page's policy allow ${url} in script-src, or give serve() a worker of your own the part.`,
      details: { part: name, url },
      cause: error,
    });
  }
}

/**
 * Makes what a page asks the parts of its host by. Each is opened once, with the first question; one that could not be
 * loaded is tried again with the next.
 *
 * @param own the parts that this host has already.
 */
export function createParts(own: readonly WorkerPart[], host: PartHost) {
  const opened = new Map<string, Promise<PartCalls>>();
  const open = async (name: string, file: PartFile): Promise<PartCalls> =>
    (own.find((part) => part.name === name) ?? (await load(name, file))).open(host);
  return async (name: string, file: PartFile, call: string, args: readonly unknown[]): Promise<unknown> => {
    const opening = opened.get(name) ?? open(name, file);
    opened.set(name, opening);
    opening.catch(() => opened.delete(name));
    const calls = await opening;
    return calls[call]?.(...(args as never[]));
  };
}
