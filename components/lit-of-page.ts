/** In the parts of the script tag, and in the place of Lit: the one that the page's half has. */
import type { PartScript } from '../src/parts/index.ts';
import type { lit } from './shared.ts';

/** @see lit */
export const { Directive, LitElement, css, directive, guard, html, live, nothing, repeat, svg } = (
  document.currentScript as PartScript
).tag?.shared as typeof lit;
