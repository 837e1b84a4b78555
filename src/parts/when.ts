/** When the rest is loaded. */
import type { TagConfig } from './config.ts';

/** Milliseconds after which a page that is never idle has the rest loaded all the same. */
const PATIENCE = 2000;

/** How far below the view counts as near, so that what is scrolled to is there. */
const NEAR = '50%';

const TIMES = ['idle', 'visible', 'click'];

/**
 * Resolves when it is time, and the page has been parsed.
 *
 * @param asked resolves when it is time, whatever else is said.
 */
export async function whenDue({ load = 'idle', mount }: TagConfig, asked: Promise<unknown>): Promise<void> {
  if (document.readyState === 'loading') {
    await new Promise((resolve) => {
      document.addEventListener('DOMContentLoaded', resolve, { once: true });
    });
  }
  if (!TIMES.includes(load))
    console.warn(`inpage: data-load="${load}" is none of ${TIMES.join(', ')}; it loads when the page is idle.`);
  const target = load === 'visible' && mount ? find(mount) : null;
  await Promise.race([asked, target ? isNear(target) : isIdle()]);
}

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    // It is no selector; where the chat is placed, it is said.
    return null;
  }
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

const isIdle = (): Promise<void> =>
  new Promise((resolve) => {
    // Not every engine has it; there, after what is due now.
    if (typeof requestIdleCallback === 'function')
      requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: PATIENCE },
      );
    else setTimeout(resolve);
  });
