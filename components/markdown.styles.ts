/** Markdown of models. */
import { css } from 'lit';

export const markdownStyles = css`
  .markdown,
  .markdown .part {
    display: grid;
    gap: calc(2.5 * var(--_space));
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .markdown .part {
    contain-intrinsic-block-size: auto 40rem;
  }

  /* What a text does to the direction of its lines ends with its block. */
  .markdown > *,
  .part > *,
  .markdown li,
  .markdown td,
  .markdown th {
    unicode-bidi: isolate;
    min-inline-size: 0;
  }

  .markdown p {
    white-space: pre-wrap;
  }

  .markdown :is(h3, h4, h5) {
    margin-block-start: calc(1.5 * var(--_space));
    font-weight: 650;
    line-height: 1.35;
  }

  .markdown h3 {
    font-size: 1.125rem;
  }

  .markdown :is(h4, h5) {
    font-size: 1rem;
  }

  .markdown > :first-child {
    margin-block-start: 0;
  }

  .markdown :is(ol, ul) {
    display: grid;
    gap: var(--_space);
    padding-inline-start: 1.5em;
  }

  .markdown ul {
    list-style: disc;
  }

  .markdown ol {
    list-style: decimal;
  }

  .markdown li > :is(ol, ul, p, figure) {
    margin-block-start: var(--_space);
  }

  .markdown .task {
    list-style: none;
    margin-inline-start: -1.5em;
  }

  .markdown .task input {
    margin-block: 0;
    margin-inline: 0 0.5em;
    vertical-align: -0.1em;
  }

  .markdown blockquote {
    display: grid;
    gap: calc(2 * var(--_space));
    margin: 0;
    padding-inline-start: calc(3 * var(--_space));
    border-inline-start: 3px solid var(--_line);
    color: var(--_muted);
  }

  .markdown hr {
    inline-size: 100%;
    margin: 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }

  .markdown :not(pre) > code {
    padding: 0.1em 0.35em;
    border-radius: 5px;
    background: var(--_soft);
    font-family: var(--_mono);
    font-size: 0.875em;
  }

  .markdown a {
    color: var(--_accent);
    text-underline-offset: 0.15em;
  }

  .markdown .host {
    color: var(--_muted);
    unicode-bidi: isolate;
  }

  .markdown img {
    max-inline-size: 100%;
    max-block-size: 24rem;
    border-radius: calc(0.85 * var(--_radius));
    vertical-align: top;
  }

  .markdown .picture {
    min-block-size: 36px;
    padding: calc(1.5 * var(--_space)) calc(3 * var(--_space));
    border-style: dashed;
    color: var(--_muted);
    font-size: var(--_small);
    white-space: normal;
    text-align: start;
  }

  .markdown .code {
    margin: 0;
    border: 1px solid var(--_line);
    border-radius: calc(0.85 * var(--_radius));
    background: var(--_softer);
    overflow: hidden;
  }

  .markdown figcaption {
    display: flex;
    justify-content: space-between;
    align-items: center;
    min-block-size: 34px;
    padding-inline: calc(3 * var(--_space)) var(--_space);
    border-block-end: 1px solid var(--_line);
    color: var(--_muted);
    font-size: var(--_small);
  }

  .markdown .copy {
    display: grid;
    place-items: center;
    min-inline-size: 32px;
    min-block-size: 32px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
  }

  .markdown .copy[data-copied] {
    color: var(--_good);
  }

  .markdown pre {
    max-block-size: 28rem;
    padding: calc(2.5 * var(--_space)) calc(3 * var(--_space));
    overflow: auto;
    white-space: pre;
    overflow-wrap: normal;
    tab-size: 2;
  }

  .markdown .table {
    max-block-size: 28rem;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: calc(0.85 * var(--_radius));
  }

  .markdown table {
    border-collapse: collapse;
    inline-size: 100%;
    font-size: var(--_small);
  }

  .markdown :is(th, td) {
    padding: calc(1.5 * var(--_space)) calc(3 * var(--_space));
    border-block-end: 1px solid var(--_line);
    text-align: start;
    /* What is in a cell stays where it is while the one beside it grows. */
    vertical-align: top;
    overflow-wrap: normal;
  }

  .markdown th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface);
    font-weight: 650;
  }

  .markdown tr:last-child td {
    border-block-end: 0;
  }

  .markdown :is(.center) {
    text-align: center;
  }

  .markdown :is(.right) {
    text-align: end;
  }

  .markdown :is(pre, .table):focus-visible {
    outline: var(--_ring);
    outline-offset: -2px;
  }
`;
