/** The frame that all drawings share: one view box, one shadow on the ground, and the colours. */
import { html } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

/** The colours of the drawings. They stand on a tile whose colour the theme chooses, and stay the same on both. */
export const PAINT = {
  paper: '#f7efe2',
  ink: '#33231b',
  coffee: '#4a2c1d',
  crema: '#c58a52',
  wood: '#a9703f',
  woodDark: '#845430',
  steel: '#c3c9cd',
  steelLight: '#e6eaec',
  steelDark: '#8d969c',
  steelDeep: '#69737a',
  ceramic: '#fbf8f3',
  ceramicShade: '#ddd3c6',
  glass: '#d5e6e6',
} as const;

/** A drawing of 160 by 120 units that stands on the ground at y = 106. It is an ornament: screen readers skip it. */
export function frame(shapes: SVGTemplateResult, shadowWidth = 36): TemplateResult {
  return html`<svg class="art" viewBox="0 0 160 120" aria-hidden="true" focusable="false">
    <ellipse class="art-shadow" cx="80" cy="106" rx=${shadowWidth} ry="4.5" />
    ${shapes}
  </svg>`;
}
