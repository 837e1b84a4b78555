/** What went wrong, above the field of the chat. */
import { css } from 'lit';

export const problemStyles = css`
  [part='alert'] {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: calc(1.5 * var(--_space)) calc(2.5 * var(--_space));
    align-items: start;
    margin-block: calc(2 * var(--_space));
    padding: calc(2.5 * var(--_space)) calc(3.5 * var(--_space));
    border: 1px solid color-mix(in oklab, var(--_danger) 35%, var(--_surface));
    border-radius: var(--_radius);
    background: color-mix(in oklab, var(--_danger) 8%, var(--_surface));
    font-size: var(--_small);
    overflow-wrap: anywhere;
  }

  [part='alert'] > .icon {
    color: var(--_danger);
  }

  [part='alert'] button {
    min-block-size: 36px;
    background: var(--_surface);
  }

  [part='alert'] button:hover {
    background: var(--_soft);
  }

  [part='alert'] details {
    grid-column: 2 / -1;
  }

  [part='alert'] details p {
    padding-block: var(--_space);
    color: var(--_muted);
  }

  [part='alert'] strong {
    font-weight: 650;
  }

  @container inpage-chat (inline-size < 30rem) {
    [part='alert'] button {
      grid-column: 2;
      justify-self: start;
    }
  }
`;
