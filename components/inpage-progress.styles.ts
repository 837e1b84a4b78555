/** The list of a run: small and quiet. */
import { css } from 'lit';

export const progressStyles = css`
  :host {
    display: block;
    color: var(--_text);
    font-size: var(--_small);
    line-height: 1.45;
  }

  progress {
    inline-size: 100%;
    block-size: 8px;
    margin-block-end: calc(2 * var(--_space));
    accent-color: var(--_accent);
  }

  li {
    color: var(--_muted);
  }

  .line {
    display: flex;
    gap: calc(2 * var(--_space));
    align-items: baseline;
    padding-block: calc(0.75 * var(--_space));
  }

  .icon {
    align-self: start;
    margin-block-start: 0.1em;
  }

  .name {
    color: var(--_text);
    overflow-wrap: anywhere;
  }

  li > .line > .name {
    font-weight: 550;
  }

  ul {
    padding-inline-start: calc(1.25em + 2 * var(--_space));
  }

  ul .name {
    font-weight: 450;
  }

  /* Not those of the questions of a workflow, which are beside the list. */
  .line > .icon,
  [part='end'] .icon,
  [data-status='ok'] > .line > .icon,
  [data-status='cached'] > .line > .icon {
    color: var(--_good);
  }

  [data-status='running'] > .line > .icon {
    color: var(--_accent);
  }

  [data-status='interrupted'] > .line > .icon,
  [data-status='unknown'] > .line > .icon {
    color: var(--_warning);
  }

  [data-status='failed'] > .line > .icon,
  [part='end']:not([data-status='completed']) .icon {
    color: var(--_danger);
  }

  [data-status='pending'] > .line > .icon,
  [data-status='pending'] > .line > .name,
  [data-status='cancelled'] > .line > .icon,
  [data-status='denied'] > .line > .icon,
  [data-status='called'] > .line > .icon,
  [part='end'][data-status='cancelled'] .icon {
    color: var(--_muted);
  }

  [part='end'] {
    display: flex;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(1.5 * var(--_space));
    padding-block-start: calc(1.5 * var(--_space));
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
`;
