/** The lines about how the assistant works. */
import { css } from 'lit';

export const noticeStyles = css`
  [part~='notice'] {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    align-items: center;
    min-block-size: 40px;
    padding: calc(1 * var(--_space)) var(--_inset);
    padding-inline-end: calc(2 * var(--_space));
    border-block-end: 1px solid var(--_line);
    background: var(--_softer);
    color: var(--_muted);
    font-size: var(--_small);
    line-height: 1.45;
  }

  [part~='notice'] p {
    flex: 1;
    min-inline-size: 10rem;
    overflow-wrap: anywhere;
  }

  [part~='notice'] button {
    min-block-size: 32px;
    padding-inline: calc(3 * var(--_space));
    font-size: var(--_small);
  }

  [part~='notice'] .plain {
    inline-size: 32px;
    padding: 0;
  }

  .download {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: var(--_space) calc(2 * var(--_space));
    align-items: center;
    font-variant-numeric: tabular-nums;
  }

  .download :first-child {
    flex: none;
  }

  progress {
    flex: 1;
    min-inline-size: 5rem;
    block-size: 8px;
    accent-color: var(--_accent);
  }
`;
