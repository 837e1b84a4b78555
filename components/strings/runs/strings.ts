/** What is said of runs, as types. */
import type { Loose } from '../strings.ts';
import type { en } from './en.ts';

/** The texts of `<inpage-trace>` and of the late parts of `<inpage-progress>`. */
export type RunStrings = Loose<typeof en>;
