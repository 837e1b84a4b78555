/** What is told of one version: what it has done, and how things stood. */
import { css } from 'lit';

export const detailStyles = css`
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

  @media (pointer: coarse) {
    .since input,
    summary {
      min-block-size: 44px;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .chevron {
      transition: rotate 0.12s;
    }
  }
`;
