/** Drawings of what brews: dripper, French press, moka pot, kettle. */
import { svg } from 'lit';
import { frame, PAINT } from './frame.ts';

const { ceramic, ceramicShade, coffee, crema, glass, ink, steel, steelDark, steelDeep, steelLight, wood, woodDark } =
  PAINT;

export const dripper = frame(svg`
  <path d="M61 72 H99 L95 101 Q94.3 106 89 106 H71 Q65.7 106 65 101 Z" fill=${glass} opacity="0.9" />
  <path d="M63.6 90 H96.4 L95 101 Q94.3 106 89 106 H71 Q65.7 106 65 101 Z" fill=${coffee} />
  <path d="M63.6 90 H96.4 L96 93 H64 Z" fill=${crema} opacity="0.8" />
  <path d="M67 75 L70 103" stroke="#fff" stroke-width="2.4" stroke-linecap="round" opacity="0.6" />
  <path d="M104 37 q15 0 13 13 q-2 10 -17 9" fill="none" stroke=${ceramicShade} stroke-width="5" stroke-linecap="round" />
  <path d="M50 24 L110 24 L92 64 H68 Z" fill="#fff" />
  <path d="M46 30 H114 L97 64 H63 Z" fill=${ceramic} />
  <path d="M98 30 H114 L97 64 H88 Z" fill=${ceramicShade} opacity="0.75" />
  <path d="M62 34 L72 60 M80 34 V60 M98 34 L88 60" stroke=${ceramicShade} stroke-width="2" stroke-linecap="round" />
  <path d="M52 24 Q80 15 108 24 L106 30 H54 Z" fill=${woodDark} opacity="0.9" />
  <path d="M50 24 L54 30 H106 L110 24 Q108 21.5 104 22 L100 27 H60 L56 22 Q52 21.5 50 24 Z" fill="#efe3d0" />
  <rect x="55" y="63" width="50" height="7" rx="3.5" fill=${ceramic} />
  <rect x="55" y="66.5" width="50" height="3.5" rx="1.75" fill=${ceramicShade} />
`);

export const frenchPress = frame(
  svg`
  <path d="M104 44 h10 q10 0 10 10 v26 q0 10 -10 10 h-10" fill="none" stroke=${ink} stroke-width="6" stroke-linejoin="round" />
  <rect x="79" y="8" width="3" height="26" fill=${steelDark} />
  <circle cx="80.5" cy="9" r="5" fill=${ink} />
  <path d="M58 34 Q80.5 20 103 34 Z" fill=${steel} />
  <path d="M80.5 27 Q94 27.5 103 34 H80.5 Z" fill=${steelDark} opacity="0.55" />
  <path d="M57 34 H104 V101 Q104 105 100 105 H61 Q57 105 57 101 Z" fill=${glass} opacity="0.92" />
  <path d="M57 56 H104 V101 Q104 105 100 105 H61 Q57 105 57 101 Z" fill=${coffee} />
  <rect x="57" y="53" width="47" height="5" fill=${crema} />
  <path d="M50 36 L58 33 V42 Z" fill=${steel} />
  <rect x="55" y="33" width="51" height="4.5" rx="2" fill=${steelLight} />
  <rect x="55" y="66" width="51" height="4" fill=${steelDark} />
  <rect x="55" y="98" width="51" height="8" rx="3" fill=${steel} />
  <rect x="55" y="102.5" width="51" height="3.5" rx="1.7" fill=${steelDark} />
  <path d="M64 42 V94" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity="0.4" />
`,
  38,
);

export const mokaPot = frame(svg`
  <path d="M101 34 L119 40 Q122 41 122 44 L119 68" fill="none" stroke=${ink} stroke-width="6.5" stroke-linecap="round" stroke-linejoin="round" />
  <path d="M60 30 L42 36 L62 50 Z" fill=${steelDark} />
  <path d="M57 28 H103 L97 62 H63 Z" fill=${steel} />
  <path d="M57 28 H72 L71 62 H63 Z" fill=${steelLight} />
  <path d="M89 28 H103 L97 62 H88 Z" fill=${steelDark} />
  <rect x="60" y="61" width="40" height="7" rx="2" fill=${steelDeep} />
  <path d="M62 68 H98 L106 102 Q106.8 106 102 106 H58 Q53.2 106 54 102 Z" fill=${steel} />
  <path d="M62 68 H72 L69 106 H58 Q53.2 106 54 102 Z" fill=${steelLight} />
  <path d="M88 68 H98 L106 102 Q106.8 106 102 106 H92 Z" fill=${steelDark} />
  <circle cx="80" cy="85" r="2.8" fill=${steelDeep} />
  <path d="M56 28 Q80 14 104 28 Z" fill=${steel} />
  <path d="M80 21 Q94 21.5 104 28 H80 Z" fill=${steelDark} opacity="0.7" />
  <rect x="76.5" y="12" width="7" height="8" rx="2.5" fill=${ink} />
`);

export const kettle = frame(
  svg`
  <path d="M58 92 Q36 92 36 70 Q36 50 24 44" fill="none" stroke=${steelDark} stroke-width="6" stroke-linecap="round" />
  <path d="M58 90 Q38 90 38 70 Q38 50 25 43" fill="none" stroke=${steelLight} stroke-width="2" stroke-linecap="round" />
  <path d="M100 50 H116 Q126 50 125 60 L121 92" fill="none" stroke=${woodDark} stroke-width="8" stroke-linecap="round" stroke-linejoin="round" />
  <path d="M100 50 H116 Q126 50 125 60" fill="none" stroke=${wood} stroke-width="4" stroke-linecap="round" />
  <path d="M60 46 H102 L110 98 Q111 106 103 106 H59 Q51 106 52 98 Z" fill=${steel} />
  <path d="M60 46 H70 L64 106 H59 Q51 106 52 98 Z" fill=${steelLight} />
  <path d="M92 46 H102 L110 98 Q111 106 103 106 H95 Z" fill=${steelDark} />
  <path d="M60 46 Q81 32 102 46 Z" fill=${steelDark} />
  <circle cx="81" cy="35" r="6" fill=${ink} />
  <circle cx="81" cy="35" r="4" fill=${PAINT.paper} />
  <path d="M81 35 L83.2 32.6" stroke="#b3401f" stroke-width="1.3" stroke-linecap="round" />
`,
  40,
);
