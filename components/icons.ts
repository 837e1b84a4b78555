/** The icons: line drawings on a grid of 20, in the colour of the text. They are decoration; words stand beside them. */
import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

export const icon = (drawing: SVGTemplateResult): TemplateResult =>
  html`<svg
    class="icon"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.7"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${drawing}
  </svg>`;

/** Those that a first message may need, by name. */
export const icons = Object.freeze({
  send: icon(svg`<path d="M10 16V4.5M5 9.2l5-5 5 5" />`),
  stop: icon(svg`<rect x="5.5" y="5.5" width="9" height="9" rx="1.8" fill="currentColor" />`),
  newConversation: icon(
    svg`<path d="M16 10.4v3.4a2.2 2.2 0 0 1-2.2 2.2H6.2A2.2 2.2 0 0 1 4 13.8V6.2A2.2 2.2 0 0 1 6.2 4h3.4" /><path d="M8.2 11.8l.5-2.3 6.1-6.1a1.27 1.27 0 0 1 1.8 1.8l-6.1 6.1z" />`,
  ),
  done: icon(svg`<path d="M4.5 10.5l3.7 3.7 7.3-8" />`),
  failed: icon(svg`<path d="M5.5 5.5l9 9M14.5 5.5l-9 9" />`),
  denied: icon(svg`<circle cx="10" cy="10" r="6.5" /><path d="M5.5 14.5l9-9" />`),
  running: icon(
    svg`<circle class="track" cx="10" cy="10" r="6.5" /><path class="spin" d="M10 3.5a6.5 6.5 0 0 1 6.5 6.5" />`,
  ),
  unknown: icon(svg`<path d="M7.5 7.7a2.5 2.5 0 1 1 3.6 2.2c-.7.400-1.1.900-1.1 1.7" /><path d="M10 14.7v.01" />`),
  open: icon(svg`<path d="M7.5 5.5l4.5 4.5-4.5 4.5" />`),
  down: icon(svg`<path d="M10 4v11.5M5 10.8l5 5 5-5" />`),
  alert: icon(svg`<path d="M10 3.8l7 12.2H3z" /><path d="M10 8.5v3.2M10 13.9v.01" />`),
  device: icon(svg`<rect x="3" y="4.5" width="14" height="9" rx="1.6" /><path d="M7.5 16.5h5" />`),
  away: icon(
    svg`<path d="M11.5 4H16v4.5M16 4l-6.5 6.5M8 5.5H5.5A1.5 1.5 0 0 0 4 7v7.5A1.5 1.5 0 0 0 5.5 16H13a1.5 1.5 0 0 0 1.5-1.5V12" />`,
  ),
  again: icon(svg`<path d="M15.5 8.5A6 6 0 1 0 16 11.5M16 4.5v4h-4" />`),
  pencil: icon(svg`<path d="M4 16l.8-3.4 8-8a1.7 1.7 0 0 1 2.4 2.4l-8 8z" />`),
  shield: icon(svg`<path d="M10 3l5.5 2v4.6c0 3.4-2.2 6-5.5 7.4-3.3-1.4-5.5-4-5.5-7.4V5z" />`),
});
