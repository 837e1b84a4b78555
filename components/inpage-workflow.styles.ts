/** The frame of a workflow: what it is, how far it has come, what it asks. */
import { css } from 'lit';

export const workflowStyles = css`
  :host {
    display: block;
    container: inpage-workflow / inline-size;
  }

  [part='base'] {
    display: grid;
    gap: calc(4 * var(--_space));
    padding: calc(4 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
    align-items: center;
    justify-content: space-between;
  }

  h2 {
    font-size: 1rem;
    font-weight: 650;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }

  .about {
    color: var(--_muted);
    font-size: var(--_small);
    overflow-wrap: anywhere;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
  }

  .questions {
    display: grid;
    gap: calc(3 * var(--_space));
  }

  .questions:not(:has(*)) {
    display: none;
  }

  [part='status'] {
    min-block-size: 1.2em;
    color: var(--_muted);
    font-size: 0.75rem;
    line-height: 1.35;
  }

  [part='alert'] {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: calc(1.5 * var(--_space)) calc(2.5 * var(--_space));
    align-items: start;
    margin-block-end: calc(2 * var(--_space));
    padding: calc(2.5 * var(--_space)) calc(3.5 * var(--_space));
    border: 1px solid color-mix(in oklab, var(--_danger) 35%, var(--_surface));
    border-radius: var(--_radius);
    background: color-mix(in oklab, var(--_danger) 8%, var(--_surface));
    font-size: var(--_small);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }

  [part='alert'] > .icon {
    color: var(--_danger);
  }
`;
