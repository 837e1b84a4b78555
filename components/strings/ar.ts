/** What the elements say in Arabic. */
import { abilities } from './ar-abilities.ts';
import { reasons } from './ar-reasons.ts';
import { runs } from './ar-runs.ts';
import { counted } from './listed.ts';
import type { Strings } from './strings.ts';

const number = (value: number): string => value.toLocaleString('ar');
const size = (value: number): string => value.toLocaleString('ar', { maximumFractionDigits: 1 });

const UNITS = {
  minute: { one: 'دقيقة واحدة', two: 'دقيقتين', few: 'دقائق', many: 'دقيقة' },
  second: { one: 'ثانية واحدة', two: 'ثانيتين', few: 'ثوانٍ', many: 'ثانية' },
};

/** Milliseconds in words, rounded up. */
function duration(wait: number): string {
  const [count, { one, two, few, many }] =
    wait > 90_000 ? [Math.ceil(wait / 60_000), UNITS.minute] : [Math.ceil(wait / 1000), UNITS.second];
  if (count === 1) return one;
  if (count === 2) return two;
  return `${number(count)} ${new Intl.PluralRules('ar').select(count) === 'few' ? few : many}`;
}

export const ar: Strings = Object.freeze({
  locale: 'ar',
  dir: 'rtl',

  // ── header ──
  heading: 'المساعد',
  newConversation: 'محادثة جديدة',
  ruleBased: 'مساعد يعمل بقواعد',
  ruleBasedMeaning: 'يتبع قواعد على هذا الجهاز من دون نموذج لغوي. يقرأ الإنجليزية وقد يسيء فهمك.',
  browserModel: 'نموذج المتصفح',
  browserModelMeaning: 'يجيب النموذج اللغوي لهذا المتصفح. ما تكتبه يبقى على هذا الجهاز.',
  sentTo: (host) => `يُرسل إلى ${host}`,
  sentToMeaning: (model, host) => `يجيب «${model}». ما تكتبه وما يقرؤه المساعد من أجلك يُرسل إلى ${host}.`,
  sentElsewhere: (hosts) => `وإن لم يُجب فيُرسل إلى ${hosts} بدلًا منه.`,
  sentUnknown: 'يجيب نموذج لغوي اختاره هذا الموقع. قد يغادر ما تكتبه هذا الجهاز.',

  // ── notices ──
  dismiss: 'إخفاء هذا التنبيه',
  ownKey: 'يبقى مفتاحك في الذاكرة فقط إلى أن تغادر هذه الصفحة. وكل برنامج في هذه الصفحة يستطيع قراءته.',
  standIn: (model, host) => `يجيب «${model}» لدى ${host} بدلًا من النموذج اللغوي الذي لم يُجب.`,
  modelGone: 'تعذّر استخدام النموذج اللغوي، لذلك يجيب مساعد يعمل بقواعد.',
  downloadable: 'لهذا المتصفح نموذج لغوي خاص يمكن تنزيله. وحتى ذلك الحين تجيب القواعد.',
  downloading: 'ينزّل هذا المتصفح نموذجه اللغوي. وحتى يصل تجيب القواعد.',
  download: 'تنزيل',
  downloadUnderWay: 'جارٍ تنزيل النموذج اللغوي',
  cancelDownload: 'إلغاء',
  downloadFailed: 'تعذّر تنزيل النموذج اللغوي.',
  downloaded: 'وصل النموذج اللغوي. سيجيب بعد إعادة تحميل هذه الصفحة.',
  hasDownloaded: 'تم التنزيل.',
  reload: 'إعادة التحميل',
  inPage: 'يعمل المساعد داخل الصفحة نفسها لأن هذا الموقع لا يسمح ببدء عامل في الخلفية.',
  full: 'لم تعد هناك مساحة على هذا الجهاز. تستمر المحادثة، لكن ما يأتي الآن يبقى حتى إغلاق الصفحة فقط. حرّر بعض المساحة أو احذف محادثات لا تحتاج إليها.',
  offline: (host: string) => `أنت غير متصل بالإنترنت. لن يجيب ${host} حتى تتصل من جديد.`,
  online: 'عاد الاتصال بالإنترنت.',
  memoryOnly: 'لا يحفظ هذا المتصفح شيئًا: تزول المحادثة عند إغلاق الصفحة.',

  // ── conversation ──
  conversation: 'المحادثة',
  welcome: 'كيف يمكنني مساعدتك؟',
  you: 'أنت',
  assistant: 'المساعد',
  tool: (name) => `أداة: ${name}`,
  showAll: (characters) => `إظهار النص كاملًا (عدد الأحرف: ${number(characters)})`,
  earlier: 'إظهار الرسائل السابقة',
  newest: 'الانتقال إلى أحدث رسالة',

  unfinished: 'انقطع هذا قبل أن يكتمل.',
  resume: 'متابعة',
  again: 'إجابة أخرى',
  suggestions: 'اقتراحات',
  reword: 'تعديل هذه الرسالة',
  rewording: 'رسالتك بكلمات أخرى',
  rewordingMeaning: 'تستمر المحادثة من هنا في نسخة. وتبقى هذه محفوظة.',
  reworded: 'أُرسلت في نسخة من المحادثة.',
  keepWords: 'إلغاء',

  // ── markdown ──
  copyCode: 'نسخ الشيفرة',
  table: 'جدول',
  toDo: 'مهمة',
  showPicture: (alt, host) => `إظهار الصورة${alt === '' ? '' : ` «${alt}»`} من ${host}`,

  // ── tool calls ──
  input: 'المدخلات',
  output: 'النتيجة',
  error: 'الخطأ',
  reason: 'السبب',
  toolDone: 'تم',
  toolFailed: 'فشل',
  toolDenied: 'لم يُنفّذ: لقد رفضت',
  toolUndone: 'تم التراجع',
  undo: 'تراجع',
  undoTool: (name) => `تراجع: ${name}`,
  undone: 'تم التراجع.',
  outside: 'من الخارج',
  outsideMeaning: 'قد يكون هذا النص من كتابة آخرين. ولا يُعدّ طلبًا منك.',
  toolRunning: (name) => `${name} قيد التنفيذ`,
  why: 'لماذا هذا؟',
  whyAsked: 'تُقرأ رسالتك من جديد…',

  // ── questions ──
  approvalTitle: 'يطلب موافقتك',
  questionTitle: 'يطلب إجابة',
  approve: 'موافقة',
  reject: 'رفض',
  answer: 'إجابة',
  yourAnswer: 'إجابتك',
  editArguments: 'تعديل',
  keepArguments: 'من دون تعديل',
  optional: '(اختياري)',
  eachLine: 'عنصر واحد في كل سطر.',
  yes: 'نعم',
  no: 'لا',
  unreadable: Object.freeze({ number: 'هذا ليس رقمًا.', json: 'هذا ليس JSON صالحًا.' }),
  allow: 'السماح',
  scope: Object.freeze({
    once: 'هذه المرة فقط',
    run: 'حتى تتم الإجابة عن هذه الرسالة',
    thread: 'في هذه المحادثة',
    always: 'دائمًا في هذا الموقع',
  }),
  touches: (what) => `يغيّر ${what}`,
  tainted: (tool) => `جلبت «${tool}» نصًا قد يكون من كتابة آخرين. تأكد أن هذا ما تريده: سيُطلب ذلك في كل مرة.`,
  expires: (time) => `عدم الإجابة حتى ${time} يُعدّ رفضًا.`,
  expired: 'انتهى وقت الإجابة.',
  outcomeTitle: 'هل نُفّذ هذا؟',
  outcomeMeaning: (tool) => `انقطعت «${tool}». ربما كان لها أثر وربما لا.`,
  outcome: Object.freeze({ done: 'نُفّذ', retry: 'نفّذه مرة أخرى', cancel: 'اتركه' }),
  asksOutcome: (tool) => `يسأل هل نُفّذ هذا: ${tool}.`,

  // ── permissions ──
  permissions: 'الأذونات',
  permissionsMeaning: 'يفعل المساعد هذا من دون سؤال. يمكنك سحبه في أي وقت.',
  noPermissions: 'يسأل المساعد قبل كل ما قد يضر. وما تسمح به لمدة أطول يُذكر هنا.',
  held: Object.freeze({ run: 'لهذه الرسالة', thread: 'في هذه المحادثة', always: 'دائمًا في هذا الموقع' }),
  since: (date) => `منذ ${date}`,
  revoke: 'سحب',
  revokeTool: (tool) => `سحب: ${tool}`,
  close: 'إغلاق',
  danger: Object.freeze({ low: 'خطر منخفض', medium: 'خطر متوسط', high: 'خطر مرتفع' }),

  // ── composer ──
  message: 'رسالة',
  placeholder: 'اكتب رسالة',
  send: 'إرسال',
  stop: 'إيقاف',
  keys: 'Enter للإرسال، وShift+Enter لسطر جديد',

  // ── status ──
  sent: 'أُرسلت.',
  working: 'جارٍ العمل…',
  approved: 'تمت الموافقة.',
  rejected: 'تم الرفض.',
  answered: 'تمت الإجابة.',
  asksApproval: (tool) => `يطلب موافقتك: ${tool}.`,
  asksAnswer: 'يطلب إجابة.',
  ended: Object.freeze({
    completed: 'تم.',
    interrupted: 'في انتظارك.',
    failed: 'فشل.',
    cancelled: 'توقف.',
    limit: 'توقف عند حد الخطوات. أرسل رسالة للمتابعة.',
    paused: 'متوقف مؤقتًا.',
  }),

  // ── errors ──
  failedFix: 'حاول مرة أخرى.',
  retry: 'حاول مرة أخرى',
  forTheSite: 'لصاحب هذا الموقع',
  failures: Object.freeze({
    unreachable: { message: 'تعذّر الوصول إلى النموذج اللغوي.', fix: 'حاول مرة أخرى بعد قليل.' },
    offline: { message: 'هذا الجهاز غير متصل.', fix: 'حاول مرة أخرى عندما يتصل.' },
    unauthorized: {
      message: 'لم يسمح النموذج اللغوي لهذا الموقع بالدخول.',
      fix: 'قد يكون مفتاحه أو رمزه خاطئًا أو منتهي الصلاحية.',
    },
    rateLimited: {
      message: 'لا يقبل النموذج اللغوي طلبات أخرى الآن.',
      fix: 'حاول مرة أخرى بعد مدة.',
      later: (wait: number) => `حاول مرة أخرى بعد ${duration(wait)}.`,
      spent: 'على الموقع أن يعالج ذلك.',
    },
    timeout: { message: 'لم يُجب النموذج اللغوي في الوقت المحدد.', fix: '' },
    failed: { message: 'تعذّر على المساعد أن يجيب.', fix: '' },
    output: { message: 'لم تكن الإجابة بالشكل المطلوب.', fix: '' },
    overflow: { message: 'هذه المحادثة أطول مما يتسع له النموذج اللغوي.', fix: 'ابدأ محادثة جديدة؛ وتبقى هذه محفوظة.' },
    runSpent: { message: 'استهلكت هذه الإجابة ما يُسمح به لإجابة واحدة.', fix: 'يمكنك أن تدعها تستمر.' },
    daySpent: { message: 'استهلك المساعد ما يُسمح به في اليوم.', fix: 'يمكنه أن يتابع غدًا.' },
  }),
  mendFields: 'لا يمكن تنفيذ هذا كما هو. الأخطاء مذكورة عند الحقول أعلاه.',
  answerFirst: 'أجب أولًا عن السؤال أعلاه من فضلك.',
  answeredBefore: 'تمت الإجابة عن هذا من قبل، في علامة تبويب أخرى أو من شخص آخر.',
  startFix: 'أعد تحميل الصفحة. وإن لم يُفد ذلك فعلى الموقع أن ينظر في الأمر.',

  // ── conversations ──
  conversations: 'المحادثات',
  untitled: 'بلا عنوان',
  noConversations: 'ما تكتبه يُحفظ هنا.',
  findConversation: 'البحث عن محادثة',
  noneFound: 'لا توجد محادثة بهذا الاسم.',
  moreConversations: 'إظهار محادثات أقدم',
  spans: Object.freeze({ today: 'اليوم', yesterday: 'أمس', week: 'الأيام السبعة الأخيرة', earlier: 'قبل ذلك' }),
  threadStatus: Object.freeze({ unfinished: 'انقطعت', interrupted: 'في انتظارك' }),
  actions: (name) => `خيارات «${name}»`,
  rename: 'إعادة التسمية',
  renameThread: (name) => `إعادة التسمية: «${name}»`,
  title: 'العنوان',
  save: 'حفظ',
  cancel: 'إلغاء',
  saveFile: 'حفظ في ملف',
  saveThread: (name) => `حفظ في ملف: «${name}»`,
  delete: 'حذف',
  deleteThread: (name) => `حذف «${name}»`,
  reallyDelete: (name) => `هل تريد حذف «${name}» نهائيًا؟`,
  bringIn: 'جلب من ملف…',

  // ── launcher ──
  openAgent: 'اسأل المساعد',
  closeAgent: 'إغلاق المساعد',

  // ── progress ──
  progress: 'التقدّم',
  taskStatus: Object.freeze({
    running: 'قيد التنفيذ',
    ok: 'تم',
    failed: 'فشل',
    interrupted: 'في انتظارك',
    cancelled: 'توقف',
    cached: 'تم، من الذاكرة المؤقتة',
  }),
  callStatus: Object.freeze({
    called: 'استُدعيت',
    running: 'قيد التنفيذ',
    ok: 'تم',
    failed: 'فشل',
    denied: 'لم يُنفّذ: لقد رفضت',
    cached: 'تم، من الذاكرة المؤقتة',
    unknown: 'النتيجة غير معروفة',
  }),
  waiting: 'في انتظارك',

  // ── workflows ──
  notBegun: 'لم يبدأ',
  leftOut: 'لا حاجة إليه',
  attempt: (count) => `المحاولة ${number(count)}`,
  start: 'بدء',
  startAgain: 'البدء من جديد',
  started: 'بدأ.',
  waitsUntil: (time) => `ينتظر هذا إجابة حتى ${time}.`,
  noWorkflow: 'لا يوجد سير عمل هنا.',
  noWorkflowFix: 'اذكر ملفه في src، أو ضع نصه في script من النوع application/yaml داخل العنصر.',
  hitl: Object.freeze({
    approval: { title: 'يطلب موافقتك', yes: 'موافقة', no: 'رفض' },
    confirmation: { title: 'يطلب تأكيدك', yes: 'تأكيد', no: 'لا' },
    review: { title: 'يطلب مراجعتك', yes: 'موافقة', no: 'رفض' },
    choice: { title: 'يطلب اختيارك' },
    input: { title: 'يطلب إجابة' },
  }),

  abilities,
  reasons,
  runs,

  taken: (read, written) => `حتى الآن قرأ ${number(read)} رمزًا من هذه المحادثة وكتب ${number(written)}.`,

  // ── files ──
  files: {
    add: 'إضافة ملفات',
    chosen: 'ملفات رسالتك',
    added: (names) => `أُضيف: ${names.join('، ')}.`,
    remove: (name) => `إزالة ${name}`,
    removed: (name) => `أُزيل: ${name}.`,
    kilobytes: (count) => `${number(count)} ك.ب`,
    megabytes: (count) => `${size(count)} م.ب`,
    tooLarge: (name) => `«${name}» كبير جدًا.`,
    largest: (limit) => `قد يبلغ حجم الملف ${limit} على الأكثر.`,
    notTaken: (name) => `لا يمكن إرسال ملف من نوع «${name}» هنا.`,
    tooMany: 'هذه ملفات كثيرة جدًا.',
    most: (count) => `أقصى عدد من الملفات في الرسالة: ${number(count)}.`,
    unnamed: 'ملف',
  },

  // ── undo toast ──
  toast: {
    undoAll: 'التراجع عن الكل',
    justDone: 'تم الآن',
    hasDone: (names) =>
      names.length === 1
        ? `تم: ${names.join('')}.`
        : `نُفّذت أشياء عددها ${number(names.length)}: ${counted(names, (count) => `× ${number(count)}`).join('، ')}.`,
    canUndo: (done) => `${done} يمكنك التراجع عن هذا.`,
  },
});
