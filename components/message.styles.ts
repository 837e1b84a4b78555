/** Messages, the empty conversation, texts on offer, and what is under way. */
import { css } from 'lit';

export const messageStyles = css`
  [part~='message'] {
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  /* It is laid out and painted once it comes near what is in sight, with the height that it had before; search finds it. */
  [part~='message-assistant'] {
    contain-intrinsic-block-size: auto 8rem;
  }

  /* Where nothing holds the reader's place meanwhile, what is in sight would jump. */
  @supports (overflow-anchor: auto) {
    .old {
      content-visibility: auto;
      /* Room for the ring around what has the focus. */
      overflow-clip-margin: 4px;
    }
  }

  .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  [part~='message-user'] {
    align-self: end;
    max-inline-size: min(85%, 36rem);
    padding: calc(2 * var(--_space)) calc(3.5 * var(--_space));
    border: 1px solid transparent;
    border-radius: calc(1.3 * var(--_radius));
    border-end-end-radius: calc(0.35 * var(--_radius));
    background: var(--_tint);
    position: relative;
  }

  /* Beside its message, where that leaves room. It shows when it is looked for, with whatever. */
  [part='reword'] {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 100%;
    inline-size: 36px;
    min-block-size: 36px;
    margin-inline-end: var(--_space);
    padding: 0;
    opacity: 0;
  }

  [part~='message-user']:hover [part='reword'],
  [part='reword']:focus-visible {
    opacity: 1;
  }

  @media (hover: none) {
    [part='reword'] {
      opacity: 1;
    }
  }

  /* While a run goes, nothing that came before it can be changed. Unseen they keep their place, and all others theirs. */
  .busy .reword {
    visibility: hidden;
  }

  [part='again'] {
    align-self: start;
    min-block-size: 32px;
    /* It begins where the answer does. */
    margin-block: calc(-2 * var(--_space));
    margin-inline-start: calc(-2 * var(--_space));
    padding-inline: calc(2 * var(--_space));
    border-color: transparent;
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 450;
  }

  .welcome {
    margin-block: auto;
    padding-block: calc(4 * var(--_space));
    text-align: center;
  }

  .greeting {
    font-size: 1.375rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }

  .welcome .quiet {
    margin-block-start: var(--_space);
  }

  .offers {
    display: grid;
    gap: calc(2 * var(--_space));
    max-inline-size: 34rem;
  }

  .welcome .offers {
    margin: calc(6 * var(--_space)) auto 0;
  }

  .offer {
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 44px;
    padding: calc(2.5 * var(--_space)) calc(4 * var(--_space));
    border-color: var(--_line);
    border-radius: var(--_radius);
    font-weight: 450;
    text-align: start;
    justify-content: start;
    overflow-wrap: anywhere;
  }

  .offer:hover {
    border-color: var(--_edge);
  }

  @container inpage-chat (inline-size >= 34rem) {
    .offers {
      grid-template-columns: 1fr 1fr;
    }
  }

  .activity,
  .unfinished {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    align-items: center;
    color: var(--_muted);
    font-size: var(--_small);
  }

  .dots {
    display: flex;
    gap: 5px;
    align-items: center;
    block-size: 1.5em;
  }

  .dots i {
    inline-size: 7px;
    block-size: 7px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_muted);
  }

  @media (prefers-reduced-motion: no-preference) {
    .dots i {
      animation: breathe 1.2s ease-in-out infinite;
    }

    .dots i:nth-child(2) {
      animation-delay: 0.15s;
    }

    .dots i:nth-child(3) {
      animation-delay: 0.3s;
    }

    @keyframes breathe {
      0%,
      60%,
      100% {
        opacity: 0.35;
      }

      30% {
        opacity: 1;
      }
    }
  }

  @media (forced-colors: active) {
    [part~='message-user'] {
      border-color: CanvasText;
    }
  }
`;
