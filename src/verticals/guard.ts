/** Stands between a vertical and what it was granted: what was not, is refused at the call. */
import { AgentError } from '../core/index.ts';
import type { Ground } from './ground.ts';

/** @param origin of the page. */
export interface GuardOptions {
  /** The vertical, or the tool of one. */
  readonly who: string;
  /** Asked at each call, so that what is taken back is gone at once. */
  readonly has: (capability: string) => boolean;
  readonly origin: string;
}

/** A ground that hands out only what is granted. */
export function guard(ground: Ground, { who, has, origin }: GuardOptions): Ground {
  const demand = (...capabilities: readonly string[]): void => {
    if (capabilities.some(has)) return;
    const [capability = ''] = capabilities;
    throw new AgentError('capability-denied', `"${who}" was not granted "${capability}".`, {
      fix: `Let its manifest ask for it, and grant it: useVertical(agent, vertical, { grant: ['${capability}'] }).`,
      details: { who, capability },
    });
  };
  const { page, storage } = ground;
  return Object.freeze({
    page: Object.freeze({
      forms() {
        demand('page:read');
        return page.forms();
      },
      text() {
        demand('page:read');
        return page.text();
      },
      watch(listener: () => void) {
        demand('page:read');
        return page.watch(listener);
      },
      fill(...given: Parameters<typeof page.fill>) {
        demand('page:act');
        return page.fill(...given);
      },
      submit(form: string) {
        demand('page:act');
        return page.submit(form);
      },
    }),
    async fetch(...[url, options]: Parameters<Ground['fetch']>) {
      const target = new URL(url, origin);
      demand(`network:${target.origin}`, ...(target.origin === origin ? ['network:self'] : []));
      return ground.fetch(target, options);
    },
    storage: Object.freeze({
      get(key: string) {
        demand('storage');
        return storage.get(key);
      },
      set(key: string, value: unknown) {
        demand('storage');
        storage.set(key, value);
      },
      delete(key: string) {
        demand('storage');
        storage.delete(key);
      },
      keys() {
        demand('storage');
        return storage.keys();
      },
    }),
    navigate(url: string | URL) {
      demand('navigate');
      ground.navigate(url);
    },
    async ask(call: string, ...args: readonly unknown[]) {
      demand('worker');
      return ground.ask(call, ...args);
    },
  });
}
