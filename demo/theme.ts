/** Shows the theme that was chosen: `html[data-theme]` is `light` or `dark`, and the style sheet does the rest. */
import type { Theme } from './state.ts';
import type { Store } from './store.ts';

/** What a choice comes to on a device that prefers dark, or does not. */
export function effectiveTheme(theme: Theme, prefersDark: boolean): 'light' | 'dark' {
  return theme === 'system' ? (prefersDark ? 'dark' : 'light') : theme;
}

/** Keeps the page's theme in step with the store and with the system. */
export function followTheme(store: Store): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const show = (): void => {
    const root = document.documentElement;
    root.dataset['theme'] = effectiveTheme(store.state.theme, system.matches);
    const background = getComputedStyle(root).getPropertyValue('--page').trim();
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute('content', background);
  };
  system.addEventListener('change', show);
  store.subscribe(show);
}
