/** How the stock host is started in a bundled app. The script-tag build puts `tag.ts` in the place of this file. */
import type { Rung } from './ladder.ts';

/**
 * The rungs below a worker of the site's own, best first.
 *
 * @param hasModel whether there is a language model.
 */
export function stockRungs(hasModel: boolean): readonly Rung[] {
  // Bundlers find a worker by these very words.
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
