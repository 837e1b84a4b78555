/** Opens and closes the assistant where the screen is too small to show it beside the shop. */

/**
 * Makes `toggle` open and close `panel`. Escape closes it; the focus follows. On wide screens the style sheet always
 * shows the panel and hides the toggle.
 *
 * @param focus moves the focus into the open panel
 * @returns what opens it.
 */
export function createSheet(panel: HTMLElement, toggle: HTMLElement, focus: () => void): () => void {
  const label = toggle.querySelector('span');
  const set = (open: boolean): void => {
    panel.toggleAttribute('data-open', open);
    toggle.setAttribute('aria-expanded', String(open));
    if (label !== null) label.textContent = open ? 'Close' : 'Ask';
    if (open) focus();
  };
  toggle.addEventListener('click', () => {
    set(!panel.hasAttribute('data-open'));
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !panel.hasAttribute('data-open')) return;
    set(false);
    toggle.focus();
  });
  return () => {
    set(true);
  };
}
