/** What the elements say in English. Its type is what a pack of another language has to have. */
import type { RunStatus } from '../../src/core/index.ts';

const number = (value: number): string => value.toLocaleString('en');

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

  // ── notices ──
  dismiss: 'Dismiss this notice',
  standIn: (model: string, host: string) => `“${model}” at ${host} answers instead, as the language model did not.`,

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
  suggestions: 'Suggestions',
  reword: 'Edit this message',

  // ── markdown ──

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
  answer: 'Answer',
  asksOutcome: (tool: string) => `Asks whether this was done: ${tool}.`,

  // ── permissions ──
  permissions: 'Permissions',
  close: 'Close',

  // ── composer ──
  message: 'Message',
  placeholder: 'Write a message',
  send: 'Send',
  stop: 'Stop',
  keys: 'Enter sends, Shift+Enter starts a new line',

  // ── status ──
  sent: 'Sent.',
  working: 'Working…',
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
  startFix: 'Reload the page. If that does not help, the site has to look into it.',

  // ── conversations ──
  cancel: 'Cancel',
});
