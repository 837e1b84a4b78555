/** The verticals of a host, as far as everybody on a page knows of them. */

/** A vertical as people are told of it. */
export interface VerticalEntry {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  /** What the site has granted it, and what each of that means, as a sentence for the person at the page. */
  readonly granted: readonly string[];
  readonly may: readonly string[];
  /** Whether it is at work; the person can turn it off. */
  readonly isOn: boolean;
  /** Turns it off or on. It stays so in this browser. */
  toggle(): void;
}

/** What has become of a vertical: it came without a `before`, and went without an `after`. */
export interface VerticalChange {
  readonly id: string;
  readonly before?: VerticalEntry;
  readonly after?: VerticalEntry;
}

/** A question to a part of a host. What is given and what comes back is what can be cloned. */
export type AskPart = (
  part: string,
  file: { readonly url: string; readonly integrity?: string },
  call: string,
  args: readonly unknown[],
) => Promise<unknown>;

/** The verticals of an agent's host. All agents with the same options share them. */
export interface AgentVerticals {
  /** Those that are there, in the order in which they came. */
  list(): readonly VerticalEntry[];
  /** Calls `listener` after each change. The returned function ends that. */
  subscribe(listener: (change: VerticalChange) => void): () => void;
  /** For `useVertical()`: sets what is told of one; without an entry it is gone. */
  put(id: string, entry?: VerticalEntry): void;
  /** For `useVertical()`: asks a part of the host, which is loaded from its file where the host does not have it. */
  readonly ask: AskPart;
  /** The namespace of the host. */
  readonly namespace: string;
  /** Aborted when the host is closed. */
  readonly closed: AbortSignal;
}

/** Makes the list of a host. */
export function createVerticals(namespace: string, closed: AbortSignal, ask: AskPart): AgentVerticals {
  const entries = new Map<string, VerticalEntry>();
  const listeners = new Set<(change: VerticalChange) => void>();
  return {
    namespace,
    closed,
    ask,
    list: () => [...entries.values()],
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    put(id, after) {
      const before = entries.get(id);
      if (after) entries.set(id, after);
      else entries.delete(id);
      for (const listener of [...listeners]) listener({ id, ...(before && { before }), ...(after && { after }) });
    },
  };
}
