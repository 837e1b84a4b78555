/** Markdown of models as Lit templates. Loaded when the first of it is shown: a conversation begins without. */
export { markdownBlocks } from './blocks.ts';
export type { MarkdownBlocks } from './blocks.ts';
export { blocksView } from './block-view.ts';
export type { Shown } from './shown.ts';
export { markdownStyles as styles } from '../markdown.styles.ts';
export { markdown as words } from '../strings/en-markdown.ts';
