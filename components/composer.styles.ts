/** The foot of the chat: the field to write in, and the line below it. */
import { css } from 'lit';

export const composerStyles = css`
  .composer {
    display: flex;
    gap: var(--_space);
    align-items: end;
    padding: 5px;
    border: 1px solid var(--_edge);
    border-radius: calc(1.7 * var(--_radius));
    background: var(--_surface);
    cursor: text;
  }

  .composer:focus-within {
    border-color: var(--_accent);
    outline: 1px solid var(--_accent);
  }

  .composer:has(textarea:disabled) {
    background: var(--_soft);
  }

  /* The field is as high as an unseen copy of its text, which lies in the same cell of a grid. */
  .draft {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    max-block-size: calc(6 * 1.5em + 16px);
    overflow: hidden;
    line-height: 1.5;
  }

  .draft::after {
    content: attr(data-draft) ' ';
    visibility: hidden;
  }

  .draft textarea,
  .draft::after {
    grid-area: 1 / 1;
    min-inline-size: 0;
    max-block-size: inherit;
    padding: 8px calc(2.5 * var(--_space));
    font: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .draft textarea {
    inline-size: 100%;
    border: 0;
    outline: 0;
    background: transparent;
    resize: none;
    scrollbar-width: thin;
  }

  .draft textarea:focus-visible {
    /* The ring is around the whole composer. */
    outline: 0;
  }

  .draft textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  button.round {
    flex: none;
    inline-size: 40px;
    padding: 0;
    border-radius: 50%;
  }

  button.round[aria-disabled='true'] {
    background: var(--_soft);
    color: var(--_muted);
  }

  .foot {
    display: flex;
    gap: calc(3 * var(--_space));
    justify-content: space-between;
    min-block-size: 1.5rem;
    padding: calc(1.25 * var(--_space)) calc(3 * var(--_space)) 0;
    color: var(--_muted);
    font-size: 0.75rem;
    line-height: 1.35;
  }

  .keys {
    flex: none;
  }

  @container inpage-chat (inline-size < 30rem) {
    .keys {
      display: none;
    }
  }

  /* A phone zooms into fields with smaller text. */
  @media (pointer: coarse) {
    .draft textarea,
    .draft::after {
      font-size: 1rem;
    }

    button.round {
      inline-size: 44px;
    }

    .keys {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .composer:focus-within {
      outline: 2px solid Highlight;
    }

    button.primary {
      border-color: ButtonText;
    }
  }
`;
