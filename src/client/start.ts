/** How the stock host is started in a bundled app. The script-tag build puts `tag.ts` in the place of this file. */
import { scriptUrl } from '../parts/index.ts';
import type { Rung } from './ladder.ts';

/** The browser's, under Trusted Types as well. It has its name, since bundlers find a worker by these very words. */
const Worker = function (url: URL, options: WorkerOptions) {
  return new globalThis.Worker(scriptUrl(url.href), options);
} as unknown as new (url: URL, options: WorkerOptions) => globalThis.Worker;

/**
 * The rungs below a worker of the site's own, best first.
 *
 * @param hasModel whether there is a language model.
 */
export function stockRungs(hasModel: boolean): readonly Rung[] {
  return [
    {
      kind: 'worker',
      start: hasModel
        ? () => new Worker(new URL('../worker-models.ts', import.meta.url), { type: 'module', name: 'inpage' })
        : () => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module', name: 'inpage' }),
    },
    {
      kind: 'page',
      start: async () => {
        const { serveInPage } = await import('../worker/index.ts');
        return serveInPage();
      },
    },
  ];
}
