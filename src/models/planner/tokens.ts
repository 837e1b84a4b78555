/** Text cut into words that know where they stood, and a light English stemmer. */

export interface Token {
  /** In lower case, without a possessive `'s`. */
  readonly word: string;
  readonly stem: string;
  /** Where the word stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/**
 * What a word goes on with, as far as these patterns can meet it. `\p{L}` says it better, but where case is ignored it
 * doubles what an engine needs to compile each of them, which the first message would wait for.
 */
export const WORD_CHARS = '\\w\\xc0-\\u1fff\\u2c00-\\ud7ff';

/** `to-do`, `e-mail` and `wi-fi` are one word, as they are without the hyphen; `deep-sea` is two. */
const WORD =
  /\d+[abe](?![\p{L}\p{N}])|\d+(?:[.,]\d+)*|(?:(?<![\p{L}\p{N}])\p{L}{1,2}-)?\p{L}[\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)*/gu;

/** The words of a text. Digits and letters part (`5km` is two words, the `12a` of a street is one). */
export function tokenise(text: string): readonly Token[] {
  return [...text.matchAll(WORD)].map((match) => {
    const word = match[0]
      .toLowerCase()
      .replaceAll('’', "'")
      .replace('-', '')
      .replace(/'(?:s|m|d|ll|ve|re)$/, '');
    return { word, stem: stem(word), start: match.index, end: match.index + match[0].length };
  });
}

/** So many words may stand between a verb and its particle: `sign me up`, `take the old plasters out`. */
const REACH = 4;
const PLACES = /^(?:an?|the|my|our|your|this)$/;
const PARTICLES = /^(?:up|out|off|on|in|down|for|at|over|back|line|see)$/;

/**
 * The same words, where the verb of `sign me up` has the stem `sign_up`.
 *
 * @param isOne Whether two stems with a line between them are one verb.
 */
export function joinVerbs(tokens: readonly Token[], isOne: (stems: string) => boolean): readonly Token[] {
  return tokens.map((token, at) => {
    for (let far = 1; far <= REACH; far++) {
      const other = tokens[at + far];
      if (other === undefined || !PARTICLES.test(other.word)) continue;
      // "put it on my list" puts it somewhere.
      const isPlace = far > 1 && /^(?:on|in|at|for)$/.test(other.word) && PLACES.test(tokens[at + far + 1]?.word ?? '');
      if (isPlace) continue;
      const stems = `${token.word}_${other.word}`;
      if (isOne(stems)) return { ...token, stem: stems };
    }
    return token;
  });
}

/** The words of a name in any style: `to-do`, `setRoom`, `cart.add_item`. */
export function nameWords(name: string): readonly Token[] {
  return tokenise(name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/[_./]+/g, ' '));
}

const ENDINGS: readonly (readonly [ending: RegExp, replacement: string])[] = [
  [/'s?$/, ''],
  [/^children$/, 'child'],
  [/(?:ies|ied)$/, 'y'],
  [/(ss|x|z|ch|sh)es$/, '$1'],
  [/([^su])s$/, '$1'],
  [/ations?$|ators?$|at(?:e|ed|es|ing)$/, ''],
  // `dropping` doubles its last letter, `adding` and `calling` do not.
  [/([bgmnprt]|(?<=[aeiou].*e)l)\1(?:ing|ed)$/, '$1'],
  [/(?<=[aeiouy].*)(?:ing|ed)$/, ''],
  [/(?<=.{5})er$/, ''],
  [/e$/, ''],
];

/**
 * What the forms of one word share: `adds`, `added` and `adding` give `add`. Light on purpose: it only has to be the
 * same on both sides of a comparison, not a word.
 */
export function stem(word: string): string {
  const known = STEMS.get(word);
  if (known !== undefined) return known;
  const made = ENDINGS.reduce((result, [ending, replacement]) => {
    const next = result.replace(ending, replacement);
    return next.length < 3 ? result : next;
  }, word);
  if (STEMS.size > MAX_STEMS) STEMS.clear();
  STEMS.set(word, made);
  return made;
}

/** Stems that have been made, of which there are few. */
const STEMS = new Map<string, string>();
const MAX_STEMS = 20_000;
