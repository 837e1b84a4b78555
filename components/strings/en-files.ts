/** What is said in English of files that a message takes along, which comes with what chooses them. */
const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 1 });

export const files = Object.freeze({
  files: Object.freeze({
    add: 'Add files',
    chosen: 'Files of your message',
    added: (names: readonly string[]) => `Added: ${names.join(', ')}.`,
    remove: (name: string) => `Remove ${name}`,
    removed: (name: string) => `Removed: ${name}.`,
    kilobytes: (count: number) => `${number(count)} kB`,
    megabytes: (count: number) => `${number(count)} MB`,
    tooLarge: (name: string) => `“${name}” is too large.`,
    largest: (size: string) => `A file may have up to ${size}.`,
    notTaken: (name: string) => `“${name}” is not of a kind that can be sent here.`,
    tooMany: 'These are too many files.',
    most: (count: number) => `A message may have up to ${number(count)}.`,
    unnamed: 'File',
  }),
});
