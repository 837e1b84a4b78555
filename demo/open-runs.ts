/** Knows which runs go on in the conversations of a page, so that nothing of the page's own doing cuts one off. */
import type { Agent } from '../src/index.ts';

/** An element that shows a thread, whose id its attribute `thread` has. */
type Shows = HTMLElement & { readonly thread: string };

export interface OpenRuns {
  /** Resolves once no run goes on. One that waits for an answer does not count. */
  settled(): Promise<void>;
}

/** Follows the threads that elements show, and those that they have shown. */
export function followRuns(agent: Agent, elements: readonly Shows[]): OpenRuns {
  const followed = new Set<string>();
  const open = new Set<string>();
  let waiting: (() => void)[] = [];
  const follow = ({ thread }: Shows): void => {
    if (thread === '' || followed.has(thread)) return;
    followed.add(thread);
    agent.thread(thread).subscribe(
      (batch) => {
        for (const event of batch) {
          if (event.type === 'run-start') open.add(event.runId);
          else if (event.type === 'run-end') open.delete(event.runId);
        }
        if (open.size > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      },
      { from: 0 },
    );
  };
  for (const element of elements) {
    follow(element);
    new MutationObserver(() => {
      follow(element);
    }).observe(element, { attributeFilter: ['thread'] });
  }
  return {
    settled: () =>
      open.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
  };
}
