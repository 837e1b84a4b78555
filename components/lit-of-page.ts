/** In the parts of the script tag, and in the place of Lit: the one that the page's half has. */
import type * as lit from 'lit';
import type * as decorators from 'lit/decorators.js';
import type * as directives from 'lit/directive.js';
import type * as guards from 'lit/directives/guard.js';
import type * as lives from 'lit/directives/live.js';
import type * as repeats from 'lit/directives/repeat.js';
import type { PartScript } from '../src/parts/index.ts';

/** What the page's half shares. */
export type SharedLit = Pick<
  typeof lit & typeof decorators & typeof directives & typeof guards & typeof lives & typeof repeats,
  | 'Directive'
  | 'LitElement'
  | 'css'
  | 'directive'
  | 'guard'
  | 'html'
  | 'live'
  | 'nothing'
  | 'property'
  | 'repeat'
  | 'state'
  | 'svg'
>;

/** @see SharedLit */
export const { Directive, LitElement, css, directive, guard, html, live, nothing, property, repeat, state, svg } = (
  document.currentScript as PartScript
).tag?.shared as SharedLit;
