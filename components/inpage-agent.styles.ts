/** The button in the corner, and the panel. */
import { css } from 'lit';

export const agentStyles = css`
  :host {
    --_layer: var(--inpage-layer, 1000);
    --_margin: max(calc(5 * var(--_space)), env(safe-area-inset-bottom));
    display: contents;
  }

  :host([mode='inline']) {
    display: block;
    block-size: 100%;
    min-block-size: 18rem;
  }

  :host([mode='inline']) [part='base'] {
    block-size: 100%;
  }

  [part='launcher'] {
    position: fixed;
    z-index: var(--_layer);
    inset-block-end: var(--_margin);
    inset-inline-end: calc(5 * var(--_space));
    min-inline-size: 56px;
    min-block-size: 56px;
    padding: 0 calc(4 * var(--_space));
    border-radius: 28px;
    box-shadow:
      0 2px 6px rgb(0 0 0 / 18%),
      0 8px 24px rgb(0 0 0 / 18%);
  }

  [part='launcher'] .icon {
    inline-size: 24px;
    block-size: 24px;
  }

  :host([corner='start']) [part='launcher'] {
    inset-inline: calc(5 * var(--_space)) auto;
  }

  [part='launcher']:focus-visible {
    outline-offset: 3px;
  }

  .mark {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    inline-size: 16px;
    block-size: 16px;
    border: 3px solid var(--_surface);
    border-radius: 50%;
    background: var(--_danger);
  }

  [part='panel'] {
    display: flex;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    background: var(--_surface);
    color: inherit;
    container: inpage-panel / inline-size;
  }

  [part='panel']:focus-visible {
    outline: 0;
  }

  div[part='panel'] {
    position: relative;
    block-size: 100%;
  }

  dialog {
    position: fixed;
    z-index: var(--_layer);
    inset: auto;
    inset-block-end: calc(var(--_margin) + 56px + 3 * var(--_space));
    inset-inline-end: calc(5 * var(--_space));
    inline-size: min(var(--inpage-width, 25rem), calc(100vw - 10 * var(--_space)));
    block-size: min(var(--inpage-height, 42rem), calc(100dvb - var(--_margin) - 56px - 8 * var(--_space)));
    max-inline-size: none;
    max-block-size: none;
    border: 1px solid var(--_line);
    border-radius: calc(1.2 * var(--_radius));
    box-shadow:
      0 4px 12px rgb(0 0 0 / 10%),
      0 16px 48px rgb(0 0 0 / 20%);
  }

  :host([corner='start']) dialog {
    inset-inline: calc(5 * var(--_space)) auto;
  }

  dialog:not([open]) {
    display: none;
  }

  .content {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }

  ::slotted(inpage-chat) {
    flex: 1;
    min-block-size: 0;
  }

  [part='threads'] {
    display: flex;
    flex-direction: column;
    inline-size: 100%;
  }

  [part='threads'][hidden] {
    display: none;
  }

  [part='threads'] header {
    display: flex;
    flex: none;
    gap: calc(2 * var(--_space));
    align-items: center;
    min-block-size: 60px;
    padding-inline: calc(2 * var(--_space));
  }

  h2 {
    font-size: 1rem;
    font-weight: 650;
  }

  .back .icon {
    inline-size: 22px;
    block-size: 22px;
    scale: -1 1;
  }

  .back .icon:dir(rtl) {
    scale: 1 1;
  }

  inpage-threads {
    flex: 1;
    min-block-size: 0;
  }

  /* Where there is no room for both, the conversations take the place of the chat. */
  [part='threads']:not([hidden]) + .content {
    display: none;
  }

  @container inpage-panel (inline-size >= 44rem) {
    [part='threads'] {
      flex: 0 0 17rem;
      border-inline-end: 1px solid var(--_line);
    }

    [part='threads']:not([hidden]) + .content {
      display: flex;
    }
  }

  @media (max-width: 480px) {
    dialog,
    :host([corner='start']) dialog {
      inset: 0;
      inline-size: 100%;
      block-size: 100dvb;
      border: 0;
      border-radius: 0;
    }
  }

  /* What floats above a page is no part of what is printed of it, and would be on every sheet. */
  @media print {
    :host(:not([mode='inline'])) {
      display: none;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: rise 0.16s ease-out;
    }

    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
  }

  @media (forced-colors: active) {
    [part='launcher'] {
      border-color: ButtonText;
    }
  }
`;
