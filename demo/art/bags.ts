/** Drawings of coffee bags: one bag in five colours, each with its own sign on the label. */
import { svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { frame, PAINT } from './frame.ts';

function bag(colour: string, sign: SVGTemplateResult): TemplateResult {
  return frame(svg`
    <path d="M53 30 L107 30 L112 101 Q112.3 106 107 106 L53 106 Q47.7 106 48 101 Z" fill=${colour} />
    <path d="M95 30 L107 30 L112 101 Q112.3 106 107 106 L98 106 Z" fill=${PAINT.ink} opacity="0.16" />
    <path d="M53 30 L59 30 L56 106 L53 106 Q47.7 106 48 101 Z" fill="#fff" opacity="0.14" />
    <rect x="51" y="16" width="58" height="15" rx="2.5" fill=${colour} />
    <rect x="51" y="16" width="58" height="15" rx="2.5" fill=${PAINT.ink} opacity="0.22" />
    <rect x="48" y="22" width="64" height="3.6" rx="1.8" fill=${PAINT.paper} opacity="0.85" />
    <circle cx="80" cy="40" r="2.6" fill=${PAINT.ink} opacity="0.35" />
    <rect x="60" y="50" width="40" height="42" rx="3" fill=${PAINT.paper} />
    <rect x="67" y="82" width="26" height="2.4" rx="1.2" fill=${PAINT.ink} opacity="0.55" />
    <rect x="72" y="87" width="16" height="1.8" rx="0.9" fill=${PAINT.ink} opacity="0.3" />
    ${sign}
  `);
}

const bean = (colour: string): SVGTemplateResult => svg`
  <g transform="rotate(-32 80 66)">
    <ellipse cx="80" cy="66" rx="8.2" ry="11.5" fill=${colour} />
    <path d="M80 54.5 C75.5 61 84.5 70 80 77.5" fill="none" stroke=${PAINT.paper} stroke-width="1.9" stroke-linecap="round" />
  </g>`;

const sun: SVGTemplateResult = svg`
  <path d="M68 74 a12 12 0 0 1 24 0 Z" fill="#d98a2b" />
  <path d="M64.5 74 H95.5" stroke="#d98a2b" stroke-width="2" stroke-linecap="round" />
  <path d="M80 58.5 V55 M69.5 63 L67 60.5 M90.5 63 L93 60.5" stroke="#d98a2b" stroke-width="2.2" stroke-linecap="round" />`;

const moon: SVGTemplateResult = svg`
  <path d="M84 56 a11 11 0 1 0 6.5 17.5 a9 9 0 0 1 -6.5 -17.5 Z" fill="#4d5f86" />
  <circle cx="91" cy="59.5" r="1.4" fill="#4d5f86" /><circle cx="94" cy="66" r="1" fill="#4d5f86" />`;

function blossom(petal: string, heart: string): SVGTemplateResult {
  const petals = [0, 72, 144, 216, 288].map(
    (angle) => svg`<ellipse cx="80" cy="59.5" rx="4.3" ry="6.3" fill=${petal} transform="rotate(${angle} 80 66.5)" />`,
  );
  return svg`${petals}<circle cx="80" cy="66.5" r="3" fill=${heart} />`;
}

export const espressoBeans = bag('#8c3f22', bean('#5b2a17'));
export const houseBlend = bag('#c98a34', sun);
export const yirgacheffe = bag('#4f7a5a', blossom('#86ad84', '#d9a441'));
export const decafBeans = bag('#64759b', moon);
export const geisha = bag('#b0586a', blossom('#d88a98', '#8a3347'));
