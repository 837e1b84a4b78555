/** What is said in English of the questions of a run, which comes with their cards. */
import { problems } from './en-problems.ts';

export const questions = Object.freeze({
  ...problems,
  taken: (read: number, written: number) =>
    `So far it has read ${read.toLocaleString('en')} tokens of this conversation and written ${written.toLocaleString('en')}.`,
  questionTitle: 'Asks for an answer',
  approve: 'Approve',
  reject: 'Reject',
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
  danger: Object.freeze({ low: 'Low risk', medium: 'Medium risk', high: 'High risk' }),
  approved: 'Approved.',
  rejected: 'Rejected.',
  answered: 'Answered.',
  waitsUntil: (time: string) => `This waits for an answer until ${time}.`,
  hitl: Object.freeze({
    approval: { title: 'Asks for your approval', yes: 'Approve', no: 'Reject' },
    confirmation: { title: 'Asks you to confirm', yes: 'Confirm', no: 'No' },
    review: { title: 'Asks you to look this over', yes: 'Approve', no: 'Reject' },
    choice: { title: 'Asks you to choose' },
    input: { title: 'Asks for an answer' },
  }),
  mendFields: 'This cannot be done as it is. What is wrong is said at the fields above.',
});
