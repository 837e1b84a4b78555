/** Text as the words by which tools are found. */

/** Words that say nothing of what is wanted. */
const STOP = new Set(
  'a an and are as at be by can could do does for from have i in is it me my of on or our please so that the their them there these this to was we what which will with would you your'.split(
    ' ',
  ),
);

/** Letters of scripts that are cut into pairs; the long vowel mark of kana belongs to no one script. */
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー';
const PARTS = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])\\p{L})+|\\p{N}+`, 'gu');
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');

/** Where the parts of `addToCart` and `getHTMLPage` meet. */
const SEAMS = /\p{Ll}(?=\p{Lu})|\p{Lu}(?=\p{Lu}\p{Ll})/gu;

/**
 * The same for a word and its plural: `order` and `orders`, `box` and `boxes`, `size` and `sizes`, `category` and
 * `categories`, `status` and `statuses`. What it gives need not be a word.
 */
function singular(word: string): string {
  if (word.length < 3) return word;
  const single = word.replace(/([^s])s$/, '$1').replace(/([sxzo]|[cs]h)e$/, '$1');
  return single.replace(/([^s])s$/, '$1').replace(/ie$/, 'y');
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
    .replace(SEAMS, '$& ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    // The syllables of Hangul are whole again.
    .normalize('NFC')
    .toLowerCase();
  return (plain.match(PARTS) ?? []).flatMap((part) => {
    if (IS_UNSPACED.test(part)) return pairs(part);
    return STOP.has(part) ? [] : [singular(part)];
  });
}
