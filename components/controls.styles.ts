/** Buttons and fields, alike in all elements. */
import { css } from 'lit';

export const controls = css`
  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_space));
    min-block-size: 40px;
    padding: 0 calc(4 * var(--_space));
    border: 1px solid var(--_edge);
    border-radius: calc(0.72 * var(--_radius));
    background: transparent;
    font-weight: 550;
    line-height: 1.3;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }

  button:hover {
    background: var(--_soft);
  }

  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button.primary:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  button.plain {
    inline-size: 40px;
    padding: 0;
    border-color: transparent;
    color: var(--_muted);
  }

  button.plain:hover {
    color: var(--_text);
  }

  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
  }

  button:disabled {
    opacity: 0.5;
  }

  :is(button, input, select, textarea, summary, [tabindex]):focus-visible {
    outline: var(--_ring);
    outline-offset: 2px;
  }

  .quiet {
    color: var(--_muted);
    font-size: var(--_small);
  }

  /* A summary of what stands back: why something was done, or what went wrong in full. */
  .aside {
    gap: var(--_space);
    inline-size: fit-content;
    min-block-size: 32px;
    margin-inline-start: calc(-1 * var(--_space));
    padding: 0 var(--_space);
    color: var(--_muted);
    font-size: 0.75rem;
  }

  .aside:focus-visible {
    outline-offset: 0;
  }

  .show-all,
  .earlier {
    min-block-size: 36px;
    font-family: var(--_font);
    font-size: var(--_small);
  }

  .show-all {
    display: block;
    white-space: normal;
    margin-block-start: calc(2 * var(--_space));
  }

  .earlier {
    align-self: center;
  }

  @media (pointer: coarse) {
    button,
    .show-all,
    .earlier {
      min-block-size: 44px;
    }

    button.plain {
      inline-size: 44px;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    button {
      transition:
        background-color 0.12s,
        color 0.12s;
    }
  }
`;
