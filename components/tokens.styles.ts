/**
 * The design tokens of all elements. The names with `--inpage-` are public and may be set on the element or on any of
 * its ancestors; the names with `--_` are what the elements read. All quieter shades are mixed from text, surface and
 * accent, so a site sets three colours, not thirty. Light or dark follows the `color-scheme` that the page has set.
 */
import { css } from 'lit';

export const tokens = css`
  :host {
    --_surface: var(--inpage-surface, light-dark(#ffffff, #16181d));
    --_text: var(--inpage-text, light-dark(#1a1d24, #e8eaef));
    --_accent: var(--inpage-accent, light-dark(#3152c8, #a3b5ff));
    --_on-accent: var(--inpage-on-accent, light-dark(#ffffff, #10163a));
    --_danger: var(--inpage-danger, light-dark(#b3261e, #ffa49b));
    --_on-danger: light-dark(#ffffff, #330a06);
    --_warning: light-dark(#855000, #f0c273);
    --_good: light-dark(#12714a, #74d4a6);

    --_muted: color-mix(in oklab, var(--_text) 72%, var(--_surface));
    --_edge: color-mix(in oklab, var(--_text) 52%, var(--_surface));
    --_line: color-mix(in oklab, var(--_text) 14%, var(--_surface));
    --_soft: color-mix(in oklab, var(--_text) 5%, var(--_surface));
    --_softer: color-mix(in oklab, var(--_text) 2.5%, var(--_surface));
    --_tint: color-mix(in oklab, var(--_accent) 13%, var(--_surface));

    --_radius: var(--inpage-radius, 14px);
    --_space: var(--inpage-space, 4px);
    --_font: var(
      --inpage-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'Liberation Sans',
      sans-serif
    );
    --_mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace;
    --_small: 0.8125rem;
    --_ring: 2px solid var(--_accent);

    color: var(--_text);
    font-family: var(--_font);
    font-size: 0.9375rem;
    line-height: 1.55;
    text-align: start;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p,
  dl,
  dd,
  ol,
  ul,
  pre {
    margin: 0;
    padding: 0;
  }

  ol,
  ul {
    list-style: none;
  }

  pre {
    font-family: var(--_mono);
    font-size: var(--_small);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    /* Else a drawing keeps a colour that was mixed for another ground. */
    forced-color-adjust: auto;
  }

  .icon .track {
    opacity: 0.3;
  }

  @media (prefers-reduced-motion: no-preference) {
    .icon .spin {
      transform-origin: 10px 10px;
      animation: spin 0.9s linear infinite;
    }

    @keyframes spin {
      to {
        transform: rotate(1turn);
      }
    }
  }
`;
