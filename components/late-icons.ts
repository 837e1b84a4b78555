/** The icons of what is loaded later. */
import { svg } from 'lit';
import { icon } from './icons.ts';

/** By name. */
export const lateIcons = Object.freeze({
  copy: icon(
    svg`<rect x="7" y="7" width="9" height="9" rx="1.8" /><path d="M13 7V5.8A1.8 1.8 0 0 0 11.2 4H5.8A1.8 1.8 0 0 0 4 5.8v5.4A1.8 1.8 0 0 0 5.8 13H7" />`,
  ),
  clip: icon(
    svg`<path d="M15.6 9.3l-5.7 5.7a3.4 3.4 0 0 1-4.8-4.8l6-6a2.3 2.3 0 0 1 3.2 3.2l-6 6a1.1 1.1 0 0 1-1.6-1.6l5.3-5.3" />`,
  ),
  file: icon(
    svg`<path d="M5 4.6A1.6 1.6 0 0 1 6.6 3H11l4 4v8.4a1.6 1.6 0 0 1-1.6 1.6H6.6A1.6 1.6 0 0 1 5 15.4z" /><path d="M11 3v4h4" />`,
  ),
  pending: icon(svg`<circle class="track" cx="10" cy="10" r="6.5" />`),
  waiting: icon(svg`<circle cx="10" cy="10" r="6.5" /><path d="M10 6.5V10l2.3 1.7" />`),
  more: icon(svg`<path d="M5 10v.01M10 10v.01M15 10v.01" stroke-width="2.4" />`),
  list: icon(svg`<path d="M4 5.5h12M4 10h12M4 14.5h7" />`),
  note: icon(svg`<circle cx="10" cy="10" r="6.5" /><path d="M10 9.5v3.7M10 6.8v.01" />`),
  offline: icon(
    svg`<path d="M4 4l12 12M3.5 8.6a9.5 9.5 0 0 1 2.8-1.9M9 5.9a9.6 9.6 0 0 1 7.5 2.7M6 11.4a6 6 0 0 1 2.5-1.5M12.4 10.3a6 6 0 0 1 1.6 1.1M10 15v.01" />`,
  ),
  question: icon(
    svg`<path d="M4 5.8A1.8 1.8 0 0 1 5.8 4h8.4A1.8 1.8 0 0 1 16 5.8v5.9a1.8 1.8 0 0 1-1.8 1.8H9.5L6 16.3v-2.8h-.2A1.8 1.8 0 0 1 4 11.7z" />`,
  ),
});
