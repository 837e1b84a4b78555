/** Text as the words by which tools are found. */

/** Words that say nothing of what is wanted. */
const STOP = new Set(
  'a an and are as at be by can could do does for from have i in is it me my of on or our please so that the their them there these this to was we what which will with would you your'.split(
    ' ',
  ),
);

const PARTS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|\p{L}+|\p{N}+/gu;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** `categories` and `category`, `boxes` and `box`, `orders` and `order` as one word each. */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.slice(0, /(?:s|x|z|ch|sh)es$/.test(word) ? -2 : -1);
}

/** Scripts without spaces, as pairs of neighbours. */
function pairs(text: string): readonly string[] {
  const letters = Array.from(text);
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => (letters[index] ?? '') + letter);
}

/**
 * The words of a text, in their order: without case and marks, names split where their parts meet.
 *
 * @example
 * wordsOf('addToCart: put the boxes in'); // ['add', 'cart', 'put', 'box']
 */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(PARTS) ?? []).flatMap((part) => {
    if (UNSPACED.test(part)) return pairs(part);
    return STOP.has(part) ? [] : [singular(part)];
  });
}
