/**
 * The colours of code. Each has its lightness from that of the text, so that it is as easy to read on whatever ground a
 * site has chosen.
 */
import { css } from 'lit';

export const colourStyles = css`
  code::highlight(inpage-comment) {
    color: color-mix(in oklab, var(--_text) 66%, var(--_surface));
  }

  code::highlight(inpage-keyword) {
    color: oklch(from var(--_text) calc(l * 0.48 + 0.35) 0.15 310);
  }

  code::highlight(inpage-string) {
    color: oklch(from var(--_text) calc(l * 0.48 + 0.35) 0.11 150);
  }

  code::highlight(inpage-number) {
    color: oklch(from var(--_text) calc(l * 0.48 + 0.35) 0.11 65);
  }

  code::highlight(inpage-name) {
    color: oklch(from var(--_text) calc(l * 0.48 + 0.35) 0.13 262);
  }

  code::highlight(inpage-property) {
    color: oklch(from var(--_text) calc(l * 0.48 + 0.35) 0.08 205);
  }

  code::highlight(inpage-added) {
    color: oklch(from var(--_text) calc(l * 0.48 + 0.35) 0.13 150);
  }

  code::highlight(inpage-removed) {
    color: oklch(from var(--_text) calc(l * 0.48 + 0.35) 0.15 25);
  }
`;
