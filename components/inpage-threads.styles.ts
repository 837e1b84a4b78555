/** The list of conversations. */
import { css } from 'lit';

export const threadsStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-inline-size: 12rem;
    overflow: hidden;
    background: var(--_surface);
  }

  [part='base'] {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }

  [part='header'] {
    display: grid;
    gap: calc(2 * var(--_space));
    padding: calc(3 * var(--_space));
  }

  [part='search'],
  .actions input {
    min-inline-size: 0;
    inline-size: 100%;
    min-block-size: 40px;
    padding-inline: calc(3 * var(--_space));
    border: 1px solid var(--_edge);
    border-radius: calc(0.72 * var(--_radius));
    background: var(--_surface);
  }

  [part='body'] {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    padding: 0 calc(2 * var(--_space)) calc(3 * var(--_space));
  }

  h3 {
    padding: calc(3 * var(--_space)) calc(2 * var(--_space)) var(--_space);
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 600;
  }

  [part='thread'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    border-radius: calc(0.72 * var(--_radius));
    content-visibility: auto;
    contain-intrinsic-block-size: auto 52px;
  }

  [part='thread']:hover,
  [part='thread']:has([aria-current]) {
    background: var(--_soft);
  }

  .select {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0;
    min-block-size: 52px;
    padding: var(--_space) calc(2 * var(--_space));
    border: 0;
    border-inline-start: 3px solid transparent;
    border-radius: 0;
    text-align: start;
  }

  .select:hover {
    background: none;
  }

  .select:focus-visible {
    outline-offset: -2px;
  }

  .select[aria-current] {
    border-color: var(--_accent);
  }

  .title {
    overflow: hidden;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .facts,
  .quiet {
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 400;
  }

  .quiet {
    padding: calc(3 * var(--_space)) calc(2 * var(--_space));
  }

  [data-status='interrupted'] .facts {
    color: var(--_warning);
  }

  .actions {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    padding: var(--_space) calc(2 * var(--_space)) calc(2 * var(--_space));
  }

  .actions button {
    min-block-size: 36px;
    padding-inline: calc(3 * var(--_space));
    font-size: var(--_small);
  }

  .actions p {
    flex-basis: 100%;
    overflow-wrap: anywhere;
    font-size: var(--_small);
  }

  .actions input {
    flex: 1 1 10rem;
  }

  button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_on-danger);
  }

  [part='alert'] {
    padding: calc(2 * var(--_space)) calc(4 * var(--_space));
    color: var(--_danger);
    font-size: var(--_small);
  }

  [part='footer'] {
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  .file {
    position: relative;
    display: block;
    padding: calc(2 * var(--_space));
    border-radius: calc(0.72 * var(--_radius));
    color: var(--_muted);
    font-size: var(--_small);
    cursor: pointer;
  }

  .file:hover {
    background: var(--_soft);
    color: var(--_text);
  }

  .file input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    opacity: 0;
    cursor: pointer;
  }

  .file:focus-within {
    outline: var(--_ring);
  }
`;
