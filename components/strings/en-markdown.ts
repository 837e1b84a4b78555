/** What is said in English within markdown, which comes with it. */
export const markdown = Object.freeze({
  copyCode: 'Copy the code',
  table: 'Table',
  toDo: 'Task',
  showPicture: (alt: string, host: string) => `Show the picture${alt === '' ? '' : ` “${alt}”`} from ${host}`,
});
