/** What the elements say: by language, and in the words of a page where it has set some. */
export { addEnglish, defineStrings } from './packs.ts';
export type { RunStrings, SomeStrings, Strings, StringsOverride } from './strings.ts';
export { WordedElement } from './worded-element.ts';
export type { Worded } from './worded-element.ts';
