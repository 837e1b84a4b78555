/** Files in the composer and in messages. */
import { css } from 'lit';

export const fileStyles = css`
  .composer:has(.chips) {
    flex-wrap: wrap;
  }

  .chips {
    display: flex;
    flex: 1 0 100%;
    flex-wrap: wrap;
    gap: calc(1.5 * var(--_space));
    max-block-size: 9rem;
    padding: calc(1.5 * var(--_space)) calc(1.5 * var(--_space)) calc(0.5 * var(--_space));
    overflow-y: auto;
  }

  .chip {
    display: flex;
    gap: calc(2 * var(--_space));
    align-items: center;
    max-inline-size: 100%;
    min-inline-size: 0;
    padding: var(--_space);
    border: 1px solid var(--_line);
    border-radius: calc(0.72 * var(--_radius));
    background: var(--_surface);
    font-size: var(--_small);
    line-height: 1.3;
  }

  .chips .chip {
    max-inline-size: 15rem;
  }

  .chip .plain {
    flex: none;
    inline-size: 32px;
    min-block-size: 32px;
  }

  .thumb {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    overflow: hidden;
    border-radius: calc(0.5 * var(--_radius));
    background: var(--_soft);
    color: var(--_muted);
  }

  .thumb > * {
    grid-area: 1 / 1;
  }

  .thumb canvas,
  .sent-picture canvas {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .thumb canvas:not([data-drawn]) {
    visibility: hidden;
  }

  .file-name {
    display: grid;
    min-inline-size: 0;
    padding-inline-end: var(--_space);
  }

  .file-name bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .file-name small {
    color: var(--_muted);
    font-size: 0.75rem;
  }

  .sent-files {
    display: flex;
    flex-wrap: wrap;
    gap: calc(1.5 * var(--_space));
    white-space: normal;
  }

  .text:not(:empty) + .sent-files {
    margin-block-start: calc(1.5 * var(--_space));
  }

  /* It has its room before it is drawn, so that nothing moves. */
  .sent-picture {
    inline-size: 8rem;
    block-size: 8rem;
    max-inline-size: 100%;
    overflow: hidden;
    border-radius: calc(0.72 * var(--_radius));
    background: var(--_soft);
  }

  @media (pointer: coarse) {
    .chip .plain {
      inline-size: 44px;
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .sent-picture {
      border: 1px solid CanvasText;
    }
  }
`;
