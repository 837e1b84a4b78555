/** In the parts of the script tag, and in the place of Lit: the one that the page's half has. */
import type * as lit from 'lit';
import type * as guards from 'lit/directives/guard.js';
import type { PartScript } from '../src/parts/index.ts';

/** What the page's half shares. */
export type SharedLit = Pick<typeof lit & typeof guards, 'guard' | 'html' | 'nothing' | 'svg'>;

/** @see SharedLit */
export const { guard, html, nothing, svg } = (document.currentScript as PartScript).tag?.shared as SharedLit;
