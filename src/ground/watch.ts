/** Tells when forms may have come, gone or changed: seldom, and only when the page has nothing better to do. */
import { rootsIn } from './tree.ts';

/** Milliseconds that are waited for further changes. */
const QUIET = 250;

const ATTRIBUTES = [
  ...['hidden', 'open', 'disabled', 'readonly', 'required', 'type', 'class', 'style', 'aria-hidden', 'inert'],
  ...['min', 'max', 'step', 'pattern', 'maxlength', 'aria-invalid'],
];

/** Calls `listener` some time after the page has changed. Shadow roots are watched from the next change on. */
export function watchPage(listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watched = new WeakSet<Node>();
  const observer = new MutationObserver(() => {
    changed();
  });
  const follow = (): void => {
    for (const root of rootsIn(document)) {
      if (watched.has(root)) continue;
      watched.add(root);
      observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ATTRIBUTES });
    }
  };
  const look = (): void => {
    timer = undefined;
    follow();
    listener();
  };
  const changed = (): void => {
    timer ??= setTimeout(look, QUIET);
  };
  follow();
  // What fades in is seen only once it has.
  const events = ['transitionend', 'animationend', 'toggle', 'load'];
  for (const name of events) document.addEventListener(name, changed, { capture: true, passive: true });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const name of events) document.removeEventListener(name, changed, { capture: true });
  };
}
