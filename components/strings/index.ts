/** What the elements say: by language, and in the words of a page where it has set some. */
export { lateStrings } from './merge.ts';
export { defineStrings } from './packs.ts';
export type { Loose, SomeStrings, Strings, StringsOverride } from './strings.ts';
export { WordedElement } from './worded-element.ts';
export type { Worded } from './worded-element.ts';
