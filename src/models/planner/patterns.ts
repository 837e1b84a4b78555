/** Sentences with a gap where a thing or a number stands: `how much is *` is said of every thing alike. */
import type { Option } from './fields.ts';
import { quantities } from './numbers.ts';
import type { Utterance } from './speech.ts';
import type { Token } from './tokens.ts';
import { ARTICLE } from './words.ts';

/** The names of some things by their first stem. */
export type Names = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Names without their article, which is often left out or changed. */
export function namesOf(things: readonly Option[]): Names {
  const names = new Map<string, (readonly string[])[]>();
  for (const way of things.flatMap((thing) => thing.ways)) {
    const name = way.length > 1 && ARTICLE.has(way[0] ?? '') ? way.slice(1) : way;
    const first = name[0] ?? '';
    names.set(first, [...(names.get(first) ?? []), name]);
  }
  return names;
}

/** How many tokens from `at` on are the name of a thing, 0 when none are. */
export function nameAt(names: Names, tokens: readonly Token[], at: number): number {
  const fitting = (names.get(tokens[at]?.stem ?? '') ?? []).filter((name) =>
    name.every((stem, offset) => tokens[at + offset]?.stem === stem),
  );
  return Math.max(0, ...fitting.map((name) => name.length));
}

/** The patterns that a sentence fits: its words, and when it names a thing, its words around that. */
export function patternsOf({ text, tokens, wish }: Utterance, names: Names): readonly string[] {
  const amounts = quantities(text, tokens);
  const words: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const name = nameAt(names, tokens, at);
    const amount = amounts.find(({ from }) => from === at);
    const word = tokens[at]?.word ?? '';
    if (name > 0) words.push('*');
    else if (amount !== undefined) words.push('#');
    else if (!ARTICLE.has(word)) words.push(word);
    at += Math.max(name, name > 0 ? 0 : (amount?.to ?? at) - at, 1) - 1;
  }
  const plain = tokens.map((token) => token.word).join(' ');
  if (!words.includes('*')) return plain === '' ? [] : [plain];
  const around = words.join(' ');
  // "I want the mug" says what the bare "the mug" does not.
  const isBare = words.every((word) => word === '*' || word === '#');
  return [isBare ? plain : around, ...(wish ? [`want ${around}`] : [])];
}
