/** Text cut into words that know where they stood, and a light English stemmer. */

export interface Token {
  /** In lower case, without a possessive `'s`. */
  readonly word: string;
  readonly stem: string;
  /** Where the word stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** `to-do`, `e-mail` and `wi-fi` are one word, as they are without the hyphen; `deep-sea` is two. */
const WORD = /\d+(?:[.,]\d+)*|(?:(?<![\p{L}\p{N}])\p{L}{1,2}-)?\p{L}[\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)*/gu;

/** The words of a text. Digits and letters part (`5km` is two words). */
export function tokenise(text: string): readonly Token[] {
  return [...text.matchAll(WORD)].map((match) => {
    const word = match[0].toLowerCase().replaceAll('’', "'").replace('-', '').replace(/'s$/, '');
    return { word, stem: stem(word), start: match.index, end: match.index + match[0].length };
  });
}

/** The words of a name in any style: `to-do`, `setRoom`, `cart.add_item`. */
export function nameWords(name: string): readonly Token[] {
  return tokenise(name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/[_./]+/g, ' '));
}

const ENDINGS: readonly (readonly [ending: RegExp, replacement: string])[] = [
  [/'s?$/, ''],
  [/(?:ies|ied)$/, 'y'],
  [/(ss|x|z|ch|sh)es$/, '$1'],
  [/([^su])s$/, '$1'],
  [/ations?$|ators?$|at(?:e|ed|es|ing)$/, ''],
  // `dropping` doubles its last letter, `adding` and `calling` do not.
  [/([bgmnprt])\1(?:ing|ed)$/, '$1'],
  [/(?<=[aeiouy].*)(?:ing|ed)$/, ''],
  [/(?<=.{5})er$/, ''],
  [/e$/, ''],
];

/**
 * What the forms of one word share: `adds`, `added` and `adding` give `add`. Light on purpose: it only has to be the
 * same on both sides of a comparison, not a word.
 */
export function stem(word: string): string {
  return ENDINGS.reduce((result, [ending, replacement]) => {
    const next = result.replace(ending, replacement);
    return next.length < 3 ? result : next;
  }, word);
}

/** Whether two words are the same but for one slip of the finger in a word of six letters or more. */
export function near(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 6 || Math.abs(a.length - b.length) > 1 || a[0] !== b[0]) return false;
  let same = 0;
  while (a[same] === b[same]) same++;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return long.slice(same + 1) === short.slice(a.length === b.length ? same + 1 : same);
}
