/** The packs of texts, by language: those that come with the elements, each loaded when it is needed, and a site's own. */
import { en } from './en.ts';
import { merged } from './merge.ts';
import type { SomeStrings, Strings } from './strings.ts';

/** English is there from the start: it is what a pack is completed from, and what is shown where there is none. */
const SHIPPED: Readonly<Record<string, () => Promise<Strings>>> = {
  de: () => import('./de.ts').then(({ de }) => de),
  ar: () => import('./ar.ts').then(({ ar }) => ar),
};

/** All that was loaded of English by now. What needs more of it brings it along. */
let english = en as unknown as Strings;
const brought = new Set<SomeStrings>();
/** Undefined for English, and for a language whose pack could not be loaded: that is English as well. */
const loaded = new Map<string, Strings | undefined>([['en', undefined]]);
const loading = new Map<string, Promise<unknown>>();
const own = new Map<string, SomeStrings>();
const merges = new Map<string, Strings>();
const listeners = new Set<() => void>();

/** `de-AT` and `de_AT` are German as well. */
const baseOf = (lang: string): string => lang.toLowerCase().split(/[-_]/)[0] ?? '';

/**
 * Gives all elements some texts of a language, in the place of those that come with them; or all texts of a language
 * that they do not come with. What is left out stays as it is, in another language English. Called again for the same
 * language it adds to that.
 *
 * @param lang as in the attribute `lang`; `de-AT` alone, or `de` for all kinds of German
 *
 * @example
 * defineStrings('en', { heading: 'Help', send: 'Ask' });
 */
export function defineStrings(lang: string, strings: SomeStrings): void {
  const key = lang.toLowerCase();
  own.set(key, merged((own.get(key) ?? {}) as Strings, strings));
  changed();
}

/** Adds the English texts of what was loaded later, once. */
export function addEnglish(...tables: readonly SomeStrings[]): void {
  const before = english;
  for (const table of tables) {
    if (!brought.has(table)) english = merged(english, table);
    brought.add(table);
  }
  if (english === before) return;
  changed();
}

function changed(): void {
  merges.clear();
  for (const listener of listeners) listener();
}

/** Calls back when the texts of a language may have changed; gives what ends that. */
export function watchStrings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Dates are written as in the place that the page names, else as in the one that the browser has for that language. */
function localeOf(lang: string): SomeStrings {
  const here = globalThis.navigator.languages.find((known) => known.startsWith(`${lang}-`));
  if (here !== undefined) return { locale: here };
  try {
    const [locale] = Intl.getCanonicalLocales(lang.replaceAll('_', '-'));
    return locale === undefined ? {} : { locale };
  } catch {
    return {};
  }
}

/** The texts of a language, as far as they are there. */
export function stringsOf(lang: string): Strings {
  const key = lang.toLowerCase();
  const known = merges.get(key);
  if (known) return known;
  const base = baseOf(lang);
  const names = [...new Set([base, key])];
  const isSpoken = loaded.has(base) || names.some((name) => own.has(name));
  let strings = merged(loaded.get(base) ?? english, isSpoken ? localeOf(lang) : {});
  for (const name of names) strings = merged(strings, own.get(name) ?? {});
  merges.set(key, strings);
  return strings;
}

/** Loads the pack of a language; undefined when there is nothing to wait for. Without it there is English. */
export function loadStrings(lang: string): Promise<unknown> | undefined {
  const base = baseOf(lang);
  if (loaded.has(base)) return undefined;
  const work =
    loading.get(base) ??
    SHIPPED[base]?.().then(
      (strings) => {
        loaded.set(base, strings);
        merges.clear();
      },
      () => {
        loaded.set(base, undefined);
      },
    );
  if (work) loading.set(base, work);
  return work;
}
