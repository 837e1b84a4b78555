/** Drawings for a place where there is nothing yet. */
import { svg } from 'lit';
import { frame, PAINT } from './frame.ts';

const { ceramicShade, paper } = PAINT;

/** An upturned, clean cup: nothing has been poured yet. */
export const emptyCup = frame(
  svg`
    <path d="M106 68 q17 0 16 12 q-1 12 -19 9" fill="none" stroke="#a8573a" stroke-width="5.5" stroke-linecap="round" />
    <path d="M68 50 H92 Q110 62 110 100 Q80 106 50 100 Q50 62 68 50 Z" fill="#c56a48" />
    <path d="M88 50 H92 Q110 62 110 100 Q104 102 96 103 Q99 64 88 50 Z" fill="#a8573a" />
    <path d="M68 50 Q80 46 92 50 Q80 54 68 50 Z" fill="#a8573a" />
    <path d="M60 92 Q61 72 69 62" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity="0.4" />
  `,
  42,
);

/** A note with two empty boxes. */
export const emptyNote = frame(
  svg`
  <g transform="rotate(-4 80 62)">
    <rect x="48" y="22" width="64" height="80" rx="6" fill=${paper} />
    <path d="M94 102 H106 Q112 102 112 96 V84 Z" fill=${ceramicShade} />
    <rect x="66" y="16" width="28" height="11" rx="3" fill="#a8451f" />
    <g fill="none" stroke="#a8451f" stroke-width="2.5">
      <rect x="57" y="42" width="10" height="10" rx="2.5" />
      <rect x="57" y="62" width="10" height="10" rx="2.5" />
    </g>
    <path d="M75 47 H102 M75 67 H96" stroke=${ceramicShade} stroke-width="4" stroke-linecap="round" />
  </g>
`,
  34,
);

/** A magnifying glass over a bean. */
export const emptySearch = frame(
  svg`
  <path d="M98 82 L116 100" stroke=${PAINT.woodDark} stroke-width="9" stroke-linecap="round" />
  <circle cx="78" cy="60" r="31" fill=${paper} stroke=${PAINT.steelDeep} stroke-width="6" />
  <ellipse cx="78" cy="60" rx="11" ry="15.5" fill=${PAINT.coffee} transform="rotate(-32 78 60)" />
  <path d="M70 47 C70.5 58 86 62 86 73" fill="none" stroke=${paper} stroke-width="2.6" stroke-linecap="round" />
`,
  30,
);
