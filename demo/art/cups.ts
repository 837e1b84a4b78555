/** Drawings of what one drinks from: espresso cup, mug, travel mug. */
import { svg } from 'lit';
import { frame, PAINT } from './frame.ts';

const { ceramic, ceramicShade, coffee, crema, ink, steel, steelDark, steelLight } = PAINT;

const steam = svg`
  <g fill="none" class="art-steam" stroke-width="3" stroke-linecap="round">
    <path d="M70 36 q-5 -6 0 -12 q5 -6 0 -12" />
    <path d="M88 36 q-5 -6 0 -12 q5 -6 0 -12" />
  </g>`;

export const espressoCup = frame(
  svg`
  ${steam}
  <path d="M106 60 q17 -3 17 9 q0 13 -22 11" fill="none" stroke=${ceramicShade} stroke-width="5.5" stroke-linecap="round" />
  <ellipse cx="80" cy="100" rx="47" ry="6.5" fill=${ceramicShade} />
  <ellipse cx="80" cy="98" rx="47" ry="6.5" fill=${ceramic} />
  <ellipse cx="80" cy="98" rx="27" ry="3.5" fill=${ceramicShade} />
  <path d="M50 52 H110 Q110 88 92 98 H68 Q50 88 50 52 Z" fill=${ceramic} />
  <path d="M96 52 H110 Q110 88 92 98 H86 Q97 84 96 52 Z" fill=${ceramicShade} />
  <ellipse cx="80" cy="52" rx="30" ry="7" fill=${ceramicShade} />
  <ellipse cx="80" cy="53" rx="26.5" ry="5.2" fill=${coffee} />
  <path d="M55 54.5 a26.5 5.2 0 0 0 50 0 a30 8 0 0 1 -50 0 Z" fill=${crema} />
`,
  40,
);

export const mug = frame(
  svg`
  <path d="M104 54 h8 q13 0 13 15 t-13 15 h-9" fill="none" stroke="#4d6f8f" stroke-width="7.5" stroke-linecap="round" />
  <path d="M50 34 H108 V92 Q108 106 94 106 H64 Q50 106 50 92 Z" fill="#6f97b5" />
  <path d="M50 66 q7 -7 14.5 0 t14.5 0 t14.5 0 t14.5 0 V92 Q108 106 94 106 H64 Q50 106 50 92 Z" fill="#35597a" />
  <path d="M96 34 H108 V92 Q108 106 94 106 H88 Q97 104 97 92 Z" fill=${ink} opacity="0.16" />
  <path d="M57 44 V94" stroke="#fff" stroke-width="3.5" stroke-linecap="round" opacity="0.35" />
  <ellipse cx="79" cy="34" rx="29" ry="6.5" fill="#a9c6da" />
  <ellipse cx="79" cy="35" rx="25.5" ry="4.8" fill=${coffee} />
`,
  38,
);

export const travelMug = frame(
  svg`
  <path d="M57 32 H103 L97 102 Q96.6 106 92 106 H68 Q63.4 106 63 102 Z" fill=${steel} />
  <path d="M57 32 H66 L70 106 H68 Q63.4 106 63 102 Z" fill=${steelLight} />
  <path d="M94 32 H103 L97 102 Q96.6 106 92 106 H89 Z" fill=${steelDark} />
  <path d="M59.2 54 H100.8 L98.7 80 H61.3 Z" fill="#a8451f" />
  <path d="M93 54 H100.8 L98.7 80 H91.5 Z" fill=${ink} opacity="0.2" />
  <path d="M59.2 54 H67 L68.5 80 H61.3 Z" fill="#fff" opacity="0.16" />
  <rect x="53" y="22" width="54" height="11" rx="4" fill=${ink} />
  <path d="M60 22 L63 13 Q63.6 11 66 11 H94 Q96.4 11 97 13 L100 22 Z" fill="#4c372c" />
  <rect x="84" y="13.5" width="9" height="4" rx="2" fill=${ink} />
`,
  28,
);
