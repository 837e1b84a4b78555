/** Colours code that is whole, known and in sight. What reads it is loaded with the first of that. */
import { Directive, directive } from 'lit/directive.js';
import type { ElementPart } from 'lit/directive.js';
import { addStyles } from '../late-styles.ts';
import { groupOf } from './languages.ts';
import type * as reader from './code-reader.ts';

/** Characters beyond which code stays as it is: to read it would hold up the page. */
const LIMIT = 20_000;

/** How far outside of what is in sight it begins, so that nobody sees it happen. */
const MARGIN = '200px';

/** The code of an element, and the ranges that are coloured. */
interface Code {
  readonly text: string;
  readonly language: string;
  ranges?: readonly (readonly [kind: string, range: StaticRange])[];
}

const codes = new WeakMap<Element, Code>();
let observer: IntersectionObserver | undefined;

const canColour = typeof CSS !== 'undefined' && 'highlights' in CSS && typeof IntersectionObserver === 'function';

/** The browser colours ranges of the text that is there: no element is made, and nothing moves. */
function highlightOf(kind: string): Highlight {
  const name = `inpage-${kind}`;
  const known = CSS.highlights.get(name) ?? new Highlight();
  CSS.highlights.set(name, known);
  return known;
}

function watch(element: Element, code: Code): void {
  forget(element);
  codes.set(element, code);
  observer ??= new IntersectionObserver(look, { rootMargin: MARGIN });
  observer.observe(element);
}

function forget(element: Element): void {
  wash(codes.get(element));
  codes.delete(element);
  observer?.unobserve(element);
}

/** Those in sight that have been read. */
const seen = new Set<Code>();

/** Where the system chooses the colours, it would mark all of this as if it were selected. */
const systemColours = canColour ? matchMedia('(forced-colors: active)') : undefined;
systemColours?.addEventListener('change', () => {
  seen.forEach(paint);
});

function paint(code: Code): void {
  seen.add(code);
  for (const [kind, range] of code.ranges ?? []) highlightOf(kind)[systemColours?.matches ? 'delete' : 'add'](range);
}

function wash(code: Code | undefined): void {
  if (code === undefined) return;
  seen.delete(code);
  for (const [kind, range] of code.ranges ?? []) highlightOf(kind).delete(range);
}

/** What has gone from the page has gone from sight as well. */
function look(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    const code = codes.get(target);
    if (!code) continue;
    if (!isIntersecting) wash(code);
    else if (code.ranges) paint(code);
    // Without the colours it says the same.
    else void colour(target, code).catch(() => undefined);
  }
}

let loading: Promise<typeof reader> | undefined;

/** What could not be loaded is tried again for the next code. */
function load(): Promise<typeof reader> {
  loading ??= import('./code-reader.ts');
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

async function colour(element: Element, code: Code): Promise<void> {
  const { readCode, colourStyles } = await load();
  const tokens = await readCode(code.text, code.language);
  const node = [...element.childNodes].find((child) => child instanceof Text && child.data === code.text);
  const root = element.getRootNode();
  // By now it may have changed or gone.
  if (codes.get(element) !== code || code.ranges || !node || !(root instanceof ShadowRoot)) return;
  addStyles({ shadowRoot: root }, colourStyles);
  code.ranges = tokens.map(({ kind, from, to }) => {
    const range = { startContainer: node, startOffset: from, endContainer: node, endOffset: to };
    return [kind, new StaticRange(range)] as const;
  });
  paint(code);
}

class Coloured extends Directive {
  // Where there is no page, there is nothing to colour.
  render(text: string, language: string, isWhole: boolean): unknown {
    return [text, language, isWhole];
  }

  override update({ element }: ElementPart, [text, language, isWhole]: Parameters<this['render']>): void {
    const { text: before } = codes.get(element) ?? {};
    if (!isWhole || text.length > LIMIT || groupOf(language) === undefined) forget(element);
    else if (canColour && text !== before) watch(element, { text, language });
  }
}

/** On an element whose only child is a text: colours it as code of a language, once it is whole and in sight. */
export const coloured = directive(Coloured);
