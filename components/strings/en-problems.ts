/** What is said in English of what went wrong, which comes once the page is idle. */
const number = (value: number): string => value.toLocaleString('en');

/** Milliseconds in words, rounded up. */
function duration(wait: number): string {
  const [count, unit] = wait > 90_000 ? [Math.ceil(wait / 60_000), 'minute'] : [Math.ceil(wait / 1000), 'second'];
  return `${number(count)} ${unit}${count === 1 ? '' : 's'}`;
}

export const problems = Object.freeze({
  retry: 'Try again',
  answeredBefore: 'This has been answered already, in another tab or by somebody else.',
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
  answerFirst: 'Please answer what is asked above first.',
});
