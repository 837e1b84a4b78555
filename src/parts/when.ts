/** When the rest is loaded. */
import type { TagConfig } from './config.ts';
import { find } from './find.ts';
import { wasUsed } from './used.ts';

/** Milliseconds after which a page that is never idle has the rest loaded all the same. */
const PATIENCE = 2000;

/** How far below the view counts as near, so that what is scrolled to is there. */
const NEAR = '50%';

/** Resolves when the page has been parsed. */
export async function untilParsed(): Promise<void> {
  if (document.readyState !== 'loading') return;
  await new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', resolve);
  });
}

/**
 * Resolves when it is time; with `click` also when the agent was used in this tab before, and the page is idle.
 *
 * @param asked resolves when it is time, whatever else is said.
 */
export async function whenDue({ load, mount }: TagConfig, asked: Promise<unknown>): Promise<void> {
  const target = load === 'visible' && mount ? find(mount) : null;
  const byItself = load !== 'click' || wasUsed() ? [target ? isNear(target) : isIdle()] : [];
  await Promise.race([asked, ...byItself]);
}

const isNear = (target: Element): Promise<void> =>
  new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: NEAR },
    );
    observer.observe(target);
  });

const isIdle = (): Promise<unknown> =>
  new Promise((resolve) => {
    // Not every engine has it; there, after what is due now.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(resolve, { timeout: PATIENCE });
    else setTimeout(resolve);
  });
