/** What `<inpage-trace>` and the late parts of `<inpage-progress>` say beside what all elements do. */
import { WordsPart } from '../part.ts';
import { en } from './en.ts';
import type { RunStrings } from './strings.ts';

export type { RunStrings } from './strings.ts';

export const runWords = new WordsPart<RunStrings>('runs', en, {
  de: () => import('./de.ts').then(({ de }) => de),
  ar: () => import('./ar.ts').then(({ ar }) => ar),
});
