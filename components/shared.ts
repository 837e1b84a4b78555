/** What the page's half of the script tag shares with its parts, so that they need no copy of their own. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { controls } from './controls.styles.ts';
import { icon, icons } from './icons.ts';
import { addEnglish, WordedElement } from './strings/index.ts';
import { tokens } from './tokens.styles.ts';

/** Of Lit. */
export const lit = { css, Directive, directive, guard, html, LitElement, live, nothing, repeat, svg };

/** Of the elements. */
export const basics = { addEnglish, controls, icon, icons, tokens, WordedElement };
