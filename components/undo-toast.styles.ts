/** The toast above the composer. */
import { css } from 'lit';

export const toastStyles = css`
  [part='toast'] {
    display: flex;
    gap: calc(1.5 * var(--_space));
    align-items: center;
    margin-block-end: calc(2 * var(--_space));
    padding-inline: calc(3.5 * var(--_space)) var(--_space);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_soft);
    font-size: var(--_small);
    line-height: 1.45;
  }

  [part='toast'] > .icon {
    color: var(--_good);
  }

  [part='toast'] p {
    display: -webkit-box;
    flex: 1;
    overflow: hidden;
    min-inline-size: 0;
    margin-block: calc(2 * var(--_space));
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  [part='toast'] button {
    flex: none;
    margin: 0;
  }

  @media (prefers-reduced-motion: no-preference) {
    [part='toast'] {
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
