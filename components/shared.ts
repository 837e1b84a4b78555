/** What the page's half of the script tag shares with its parts, so that they need no copy of their own. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Directive, directive } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { controls } from './controls.styles.ts';
import { icon, icons } from './icons.ts';
import { addEnglish, WordedElement } from './strings/index.ts';
import { tokens } from './tokens.styles.ts';

/** Of Lit. */
export const lit = { css, Directive, directive, guard, html, LitElement, live, nothing, property, repeat, state, svg };

/** Of the elements. */
export const basics = { addEnglish, controls, icon, icons, tokens, WordedElement };
