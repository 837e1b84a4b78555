/** The timeline: runs, and a line with a bar for each of their versions. */
import { css } from 'lit';

export const timelineStyles = css`
  section > h3 {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: calc(1.5 * var(--_space)) calc(4 * var(--_space));
    border-block-end: 1px solid var(--_line);
    background: var(--_softer);
    font-size: var(--_small);
  }

  section > h3 .quiet {
    font-weight: 400;
  }

  section > ol {
    padding-block: var(--_space);
  }

  /* What is far away is not laid out: a run may have thousands of steps. */
  section > ol > li {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 36px;
  }

  button.row {
    display: flex;
    gap: calc(2 * var(--_space));
    inline-size: 100%;
    min-block-size: 36px;
    padding: var(--_space) calc(4 * var(--_space)) var(--_space) calc(2 * var(--_space));
    border: 0;
    border-radius: 0;
    border-inline-start: 3px solid transparent;
    font-weight: 450;
    text-align: start;
    justify-content: start;
  }

  button.row:focus-visible {
    outline-offset: -2px;
  }

  button.row[aria-current] {
    border-inline-start-color: var(--_accent);
    background: var(--_tint);
  }

  .number {
    flex: none;
    min-inline-size: 2.6em;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .row > .icon {
    align-self: center;
  }

  .row > .name {
    flex: 1;
    min-inline-size: 0;
    line-height: 0;
    white-space: nowrap;
  }

  /* By its own direction: a name from left to right is not to lose its beginning. */
  .row > .name > bdi {
    display: inline-block;
    max-inline-size: 100%;
    line-height: 1.45;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  [data-depth='1'] > .name {
    padding-inline-start: 1em;
  }

  [data-depth='2'] > .name {
    padding-inline-start: 2em;
  }

  [data-depth='3'] > .name,
  [data-depth='4'] > .name {
    padding-inline-start: 3em;
  }

  .row > .time {
    flex: none;
    min-inline-size: 5.2em;
    text-align: end;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  /* Units have longer names there, and the bars have to stay below each other. */
  [dir='rtl'] .row > .time {
    min-inline-size: 6.6em;
  }

  .bar {
    flex: none;
    inline-size: 20%;
    block-size: 6px;
    border-radius: 3px;
    forced-color-adjust: none;
  }

  .bar .track {
    fill: var(--_line);
  }

  .bar .span {
    fill: var(--_accent);
  }

  .bar .rough {
    fill: var(--_edge);
  }

  [data-status='failed'] > .bar .span {
    fill: var(--_danger);
  }

  [dir='rtl'] .bar {
    transform: scaleX(-1);
  }

  @media (pointer: coarse) {
    button.row {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .bar .track {
      fill: Canvas;
      stroke: GrayText;
    }

    .bar .span,
    .bar .rough {
      fill: CanvasText;
    }

    button.row {
      border-inline-start-color: Canvas;
    }

    button.row[aria-current] {
      border-inline-start-color: Highlight;
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
`;
