/** Reads code into what can be coloured. Loaded with the first code of a known language. */
import hljs from 'highlight.js/lib/core';
import type { Emitter, LanguageFn } from 'highlight.js';
import { groupOf } from './languages.ts';
import type { GrammarGroup } from './languages.ts';
export { colourStyles } from './colours.styles.ts';

/** What a piece of code is, as far as it has a colour. */
export type TokenKind = 'comment' | 'keyword' | 'string' | 'number' | 'name' | 'property' | 'added' | 'removed';

/** A piece of code, by its characters. */
export interface CodeToken {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
}

/** The scopes of grammars by kind. Those with an empty one end the kind that is around them. */
const SCOPES: readonly (readonly [kind: TokenKind | '', scopes: string])[] = [
  ['comment', 'comment quote doctag'],
  ['keyword', 'keyword selector-tag tag name meta literal'],
  ['string', 'string regexp char link symbol code formula'],
  ['number', 'number bullet'],
  ['name', 'title section type built_in class function selector-class selector-id selector-pseudo'],
  ['property', 'attr attribute property variable template-variable params selector-attr'],
  ['added', 'addition'],
  ['removed', 'deletion'],
  ['', 'subst'],
];

const KINDS = new Map(SCOPES.flatMap(([kind, scopes]) => scopes.split(' ').map((scope) => [scope, kind] as const)));

/** Takes what the reader finds as ranges of the text; the HTML that it would make is never made. */
class Tokens implements Emitter {
  readonly tokens: CodeToken[] = [];
  #at = 0;
  readonly #scopes: string[] = [];

  startScope(scope: string): void {
    this.#scopes.push(scope);
  }

  endScope(): void {
    this.#scopes.pop();
  }

  // Of the two names of each, the reader uses now this and now that.
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  addText(text: string): void {
    const scope = this.#scopes.findLast((one) => KINDS.has(head(one)));
    const kind = scope === undefined ? '' : (KINDS.get(head(scope)) ?? '');
    const from = this.#at;
    this.#at += text.length;
    if (kind !== '' && text.trim() !== '') this.tokens.push({ kind, from, to: this.#at });
  }

  __addSublanguage(inner: Tokens): void {
    const from = this.#at;
    for (const token of inner.tokens) this.tokens.push({ ...token, from: token.from + from, to: token.to + from });
    this.#at += inner.#at;
  }

  toHTML(): string {
    return '';
  }

  finalize(): void {
    // Nothing is put together afterwards.
  }
}

/** `title` of `title.function`. */
const head = (scope: string): string => scope.split('.')[0] ?? '';

const reader = hljs.newInstance();
reader.configure({ __emitter: Tokens });

type Grammars = Readonly<Record<string, LanguageFn>>;

const GROUPS: Readonly<Record<GrammarGroup, () => Promise<{ readonly grammars: Grammars }>>> = {
  web: () => import('./grammars-web.ts'),
  scripts: () => import('./grammars-scripts.ts'),
  compiled: () => import('./grammars-compiled.ts'),
};

/** The pieces of some code that have a colour, in their order; none for a language that is not known. */
export async function readCode(text: string, language: string): Promise<readonly CodeToken[]> {
  const group = groupOf(language);
  if (group === undefined) return [];
  const { grammars } = await GROUPS[group]();
  for (const [name, grammar] of Object.entries(grammars))
    if (!reader.getLanguage(name)) reader.registerLanguage(name, grammar);
  // Each code has a task of its own, so that many at once do not hold up the page.
  await new Promise((go) => setTimeout(go));
  const { _emitter: read } = reader.highlight(text, { language, ignoreIllegals: true });
  return read instanceof Tokens ? read.tokens : [];
}
