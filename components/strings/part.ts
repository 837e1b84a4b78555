/** Texts of some elements alone, which come with them and not with the chat. */
import { languageOf } from './language.ts';
import { merged } from './merge.ts';
import type { SomeStrings, Strings } from './strings.ts';
import type { WordedElement } from './worded-element.ts';

type Packs<T> = Readonly<Record<string, () => Promise<T>>>;

/** A part of the texts by language, under one name of the texts that a page may set. */
export class WordsPart<T extends object> {
  readonly #name: string;
  readonly #packs: Packs<T>;
  readonly #loaded: Map<string, T>;
  readonly #loading = new Map<string, Promise<unknown>>();
  readonly #merged = new WeakMap<Strings, T>();
  readonly #en: T;

  /** @param name where a page's own texts of this part are found among those of all. */
  constructor(name: string, en: T, packs: Packs<T>) {
    this.#name = name;
    this.#en = en;
    this.#packs = packs;
    this.#loaded = new Map([['en', en]]);
  }

  /** Loads the pack of the language that an element stands in; undefined when there is nothing to wait for. */
  load(element: Element): Promise<unknown> | undefined {
    const lang = baseOf(element);
    if (this.#loaded.has(lang)) return undefined;
    const work =
      this.#loading.get(lang) ??
      this.#packs[lang]?.().then(
        (texts) => this.#loaded.set(lang, texts),
        () => this.#loaded.set(lang, this.#en),
      );
    if (work) this.#loading.set(lang, work);
    return work;
  }

  /** The texts for an element, with a page's own in their place. */
  of(element: WordedElement): T {
    const { words } = element;
    const known = this.#merged.get(words);
    if (known) return known;
    const lang = baseOf(element);
    const base = this.#loaded.get(lang) ?? this.#en;
    const own = (words as unknown as Readonly<Record<string, SomeStrings | undefined>>)[this.#name];
    const texts = own ? (merged(base as unknown as Strings, own) as unknown as T) : base;
    if (this.#loaded.has(lang) || !this.#packs[lang]) this.#merged.set(words, texts);
    return texts;
  }
}

const baseOf = (element: Element): string => languageOf(element).toLowerCase().split(/[-_]/)[0] ?? '';
