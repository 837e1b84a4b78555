/** Which view is shown: it stands in the address as `#/cart`, so that links, reload and the back button work. */

export const VIEWS = ['shop', 'visit', 'cart', 'todos', 'tasting', 'settings'] as const;
export type View = (typeof VIEWS)[number];

export interface Router {
  /** Shows a view at once and puts it into the address. */
  go(view: View): void;
}

/** The view that an address names. Undefined for an anchor within the page, such as `#main`. */
export function viewOf(hash: string): View | undefined {
  if (hash !== '' && !hash.startsWith('#/')) return undefined;
  return VIEWS.find((view) => hash === `#/${view}`) ?? 'shop';
}

/** Calls `show` with the view of the address, now and whenever it names another. */
export function createRouter(show: (view: View) => void): Router {
  let shown: View | undefined;
  const follow = (): void => {
    const view = viewOf(location.hash) ?? shown ?? 'shop';
    if (view === shown) return;
    shown = view;
    show(view);
  };
  window.addEventListener('hashchange', follow);
  follow();
  return {
    go(view) {
      location.hash = `#/${view}`;
      follow();
    },
  };
}
