/** The timeline beside what is chosen of it; below each other where there is no room. */
import { css } from 'lit';

export const traceStyles = css`
  :host {
    display: block;
    block-size: 100%;
    container: inpage-trace / inline-size;
    font-size: var(--_small);
    line-height: 1.45;
  }

  [part='base'] {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    block-size: 100%;
    min-block-size: 14rem;
    max-block-size: 100dvh;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    /* Where there is hardly any height, as zoomed to 400 %, it all scrolls. */
    overflow: hidden auto;
  }

  [part='header'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(2 * var(--_space));
    align-items: center;
    padding: calc(2 * var(--_space)) calc(4 * var(--_space));
    border-block-end: 1px solid var(--_line);
  }

  [part='header'] > .quiet {
    flex: 1;
  }

  h2 {
    font-size: 1rem;
    font-weight: 650;
    line-height: 1.3;
  }

  h3 {
    font-size: 0.9375rem;
    font-weight: 650;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  h4 {
    margin: calc(3 * var(--_space)) 0 var(--_space);
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 600;
  }

  button {
    min-block-size: 34px;
    padding-inline: calc(3 * var(--_space));
    font-size: var(--_small);
  }

  [part='alert'] {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: calc(2 * var(--_space));
    margin: calc(2 * var(--_space)) calc(4 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid color-mix(in oklab, var(--_danger) 35%, var(--_surface));
    border-radius: calc(0.72 * var(--_radius));
    background: color-mix(in oklab, var(--_danger) 8%, var(--_surface));
  }

  [part='alert'] > .icon {
    color: var(--_danger);
  }

  .empty {
    padding: calc(6 * var(--_space)) calc(4 * var(--_space));
    color: var(--_muted);
  }

  .columns {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    min-block-size: 0;
  }

  .columns.both {
    grid-template-rows: minmax(0, 5fr) minmax(0, 6fr);
    min-block-size: 22rem;
  }

  [part='timeline'],
  [part='detail'] {
    overflow: auto;
    overscroll-behavior: contain;
    min-block-size: 0;
  }

  [part='detail'] {
    padding: calc(3 * var(--_space)) calc(4 * var(--_space)) calc(4 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  [part='detail'] > .empty {
    padding: 0;
  }

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

  .icon {
    color: var(--_muted);
  }

  [data-kind='step'][data-status='ok'] > .icon,
  [data-kind='step'][data-status='cached'] > .icon,
  [data-status='ok'] > .line > .icon,
  [data-status='cached'] > .line > .icon {
    color: var(--_good);
  }

  [data-status='running'] > .icon,
  [data-status='running'] > .line > .icon {
    color: var(--_accent);
  }

  [data-status='interrupted'] > .icon,
  [data-status='interrupted'] > .line > .icon,
  [data-status='unknown'] > .line > .icon {
    color: var(--_warning);
  }

  [data-status='failed'] > .icon,
  [data-status='failed'] > .line > .icon {
    color: var(--_danger);
  }

  .title {
    display: grid;
    gap: var(--_space);
    justify-items: start;
    overflow-wrap: anywhere;
  }

  [part='fork'] {
    margin-block-start: var(--_space);
  }

  .line {
    display: flex;
    gap: calc(2 * var(--_space));
    align-items: baseline;
    padding-block: calc(0.5 * var(--_space));
  }

  .line > .icon {
    align-self: start;
    margin-block-start: 0.1em;
  }

  .line > .name {
    font-weight: 550;
    overflow-wrap: anywhere;
  }

  .state {
    color: var(--_muted);
  }

  .values {
    display: grid;
    gap: var(--_space);
    padding-inline-start: calc(1.25em + 2 * var(--_space));
  }

  .writes > li,
  .changes > li {
    padding-block: calc(0.5 * var(--_space));
    overflow-wrap: anywhere;
  }

  .changes > li {
    padding: calc(1.5 * var(--_space)) 0;
    border-block-start: 1px solid var(--_line);
  }

  code {
    font-family: var(--_mono);
    font-size: 0.96em;
  }

  .old,
  .new {
    padding-inline-start: calc(2 * var(--_space));
    border-inline-start: 3px solid var(--_danger);
    margin-block-start: var(--_space);
    overflow-wrap: anywhere;
  }

  .new {
    border-inline-start-color: var(--_good);
  }

  .since {
    display: flex;
    gap: calc(2 * var(--_space));
    align-items: center;
    padding-block: var(--_space) calc(2 * var(--_space));
  }

  .since input {
    inline-size: 6.5em;
    min-block-size: 34px;
    padding-inline: calc(2 * var(--_space));
    border: 1px solid var(--_edge);
    border-radius: calc(0.5 * var(--_radius));
    background: var(--_surface);
  }

  summary {
    border-radius: 4px;
    cursor: pointer;
  }

  .part {
    margin-block-start: calc(3 * var(--_space));
    padding-block-start: calc(2 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  .part > summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 32px;
    font-weight: 600;
    list-style: none;
  }

  .part > summary::-webkit-details-marker {
    display: none;
  }

  .chevron {
    display: flex;
  }

  .part[open] > summary .chevron {
    rotate: 90deg;
  }

  [dir='rtl'] .chevron {
    scale: -1 1;
  }

  [dir='rtl'] .part[open] > summary .chevron {
    rotate: -90deg;
  }

  .tree {
    display: grid;
    gap: calc(0.5 * var(--_space));
  }

  .tree .tree {
    margin-inline-start: 0.45em;
    padding-inline-start: 1em;
    border-inline-start: 1px solid var(--_line);
  }

  .tree > li {
    overflow-wrap: anywhere;
  }

  .tree > li:not(:has(> details)) {
    padding-inline-start: 1.1em;
  }

  .key {
    font-weight: 550;
  }

  .leaf {
    white-space: pre-wrap;
  }

  .leaf:not([data-type='string']) {
    color: var(--_muted);
  }

  .phases > div {
    display: flex;
    gap: calc(2 * var(--_space));
    padding-block: calc(0.5 * var(--_space));
  }

  .phases dt {
    inline-size: 7em;
    color: var(--_muted);
  }

  .phases dd {
    display: flex;
    flex: 1;
    gap: calc(2 * var(--_space));
    align-items: center;
  }

  .phases .bar {
    inline-size: 50%;
  }

  @container inpage-trace (min-width: 640px) {
    .columns,
    .columns.both {
      grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
      grid-template-rows: minmax(0, 1fr);
      min-block-size: 8rem;
    }

    [part='detail'] {
      border-block-start: 0;
      border-inline-start: 1px solid var(--_line);
    }
  }

  @media (pointer: coarse) {
    button,
    button.row,
    .since input,
    summary {
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

  @media (prefers-reduced-motion: no-preference) {
    .chevron {
      transition: rotate 0.12s;
    }
  }
`;
