/** The reasons for what was done. */
import { css } from 'lit';

export const reasonsStyles = css`
  .reasons {
    display: grid;
    gap: calc(1.5 * var(--_space));
    margin-block: var(--_space);
    padding-inline-start: calc(3 * var(--_space));
    border-inline-start: 2px solid var(--_line);
    font-size: var(--_small);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }

  .reasons dl {
    display: grid;
    gap: var(--_space);
    padding: 0;
  }

  .reasons dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--_space));
  }

  .reasons dt {
    margin: 0;
    color: var(--_muted);
    font-size: inherit;
    font-weight: 400;
  }
`;
