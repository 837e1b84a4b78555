/** The settings: theme, units, and starting over. */
import { html, render } from 'lit';
import type { TemplateResult } from 'lit';
import { INITIAL_STATE, THEMES, UNIT_SYSTEMS } from '../state.ts';
import type { ShopState } from '../state.ts';
import type { Store } from '../store.ts';

const THEME_NAMES = { system: 'System', light: 'Light', dark: 'Dark' } as const;
const UNIT_SYSTEM_NAMES = { metric: 'Metric (g, ml)', imperial: 'US (oz, fl oz)' } as const;

/** Draws the settings into `root`, and again whenever the store changes. */
export function createSettingsView(root: HTMLElement, store: Store): void {
  const set = (part: Partial<ShopState>): void => {
    store.update((state) => ({ ...state, ...part }));
  };
  const dialog = (): HTMLDialogElement | null => root.querySelector('dialog');

  store.subscribe(({ theme, units }) => {
    render(
      html`<fieldset class="choice">
          <legend>Theme</legend>
          ${THEMES.map((value) =>
            choice('theme', THEME_NAMES[value], theme === value, () => {
              set({ theme: value });
            }),
          )}
        </fieldset>
        <fieldset class="choice">
          <legend>Sizes in</legend>
          ${UNIT_SYSTEMS.map((value) =>
            choice('units', UNIT_SYSTEM_NAMES[value], units === value, () => {
              set({ units: value });
            }),
          )}
        </fieldset>
        <div class="setting">
          <h2>Start over</h2>
          <p>Empties the cart, forgets the orders and to-dos, and puts the settings back.</p>
          <button type="button" class="button" @click=${() => dialog()?.showModal()}>Start over…</button>
        </div>
        <dialog aria-labelledby="start-over-title">
          <h2 id="start-over-title">Start over?</h2>
          <p>Your cart, orders and to-dos will be gone. This cannot be taken back.</p>
          <form method="dialog" class="dialog-buttons">
            <button class="button" value="no">Keep them</button>
            <button
              class="button danger"
              value="yes"
              @click=${() => {
                set(INITIAL_STATE);
              }}
            >
              Start over
            </button>
          </form>
        </dialog>`,
      root,
    );
  });
}

function choice(name: string, text: string, isChosen: boolean, choose: () => void): TemplateResult {
  return html`<label class="option">
    <input type="radio" name=${name} .checked=${isChosen} @change=${choose} />
    <span>${text}</span>
  </label>`;
}
