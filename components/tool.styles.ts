/** Cards of tool calls. */
import { css } from 'lit';

export const toolStyles = css`
  [part~='message-tool'] {
    border: 1px solid var(--_line);
    border-radius: calc(0.85 * var(--_radius));
    background: var(--_softer);
    font-size: var(--_small);
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
  }

  .undo {
    margin: 1px 1px 0 0;
    border-color: transparent;
    border-radius: calc(0.85 * var(--_radius));
    padding-inline: calc(3 * var(--_space));
    color: var(--_accent);
    font-size: var(--_small);
  }

  .outside {
    padding: 0 calc(1.5 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: 99px;
    color: var(--_muted);
    font-size: 0.75rem;
    white-space: nowrap;
  }

  /* Calls that follow each other belong together. */
  [part~='message-tool'] + [part~='message-tool'] {
    margin-block-start: calc(-2.5 * var(--_space));
  }

  summary {
    display: flex;
    gap: calc(2 * var(--_space));
    align-items: center;
    min-block-size: 40px;
    padding: calc(1.5 * var(--_space)) calc(3 * var(--_space));
    border-radius: calc(0.85 * var(--_radius));
    list-style: none;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary:hover {
    background: var(--_soft);
  }

  summary:focus-visible {
    outline-offset: -2px;
  }

  summary > .icon {
    color: var(--_good);
  }

  [data-state='failed'] summary > .icon,
  [data-state='failed'] .outcome {
    color: var(--_danger);
  }

  [data-state='denied'] summary > .icon {
    color: var(--_muted);
  }

  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .outcome {
    color: var(--_muted);
  }

  .chevron {
    display: flex;
    margin-inline-start: auto;
    color: var(--_muted);
  }

  .chevron:dir(rtl) {
    scale: -1 1;
  }

  details[open] > summary .chevron {
    rotate: 90deg;
  }

  details[open] > summary .chevron:dir(rtl) {
    rotate: -90deg;
  }

  details dl {
    padding: var(--_space) calc(3 * var(--_space)) calc(3 * var(--_space));
  }

  details dt {
    margin-block: calc(2 * var(--_space)) var(--_space);
    color: var(--_muted);
    font-size: 0.75rem;
    font-weight: 600;
  }

  details pre {
    padding: calc(2 * var(--_space)) calc(2.5 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: calc(0.6 * var(--_radius));
    background: var(--_surface);
    font-size: 0.75rem;
  }

  [part~='message-tool'] .why {
    padding: 0 calc(3 * var(--_space)) calc(2 * var(--_space));
  }

  @media (prefers-reduced-motion: no-preference) {
    .chevron {
      transition: rotate 0.12s;
    }
  }
`;
