/** Questions that stand outside a chat. */
import { css } from 'lit';

export const approvalStyles = css`
  :host {
    display: block;
    container: inpage-cards / inline-size;
  }

  [part='base'] {
    position: relative;
    display: grid;
    gap: calc(3 * var(--_space));
  }

  /* It takes the focus only so that it is not lost with a button. */
  [part='base']:focus-visible {
    outline: 0;
  }

  [part='alert'] {
    display: flex;
    gap: calc(2 * var(--_space));
    color: var(--_danger);
    font-size: var(--_small);
    overflow-wrap: anywhere;
  }
`;
