/** What stands beside and below the list of a run. */
import { css } from 'lit';

export const flowPanelStyles = css`
  .line:has(> :is(.time, .times)) {
    flex-wrap: wrap;
    row-gap: 0;
  }

  .times {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--_space));
    justify-content: end;
  }

  .time {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .line > :is(.time, .times) {
    margin-inline-start: auto;
  }

  .ways .line {
    padding-block: 0;
  }

  [dir='rtl'] .ways [data-way]:not([data-way='passed']) .icon {
    scale: -1 1;
  }

  .ways .icon {
    color: var(--_muted);
  }

  .ways [data-way='taken'] bdi {
    color: var(--_text);
    font-weight: 550;
  }

  [part='replay'] {
    margin-block-start: calc(2 * var(--_space));
    padding-block-start: calc(2 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  [part='replay'] label {
    display: grid;
    gap: var(--_space);
    color: var(--_text);
    font-weight: 550;
  }

  [part='replay'] input {
    inline-size: 100%;
    min-block-size: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }

  .moment {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(2 * var(--_space));
    align-items: center;
    justify-content: space-between;
    min-block-size: 34px;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  button {
    min-block-size: 34px;
    padding: 0 calc(3 * var(--_space));
    border: 1px solid var(--_edge);
    border-radius: calc(0.72 * var(--_radius));
    background: transparent;
    color: var(--_text);
    font: inherit;
    font-weight: 550;
    cursor: pointer;
  }

  button:hover {
    background: var(--_soft);
  }

  [part='graph-toggle'] {
    margin-block-start: calc(2 * var(--_space));
  }

  :is(button, input, [tabindex]):focus-visible {
    outline: var(--_ring);
    outline-offset: 2px;
  }

  @media (pointer: coarse) {
    button,
    [part='replay'] input {
      min-block-size: 44px;
    }
  }
`;
