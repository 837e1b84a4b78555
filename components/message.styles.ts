/** Messages, tool cards, the empty state and what is under way. */
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
  }

  [part~='message-user'] {
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

  [dir='rtl'] .chevron,
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

  .choices {
    display: grid;
    gap: calc(2 * var(--_space));
    max-inline-size: 34rem;
  }

  .welcome .choices {
    margin: calc(6 * var(--_space)) auto 0;
  }

  .choice {
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

  .choice:hover {
    border-color: var(--_edge);
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

  @container inpage-chat (inline-size >= 34rem) {
    .choices {
      grid-template-columns: 1fr 1fr;
    }
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

    .chevron {
      transition: rotate 0.12s;
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

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(4 * var(--_space));
  }
`;
