/** What the hosts of a namespace, in whatever tab, tell each other. */
import type { WireEvent } from '../wire/index.ts';

/** A message from one host to the others. */
export type News =
  /** These threads are watched where `hub` is. With `asks`, the others are to say what is watched where they are. */
  | { readonly type: 'watch'; readonly hub: string; readonly threadIds: readonly string[]; readonly asks: boolean }
  /** This thread is not watched there any more. */
  | { readonly type: 'leave'; readonly hub: string; readonly threadId: string }
  /** What happened to a thread. `lifeline` is the lock of the host that runs it; `to` is the one hub that it is for. */
  | {
      readonly type: 'events';
      readonly threadId: string;
      readonly events: readonly WireEvent[];
      readonly lifeline: string | undefined;
      readonly to?: string;
    }
  /** Whoever leads this thread is to say so. */
  | { readonly type: 'who-leads'; readonly threadId: string }
  | { readonly type: 'leads'; readonly threadId: string }
  /** Whoever runs this thread, or with none any, is to stop. */
  | { readonly type: 'stop'; readonly threadId?: string }
  /** Nothing is stored any more. */
  | { readonly type: 'erased' };

export interface Tabs {
  tell(news: News): void;
  /** Calls `listener` with what others tell. Returns the function that ends it. */
  listen(listener: (news: News) => void): () => void;
  close(): void;
}

function openChannel(namespace: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(`inpage:${namespace}`);
  } catch {
    // A sandboxed frame may not speak to others.
    return undefined;
  }
}

/** Opens the channel between the hosts of a namespace. Where there is none to be had, nobody is told anything. */
export function openTabs(namespace: string): Tabs {
  let channel = openChannel(namespace);
  const listeners = new Set<(news: News) => void>();
  channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
    for (const listener of listeners) listener(data);
  });
  return {
    tell(news) {
      channel?.postMessage(news);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      channel?.close();
      // A page may stop watching after its host has been closed.
      channel = undefined;
    },
  };
}
