/** Drawings of what helps: paper filters, hand grinder, milk jug. */
import { svg } from 'lit';
import { frame, PAINT } from './frame.ts';

const { coffee, ink, paper, steel, steelDark, steelDeep, steelLight, wood, woodDark } = PAINT;

export const paperFilters = frame(
  svg`
  <path d="M34 40 L96 30 Q100 29.5 99 34 L84 98 Q83 102 79 101 L61 97 Q57 96 55 92 L32 45 Q30.5 41 34 40 Z" fill="#c9a67a" />
  <path d="M42 37 L104 31 Q108 31 107 35 L90 99 Q89 103 85 102 L67 99 Q63 98 61 94 L40 42 Q38.5 38 42 37 Z" fill="#d9bb92" />
  <path d="M50 35 H112 Q116.5 35 115 39.5 L97 101 Q95.5 106 91 106 H72 Q67.5 106 66 102 L47 40 Q45.5 35 50 35 Z" fill="#e9d2ae" />
  <path d="M104 35 H112 Q116.5 35 115 39.5 L97 101 Q95.5 106 91 106 H87 Z" fill="#c9a67a" opacity="0.6" />
  <path d="M52 41 L71 101" stroke="#b98f5d" stroke-width="1.6" stroke-dasharray="3 3" stroke-linecap="round" />
  <path d="M70 100.5 H94" stroke="#b98f5d" stroke-width="1.6" stroke-dasharray="3 3" stroke-linecap="round" />
  <ellipse cx="82" cy="62" rx="6" ry="8.5" fill="#b98f5d" transform="rotate(-30 82 62)" />
  <path d="M78 55 C78.5 61 86 63 86 69" fill="none" stroke="#e9d2ae" stroke-width="1.6" stroke-linecap="round" />
`,
  40,
);

export const handGrinder = frame(
  svg`
  <path d="M80 20 H118" stroke=${steelDeep} stroke-width="4.5" stroke-linecap="round" />
  <rect x="77.5" y="17" width="5" height="12" rx="2" fill=${steelDark} />
  <rect x="113" y="8" width="9" height="16" rx="4.5" fill=${woodDark} />
  <rect x="113" y="8" width="4.5" height="16" rx="2.25" fill=${wood} />
  <rect x="60" y="27" width="40" height="8" rx="3" fill=${steelDeep} />
  <rect x="62" y="35" width="36" height="34" fill=${steel} />
  <rect x="62" y="35" width="10" height="34" fill=${steelLight} />
  <rect x="88" y="35" width="10" height="34" fill=${steelDark} />
  <path d="M62 45 h36 M62 50 h36" stroke=${steelDeep} stroke-width="1.2" opacity="0.5" />
  <rect x="59" y="67" width="42" height="6" rx="2.5" fill=${ink} />
  <path d="M62 73 H98 V100 Q98 106 92 106 H68 Q62 106 62 100 Z" fill=${wood} />
  <path d="M88 73 H98 V100 Q98 106 92 106 H86 Z" fill=${woodDark} />
  <path d="M68 78 q3 10 0 22 M76 78 q-3 10 1 22 M83 79 q2 9 0 20" fill="none" stroke=${woodDark} stroke-width="1.3" stroke-linecap="round" opacity="0.6" />
  <g fill=${coffee}>
    <ellipse cx="116" cy="102" rx="4.6" ry="3.2" transform="rotate(-18 116 102)" />
    <ellipse cx="126" cy="103" rx="4.6" ry="3.2" transform="rotate(14 126 103)" />
  </g>
`,
  34,
);

export const milkJug = frame(
  svg`
  <path d="M100 50 h8 q14 0 13 15 l-2 14 q-2 12 -16 12" fill="none" stroke=${steelDark} stroke-width="6.5" stroke-linecap="round" />
  <path d="M56 32 L42 26 Q46 40 56 48 Z" fill=${steelDark} />
  <path d="M54 30 H102 Q100 50 106 68 Q112 86 106 98 Q102 106 94 106 H64 Q56 106 52 98 Q46 86 52 68 Q58 50 54 30 Z" fill=${steel} />
  <path d="M54 30 H66 Q69 50 64 68 Q59 86 64 106 Q56 106 52 98 Q46 86 52 68 Q58 50 54 30 Z" fill=${steelLight} />
  <path d="M90 30 H102 Q100 50 106 68 Q112 86 106 98 Q102 106 94 106 H90 Q99 86 94 68 Q88 50 90 30 Z" fill=${steelDark} />
  <path d="M42 26 Q78 18 103 30 Q80 38 54 33 Q46 31 42 26 Z" fill=${steelDeep} />
  <path d="M50 27 Q78 21.5 98 29.5 Q80 35 57 31.5 Z" fill=${paper} />
`,
  38,
);
