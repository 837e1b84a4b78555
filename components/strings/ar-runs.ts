/** What is said of runs, in Arabic. */
import type { Strings } from './strings.ts';

const number = (value: number): string => value.toLocaleString('ar');

/** A count with its noun, which has a form of its own for one, two, and three to ten. */
function counted(count: number, [one, two, few, many]: readonly [string, string, string, string]): string {
  if (count === 1) return one;
  if (count === 2) return two;
  return `${number(count)} ${new Intl.PluralRules('ar').select(count) === 'few' ? few : many}`;
}

export const runs: Strings['runs'] = Object.freeze({
  // ── timeline ──
  listed: (names) => names.join('، '),
  trace: 'ما قام به التشغيل',
  timeline: 'الخط الزمني',
  noRun: 'لم يُشغَّل شيء هنا بعد.',
  versions: (count) => counted(count, ['نسخة واحدة', 'نسختان', 'نسخ', 'نسخة']),
  tokens: (input, output) => `الرموز المقروءة: ${number(input)}، والمكتوبة: ${number(output)}`,
  run: (count) => `التشغيل ${number(count)}`,
  between: 'بين التشغيلات',
  underWay: 'قيد التنفيذ',
  version: (version) => `النسخة ${number(version)}`,
  step: (step) => `الخطوة ${number(step)}`,
  within: (where) => `داخل ${where}`,
  notStored: 'غير محفوظ',
  kinds: Object.freeze({
    input: 'رسالة',
    step: 'خطوة',
    begin: 'يبدأ',
    kept: 'جزء من خطوة',
    question: 'يسأل',
    answer: 'أُجيب عنه',
    note: 'ملاحظة',
    update: 'تغيير من الخارج',
    undo: 'تراجع',
    migration: 'انتقل إلى نسخة أخرى من المخطط',
  }),
  about: (what) => `نحو ${what}`,
  firstText: (time) => `أول الكلمات بعد ${time}`,
  andMore: (count) => `و${number(count)} غيرها`,

  // ── one of them ──
  choose: 'اختر عنصرًا من الخط الزمني لترى ما قام به.',
  tasks: 'المهام',
  calls: 'الاستدعاءات',
  writes: 'ما كُتب',
  writtenBy: (who) => `كتبه ${who}`,
  ops: Object.freeze({
    set: 'عُيّن',
    append: 'أُضيف إليه',
    put: 'وُضعت فيه عناصر',
    text: 'أُضيف نص',
    copy: 'نُسخ من غيره',
    patch: 'تغيّر جزء منه',
    delete: 'حُذف جزء منه',
    reduce: 'يُجمع في نهاية الخطوة',
  }),
  given: 'المدخلات',
  result: 'النتيجة',
  profile: 'أين ذهب الوقت',
  phases: Object.freeze({
    limits: 'الحدود',
    interrupts: 'الأسئلة',
    node: 'العُقد',
    reduce: 'الجمع',
    route: 'المسارات',
    events: 'الأحداث',
    checkpoint: 'الحفظ',
  }),
  restored: (version) => `كما كان في النسخة ${number(version)}.`,

  // ── state and changes ──
  changes: 'ما الذي تغيّر',
  since: 'منذ النسخة',
  same: 'لم يتغيّر شيء.',
  changeKinds: Object.freeze({ added: 'جديد', removed: 'حُذف', changed: 'تغيّر' }),
  before: 'قبل',
  after: 'بعد',
  moreChanges: 'هناك تغييرات أكثر مما يظهر هنا.',
  state: 'الحالة',
  emptyState: 'لا شيء فيها.',
  due: (nodes) => `التالي: ${nodes}`,
  items: (count) => counted(count, ['عنصر واحد', 'عنصران', 'عناصر', 'عنصرًا']),
  entries: (count) => counted(count, ['مدخل واحد', 'مدخلان', 'مدخلات', 'مدخلًا']),
  showMore: (count) => `إظهار ${number(count)} أخرى`,
  loading: 'جارٍ القراءة…',
  goneState: 'لم تعد قراءة هذه النسخة ممكنة.',

  // ── what can be done ──
  fork: 'المتابعة من هنا في نسخة أخرى',
  forked: 'تم النسخ. ما يحدث هناك لا يغيّر شيئًا هنا.',
  export: 'حفظ بصيغة JSON',

  // ── progress ──
  times: (count) => counted(count, ['مرة واحدة', 'مرتان', 'مرات', 'مرة']),
  cachedCalls: (count) => `${counted(count, ['استدعاء واحد', 'استدعاءان', 'استدعاءات', 'استدعاءً'])} من الذاكرة المؤقتة`,
  way: (value, to) => `${value} ← ${to}`,
  otherwise: 'وإلا',
  ways: Object.freeze({ taken: 'سُلك', passed: 'لم يُسلك', open: 'مفتوح' }),
  replay: 'استعراض ما جرى',
  moment: (at, all, what) => `${number(at)} من ${number(all)} – ${what}`,
  begins: 'قبل أن يبدأ',
  now: 'كما هو الآن',
  toNow: 'العودة إلى الآن',
  showGraph: 'العرض كمخطط',
  hideGraph: 'إخفاء المخطط',
  graph: 'المخطط',
  graphOf: (name, nodes) =>
    `${name} كمخطط من ${counted(nodes, ['عقدة واحدة', 'عقدتين', 'عقد', 'عقدة'])}؛ والقائمة تقول الشيء نفسه`,
  noGraph: 'تعذّر تحميل المخطط. والقائمة تقول الشيء نفسه.',
});
