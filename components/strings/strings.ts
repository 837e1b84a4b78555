/** What the elements say, as types. */
import type { files } from './en-files.ts';
import type { markdown } from './en-markdown.ts';
import type { notices } from './en-notices.ts';
import type { others } from './en-others.ts';
import type { permissions } from './en-permissions.ts';
import type { problems } from './en-problems.ts';
import type { questions } from './en-questions.ts';
import type { reasons } from './en-reasons.ts';
import type { rewording } from './en-rewording.ts';
import type { runs } from './en-runs.ts';
import type { toast } from './en-toast.ts';
import type { en } from './en.ts';

type Direction = 'ltr' | 'rtl';

/** The shape of a table of texts, whatever they are in English. */
type Loose<T> = T extends Direction
  ? Direction
  : T extends string
    ? string
    : T extends (...given: infer G) => string
      ? (...given: G) => string
      : { readonly [K in keyof T]: Loose<T[K]> };

/** What is said in English: at once, and by what comes later. */
type English = typeof en &
  typeof files &
  typeof markdown &
  typeof notices &
  typeof others &
  typeof permissions &
  typeof problems &
  typeof questions &
  typeof reasons &
  typeof rewording &
  typeof runs &
  typeof toast;

/** Everything that the elements say. A function where a text depends on a value. */
export type Strings = Loose<English>;

type Some<T> = T extends string | ((...given: never[]) => string) ? T : { readonly [K in keyof T]?: Some<T[K]> };

/** Some of it, to be said in the place of what the elements would say. */
export type SomeStrings = Some<Strings>;

/** What is said of a run by `<inpage-trace>`, and by `<inpage-progress>` beside its list. */
export type RunStrings = Strings['runs'];

/** What a page sets on an element: some texts, or a function that gives them for those of the language in use. */
export type StringsOverride = SomeStrings | ((strings: Strings) => SomeStrings);
