/** What is said in Arabic of why something was done. */
import { listed } from './listed.ts';
import type { Strings } from './strings.ts';

const number = (value: number): string => value.toLocaleString('ar');
const fit = (score: number): string => score.toLocaleString('ar', { maximumFractionDigits: 2 });
const arabic = (texts: readonly string[]): string => listed('ar', texts);
const quoted = (words: readonly string[]): string => arabic(words.map((one) => `«${one}»`));

export const reasons: Strings['reasons'] = Object.freeze({
  means: (words, tool) => `${quoted(words)} ${words.length > 1 ? 'تعني' : 'يعني'} «${tool}».`,
  goesOn: (tool) => `هذا يكمل الاستدعاء السابق، «${tool}».`,
  fits: (tool) => `ما قيل يناسب «${tool}».`,

  rules: {
    choice: 'أحد الخيارات',
    number: 'عدد',
    boolean: 'نعم أو لا',
    moment: 'تاريخ أو وقت',
    expression: 'شيء يُحسب',
    pattern: 'بالشكل المطلوب',
    thing: 'اسم يعرفه هذا الموقع',
    text: 'نُقل كنص',
    other: 'قيمة',
  },
  readAs: (words, rule) => `«${words}»: ${rule}`,
  taken: (value) => `، فُهم على أنه ${value}`,
  yes: 'نعم',
  no: 'لا',
  earlier: '، مما قلته من قبل',
  kept: (value) => `${value}، كما في الاستدعاء السابق`,
  whole: (value) => `${value}، من رسالتك كلها`,

  asks: (missing) => `يُطرح السؤال لأن هذا ما زال ناقصًا: ${arabic(missing)}.`,
  unsure: 'لم تكن أي أداة واضحة بما يكفي للمتابعة. هذه كانت الأقرب:',
  split: 'تطلب رسالتك أكثر من شيء، ولم يكن كل ذلك واضحًا، فلم يبدأ شيء.',
  tell: 'كان هناك ما يمنع، فلم تُستدعَ أي أداة.',
  refuse: 'فُهمت كلماتك على أنها لا تريد فعل شيء.',
  none: 'لا توجد أداة تفسر ما يكفي من رسالتك.',
  talk: 'لم يُبحث عن أداة: لم تكن هناك حاجة إليها.',

  mended: (typed, taken) => `قُرئت «${typed}» على أنها «${taken}».`,
  loose: (words) => `لم يُستفد من ${quoted(words)}.`,
  alone: 'لا تشترك أداة أخرى مع رسالتك في أي كلمة.',
  next: (tool, score, best) =>
    `جاءت بعدها «${tool}»${best === undefined ? '' : `، وهي أقل ملاءمة (${fit(score)} من ${number(1)}، مقابل ${fit(best)})`}`,
  closest: (tool) => `كانت الأقرب «${tool}»`,
  hasNoUse: (words) => `لا حاجة لها إلى ${quoted(words)}`,
  lacks: (missing) => `ما زال ينقصها: ${arabic(missing)}`,

  changed: 'تغيّر شيء منذ ذلك الحين، مثل ما يقدمه هذا الموقع. هكذا كانت رسالتك ستُقرأ الآن.',
  gone: 'لم يعد من الممكن قول ذلك: تغيّر ما يقدمه هذا الموقع، أو أجاب شيء آخر.',
});
