/** The timeline beside what is chosen of it; below each other where there is no room. */
import { css } from 'lit';
import { detailStyles } from './detail.styles.ts';
import { timelineStyles } from './timeline.styles.ts';

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
    button {
      min-block-size: 44px;
    }
  }

  ${timelineStyles} ${detailStyles}
`;
