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

  .question dl + .quiet {
    margin-block-start: calc(2 * var(--_space));
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

  .tainted {
    display: flex;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(2.5 * var(--_space));
    padding: calc(2 * var(--_space)) calc(2.5 * var(--_space));
    border-radius: calc(0.6 * var(--_radius));
    background: color-mix(in oklab, var(--_warning) 12%, var(--_surface));
    font-size: var(--_small);
  }

  .tainted .icon {
    flex: none;
    margin-block-start: 0.15em;
    color: var(--_warning);
  }

  .fields {
    display: grid;
    gap: calc(3 * var(--_space));
    margin-block-start: calc(3 * var(--_space));
    padding-block-start: calc(3 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  .field {
    display: grid;
    gap: var(--_space);
  }

  .field label {
    font-size: var(--_small);
    font-weight: 600;
  }

  .field label span {
    color: var(--_muted);
    font-weight: 400;
  }

  .field p:empty {
    display: none;
  }

  .field .help,
  .field .problem,
  .fields > .problem {
    font-size: var(--_small);
    overflow-wrap: anywhere;
  }

  .field .help {
    color: var(--_muted);
  }

  .fields .problem {
    color: var(--_danger);
  }

  .field[data-kind='tick'] {
    grid-template-columns: auto 1fr;
    align-items: center;
  }

  .field[data-kind='tick'] label {
    grid-column: 2;
    grid-row: 1;
  }

  .field[data-kind='tick'] p {
    grid-column: 1 / -1;
  }

  .field[data-kind='tick'] input {
    inline-size: 1.15rem;
    block-size: 1.15rem;
    accent-color: var(--_accent);
  }

  :is(.field, .scope) :is(input:not([type='checkbox']), textarea, select) {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 40px;
    padding: calc(2 * var(--_space)) calc(2.5 * var(--_space));
    border: 1px solid var(--_edge);
    border-radius: calc(0.72 * var(--_radius));
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }

  .field textarea {
    resize: vertical;
  }

  .field .json {
    font-family: var(--_mono);
    font-size: var(--_small);
  }

  .field [aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .scope {
    display: grid;
    grid-template-columns: minmax(5.5rem, 28%) 1fr;
    gap: calc(3 * var(--_space));
    align-items: center;
    margin-block-start: calc(3 * var(--_space));
    color: var(--_muted);
  }

  .scope select {
    color: var(--_text);
  }

  .expiry {
    display: flex;
    gap: calc(1.5 * var(--_space));
    align-items: center;
    margin-block-start: calc(2.5 * var(--_space));
    font-size: var(--_small);
  }

  .actions .quiet-button {
    flex: none;
    min-inline-size: 0;
    margin-inline-start: auto;
    white-space: nowrap;
    border-color: transparent;
    color: var(--_muted);
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

  @container inpage-cards (inline-size < 26rem) {
    .actions button {
      flex: 1;
    }
  }

  @media (pointer: coarse) {
    :is(.field, .scope) :is(input:not([type='checkbox']), textarea, select),
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
