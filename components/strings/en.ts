/** What the elements say in English. Its type is what a pack of another language has to have. */
import type { RunStatus } from '../../src/core/index.ts';

const number = (value: number): string => value.toLocaleString('en');

/** Milliseconds in words, rounded up. */
function duration(wait: number): string {
  const [count, unit] = wait > 90_000 ? [Math.ceil(wait / 60_000), 'minute'] : [Math.ceil(wait / 1000), 'second'];
  return `${number(count)} ${unit}${count === 1 ? '' : 's'}`;
}

/** The English texts. A function where the text depends on a value. */
export const en = Object.freeze({
  /** Of dates and numbers; empty for those of the browser. */
  locale: '',
  dir: 'ltr',

  // ── header ──
  heading: 'Assistant',
  newConversation: 'New conversation',
  ruleBased: 'Rule-based assistant',
  ruleBasedMeaning: 'Follows rules on this device, without a language model. It reads English, and may misread you.',
  browserModel: 'Browser model',
  browserModelMeaning: 'The language model of this browser answers. What you write stays on this device.',
  sentTo: (host: string) => `sent to ${host}`,
  sentToMeaning: (model: string, host: string) =>
    `“${model}” answers. What you write, and what the assistant reads for you, is sent to ${host}.`,
  sentElsewhere: (hosts: string) => `If it does not answer, it is sent to ${hosts} instead.`,
  sentUnknown: 'A language model answers that this site has chosen. What you write may leave this device.',
  taken: (read: number, written: number) =>
    `So far it has read ${read.toLocaleString('en')} tokens of this conversation and written ${written.toLocaleString('en')}.`,

  // ── notices ──
  dismiss: 'Dismiss this notice',
  ownKey: 'Your key is kept in memory alone, until you leave this page. Every script of this page can read it.',
  standIn: (model: string, host: string) => `“${model}” at ${host} answers instead, as the language model did not.`,
  modelGone: 'The language model could not be used, so a rule-based assistant answers.',
  downloadable: 'This browser has a language model of its own, which can be downloaded. Until then rules answer.',
  downloading: 'This browser is downloading its language model. Until it is there, rules answer.',
  download: 'Download',
  downloadUnderWay: 'Downloading the language model',
  cancelDownload: 'Cancel',
  downloadFailed: 'The language model could not be downloaded.',
  downloaded: 'The language model is there. It answers once this page has been loaded again.',
  hasDownloaded: 'Downloaded.',
  reload: 'Load again',
  inPage: 'The assistant runs in the page itself, because this site lets no worker start.',
  memoryOnly: 'This browser keeps nothing: the conversation is gone when you close the page.',

  // ── conversation ──
  conversation: 'Conversation',
  welcome: 'How can I help?',
  you: 'You',
  assistant: 'Assistant',
  tool: (name: string) => `Tool: ${name}`,
  showAll: (characters: number) => `Show all ${number(characters)} characters`,
  earlier: 'Show earlier messages',
  newest: 'Go to the newest message',

  unfinished: 'This was cut off before it was done.',
  resume: 'Go on',
  again: 'Answer again',
  reword: 'Edit this message',
  rewording: 'Your message in other words',
  rewordingMeaning: 'The conversation goes on from here as a copy. This one is kept.',
  reworded: 'Sent in a copy of the conversation.',
  keepWords: 'Cancel',

  // ── markdown ──
  copyCode: 'Copy the code',
  table: 'Table',
  toDo: 'Task',
  showPicture: (alt: string, host: string) => `Show the picture${alt === '' ? '' : ` “${alt}”`} from ${host}`,

  // ── tool calls ──
  input: 'Input',
  output: 'Output',
  error: 'Error',
  reason: 'Reason',
  toolDone: 'Done',
  toolFailed: 'Failed',
  toolDenied: 'Not done: you said no',
  toolUndone: 'Undone',
  undo: 'Undo',
  undoTool: (name: string) => `Undo: ${name}`,
  undone: 'Undone.',
  outside: 'from outside',
  outsideMeaning: 'This text may have been written by others. It is not taken for what you want.',
  toolRunning: (name: string) => `${name} is running`,

  why: 'Why this?',
  whyAsked: 'Reading your message again…',

  // ── questions ──
  approvalTitle: 'Asks for your approval',
  questionTitle: 'Asks for an answer',
  approve: 'Approve',
  reject: 'Reject',
  answer: 'Answer',
  yourAnswer: 'Your answer',
  editArguments: 'Edit',
  keepArguments: 'Don’t edit',
  optional: '(optional)',
  eachLine: 'One on each line.',
  yes: 'Yes',
  no: 'No',
  unreadable: Object.freeze({ number: 'This is no number.', json: 'This is no valid JSON.' }),
  allow: 'Allow',
  scope: Object.freeze({
    once: 'Only this time',
    run: 'Until this message is answered',
    thread: 'In this conversation',
    always: 'Always on this site',
  }),
  touches: (what: string) => `changes ${what}`,
  tainted: (tool: string) =>
    `“${tool}” has brought text that others may have written. Make sure that this is what you want: it is asked each time.`,
  expires: (time: string) => `No answer until ${time} counts as no.`,
  expired: 'The time to answer is over.',
  outcomeTitle: 'Was this done?',
  outcomeMeaning: (tool: string) => `“${tool}” was cut off. It may have had its effect, or not.`,
  outcome: Object.freeze({ done: 'It was done', retry: 'Do it again', cancel: 'Leave it' }),
  asksOutcome: (tool: string) => `Asks whether this was done: ${tool}.`,

  // ── permissions ──
  permissions: 'Permissions',
  permissionsMeaning: 'The assistant does this without asking. You can take it back at any time.',
  noPermissions: 'The assistant asks before everything that could do harm. What you allow for longer is listed here.',
  held: Object.freeze({ run: 'For this message', thread: 'In this conversation', always: 'Always on this site' }),
  since: (date: string) => `since ${date}`,
  revoke: 'Revoke',
  revokeTool: (tool: string) => `Revoke: ${tool}`,
  close: 'Close',
  danger: Object.freeze({ low: 'Low risk', medium: 'Medium risk', high: 'High risk' }),

  // ── composer ──
  message: 'Message',
  placeholder: 'Write a message',
  send: 'Send',
  stop: 'Stop',
  keys: 'Enter sends, Shift+Enter starts a new line',

  // ── status ──
  sent: 'Sent.',
  working: 'Working…',
  approved: 'Approved.',
  rejected: 'Rejected.',
  answered: 'Answered.',
  asksApproval: (tool: string) => `Asks for your approval: ${tool}.`,
  asksAnswer: 'Asks for an answer.',
  ended: Object.freeze({
    completed: 'Done.',
    interrupted: 'Waits for you.',
    failed: 'Failed.',
    cancelled: 'Stopped.',
    limit: 'Stopped at its step limit. Send a message to go on.',
    paused: 'Paused.',
  } satisfies Record<RunStatus, string>),

  // ── errors ──
  failedFix: 'Try again.',
  retry: 'Try again',
  forTheSite: 'For this site’s owner',
  failures: Object.freeze({
    unreachable: { message: 'The language model cannot be reached.', fix: 'Try again in a moment.' },
    offline: { message: 'This device is offline.', fix: 'Try again when it is online.' },
    unauthorized: {
      message: 'The language model did not let this site in.',
      fix: 'Its key or token may be wrong or out of date.',
    },
    rateLimited: {
      message: 'The language model takes no more requests for now.',
      fix: 'Try again in a while.',
      later: (wait: number) => `Try again in ${duration(wait)}.`,
      spent: 'The site has to see to it.',
    },
    timeout: { message: 'The language model did not answer in time.', fix: '' },
    failed: { message: 'The assistant could not answer.', fix: '' },
    output: { message: 'The answer was not of the form that was asked for.', fix: '' },
    overflow: {
      message: 'This conversation is too long for the language model.',
      fix: 'Begin a new one; this one is kept.',
    },
    runSpent: { message: 'This answer has taken as much as one answer may.', fix: 'You can let it go on.' },
    daySpent: { message: 'The assistant has used up what it may take in a day.', fix: 'It can go on tomorrow.' },
  }),
  mendFields: 'This cannot be done as it is. What is wrong is said at the fields above.',
  answerFirst: 'Please answer what is asked above first.',
  startFix: 'Reload the page. If that does not help, the site has to look into it.',

  // ── conversations ──
  conversations: 'Conversations',
  untitled: 'Untitled',
  noConversations: 'What you write is kept here.',
  findConversation: 'Find a conversation',
  noneFound: 'No conversation is called so.',
  moreConversations: 'Show older conversations',
  spans: Object.freeze({ today: 'Today', yesterday: 'Yesterday', week: 'The last seven days', earlier: 'Earlier' }),
  threadStatus: Object.freeze({ unfinished: 'was cut off', interrupted: 'waits for you' }),
  actions: (name: string) => `What to do with “${name}”`,
  rename: 'Rename',
  renameThread: (name: string) => `Rename “${name}”`,
  title: 'Title',
  save: 'Save',
  cancel: 'Cancel',
  saveFile: 'Save as file',
  saveThread: (name: string) => `Save as file: “${name}”`,
  delete: 'Delete',
  deleteThread: (name: string) => `Delete “${name}”`,
  reallyDelete: (name: string) => `Delete “${name}” for good?`,
  bringIn: 'Bring in a file…',

  // ── launcher ──
  openAgent: 'Ask the assistant',
  closeAgent: 'Close the assistant',

  // ── progress ──
  progress: 'Progress',
  taskStatus: Object.freeze({
    running: 'running',
    ok: 'done',
    failed: 'failed',
    interrupted: 'waits for you',
    cancelled: 'stopped',
    cached: 'done, from cache',
  }),
  callStatus: Object.freeze({
    called: 'called',
    running: 'running',
    ok: 'done',
    failed: 'failed',
    denied: 'not done: you said no',
    cached: 'done, from cache',
    unknown: 'outcome not known',
  }),
  waiting: 'Waiting for you',

  // ── workflows ──
  notBegun: 'not begun',
  leftOut: 'not needed',
  attempt: (count: number) => `try ${number(count)}`,
  start: 'Start',
  startAgain: 'Start again',
  started: 'Started.',
  waitsUntil: (time: string) => `This waits for an answer until ${time}.`,
  noWorkflow: 'There is no workflow here.',
  noWorkflowFix: 'Name its file with src, or put its text into a script of type application/yaml inside the element.',
  hitl: Object.freeze({
    approval: { title: 'Asks for your approval', yes: 'Approve', no: 'Reject' },
    confirmation: { title: 'Asks you to confirm', yes: 'Confirm', no: 'No' },
    review: { title: 'Asks you to look this over', yes: 'Approve', no: 'Reject' },
    choice: { title: 'Asks you to choose' },
    input: { title: 'Asks for an answer' },
  }),
});
