/** What all elements have in common: they speak the language of where they stand. */
import { LitElement } from 'lit';
import type { PropertyDeclarations, ReactiveControllerHost } from 'lit';
import { languageOf, watchLanguages } from './language.ts';
import { merged } from './merge.ts';
import { addEnglish, loadStrings, stringsOf, watchStrings } from './packs.ts';
import type { SomeStrings, Strings, StringsOverride } from './strings.ts';

/** An element that has words, as its parts see it. */
export interface Worded extends ReactiveControllerHost {
  readonly words: Strings;
}

/**
 * An element whose texts are those of the nearest `lang`, of itself or around it. Without one, or in a language that
 * there is no pack of, it speaks English. It is not shown before its pack is there.
 */
export abstract class WordedElement extends LitElement implements Worded {
  static override properties: PropertyDeclarations = { strings: { attribute: false } };

  /** The English texts of its own, which come with its class. */
  protected static readonly english: readonly SomeStrings[] = [];

  /** Texts of the page's own, by name; or a function that gives them for those of the language in use. */
  declare strings?: StringsOverride;

  #base: Strings;
  #words: { readonly base: Strings; readonly over: StringsOverride | undefined; readonly strings: Strings } | undefined;
  #unwatch: readonly (() => void)[] = [];

  constructor() {
    super();
    addEnglish(...(this.constructor as typeof WordedElement).english);
    this.#base = stringsOf('');
  }

  /** All that the element says, in the language in use. */
  get words(): Strings {
    const { strings: over } = this;
    if (this.#words?.base === this.#base && this.#words.over === over) return this.#words.strings;
    const some = typeof over === 'function' ? over(this.#base) : over;
    const strings = some ? merged(this.#base, some) : this.#base;
    this.#words = { base: this.#base, over, strings };
    return strings;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwatch = [watchLanguages(this.#look), watchStrings(this.#look)];
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#unwatch) end();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    const lang = languageOf(this);
    const loading = this.isConnected ? loadStrings(lang) : undefined;
    if (loading) return loading.then(() => this.scheduleUpdate());
    // What has come while it was out of the page as well.
    this.#base = stringsOf(lang);
    return super.scheduleUpdate();
  }

  readonly #look = (): void => {
    const lang = languageOf(this);
    const base = stringsOf(lang);
    if (base === this.#base && loadStrings(lang) === undefined) return;
    this.#base = base;
    this.requestUpdate();
  };
}
