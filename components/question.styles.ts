/** The cards of open questions. */
import { css } from 'lit';

export const questionStyles = css`
  .question {
    --_mark: var(--_accent);
    padding: calc(3.5 * var(--_space)) calc(4 * var(--_space)) calc(4 * var(--_space));
    border: 1px solid color-mix(in oklab, var(--_mark) 45%, var(--_surface));
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 6%),
      0 6px 20px rgb(0 0 0 / 7%);
  }

  .question[data-danger='medium'] {
    --_mark: var(--_warning);
  }

  .question[data-danger='high'] {
    --_mark: var(--_danger);
  }

  .question header {
    display: flex;
    flex-wrap: wrap;
    gap: calc(1.5 * var(--_space)) calc(2 * var(--_space));
    align-items: center;
    color: var(--_muted);
  }

  .question header > .icon {
    color: var(--_mark);
  }

  .question h3 {
    font-size: var(--_small);
    font-weight: 600;
  }

  .danger {
    display: inline-flex;
    gap: var(--_space);
    align-items: center;
    margin-inline-start: auto;
    color: var(--_mark);
    font-size: var(--_small);
    font-weight: 600;
  }

  .question[data-danger='high'] .primary {
    background: var(--_danger);
    color: var(--_on-danger);
  }

  .question[data-danger='high'] .primary:hover {
    background: color-mix(in oklab, var(--_danger) 88%, var(--_text));
  }

  .question[data-danger='low'] .danger {
    color: var(--_muted);
  }

  .what {
    margin-block-start: calc(2 * var(--_space));
    font-size: 1.0625rem;
    font-weight: 600;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }

  .question dl {
    display: grid;
    gap: 0;
    margin-block-start: calc(3 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  .question dl > div {
    display: grid;
    grid-template-columns: minmax(5.5rem, 28%) 1fr;
    gap: calc(3 * var(--_space));
    padding-block: calc(1.75 * var(--_space));
    border-block-end: 1px solid var(--_line);
  }

  .question dt {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  .question dd {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .question .code {
    font-family: var(--_mono);
    font-size: var(--_small);
  }

  .question pre {
    margin-block-start: calc(2.5 * var(--_space));
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(4 * var(--_space));
  }

  .actions button {
    min-inline-size: 6.5rem;
  }

  .actions input {
    flex: 1 1 12rem;
    min-inline-size: 0;
    min-block-size: 40px;
    padding-inline: calc(3 * var(--_space));
    border: 1px solid var(--_edge);
    border-radius: calc(0.72 * var(--_radius));
    background: var(--_surface);
  }

  @container inpage-chat (inline-size < 26rem) {
    .actions button {
      flex: 1;
    }
  }

  @media (pointer: coarse) {
    .actions input {
      min-block-size: 44px;
      font-size: 1rem;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .question {
      animation: arrive 0.18s ease-out;
    }

    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(6px);
      }
    }
  }
`;
