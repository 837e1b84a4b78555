/** Mends slips of the finger: words that nobody knows give way to the nearest that a tool, a date or a request uses. */
import { CALENDAR } from './date-patterns.ts';
import { SMALL } from './numbers.ts';
import { CORE, GROUPED, PREPOSITION, STOP, WEAK } from './words.ts';
import { nameWords, stem, tokenise } from './tokens.ts';

/** How far apart two words are: letters left out, put in, changed or swapped; more than `most` is told as more. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

const letters = (word: string): string => Array.from(word).sort().join('');

/** A text with its slips mended, and the way back. */
export interface Mended {
  readonly text: string;
  /** What was typed, by what it was taken for. */
  readonly typed: ReadonlyMap<string, string>;
}

export interface Spelling {
  /** @param isName Whether it names a thing, whose words are also meant by words with a capital. */
  add(text: string, isName?: boolean): void;
  mend(text: string): Mended;
}

/** What people type for speed. */
const SHORT = new Map(
  Object.entries({
    pls: 'please',
    plz: 'please',
    u: 'you',
    teh: 'the',
    thx: 'thanks',
    tmrw: 'tomorrow',
    wanna: 'want to',
    gonna: 'going to',
  }),
);
const WORD = /(?<![\p{L}\p{N}@._/-])\p{L}{2,}(?![\p{L}\p{N}@_/]|[.-]\p{L})/gu;
/** Endings that make another form of a word, not another word. */
const FORM = /^(?:s|d|r|es|ed|er|t|y|ly|n|e|al|ing)$/;

/** Makes a spelling that knows nothing but the words of every request. */
export function createSpelling(): Spelling {
  const known = new Set<string>();
  const stems = new Set<string>();
  const names = new Set<string>();
  /** By first letter and length. */
  const shelves = new Map<string, string[]>();
  const learn = (word: string): void => {
    if (known.has(word)) return;
    known.add(word);
    stems.add(stem(word));
    if (word.length < 3 || /\d/.test(word)) return;
    const key = `${word.charAt(0)}${word.length}`;
    const shelf = shelves.get(key) ?? [];
    shelf.push(word);
    shelves.set(key, shelf);
    // Who says "pharmacies" knows "pharmacy".
    if (/(?:..ies|[^su]s)$/.test(word)) learn(word.replace(/ies$/, 'y').replace(/s$/, ''));
  };
  for (const word of [...STOP, ...WEAK, ...PREPOSITION, ...CORE, ...GROUPED, ...SMALL.keys(), ...CALENDAR]) learn(word);
  const plain = new Set(known);

  const nearest = (word: string): string | undefined => {
    const most = word.length < 9 ? 1 : 2;
    let best: string | undefined;
    let least = most + 0.9;
    const swapped = word.charAt(1);
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const first of [word.charAt(0), swapped]) {
        for (const other of shelves.get(`${first}${length}`) ?? []) {
          if (first === swapped && other.charAt(1) !== word.charAt(0)) continue;
          // In a short word one letter makes another word, unless one was left out or two were swapped.
          const isSame = other.length === word.length;
          if (word.length < 5 && other.length < word.length) continue;
          if (word.length < 4 && (isSame ? letters(word) !== letters(other) : STOP.has(other))) continue;
          if (isSame && word.length < 6 && letters(word) !== letters(other)) continue;
          const [long, short] = other.length > word.length ? [other, word] : [word, other];
          if (long.startsWith(short) && FORM.test(long.slice(short.length))) continue;
          const far = distance(word, other, most);
          // A swap says most, a word of the same letters but one the next; and what the tools say more than any word.
          const rank =
            far - (isSame ? 0.1 : 0) + (word.at(-1) === other.at(-1) ? 0 : 0.3) + (plain.has(other) ? 0.15 : 0);
          if (far <= most && rank < least) [best, least] = [other, rank];
        }
      }
    }
    return best;
  };

  return {
    add(text, isName = false) {
      for (const { word } of nameWords(text)) {
        learn(word);
        if (isName) names.add(word);
      }
    },
    mend(text) {
      const typed = new Map<string, string>();
      const mended = text.replace(WORD, (said, at: number) => {
        const word = said.toLowerCase();
        const short = SHORT.get(word);
        if (short !== undefined) return short;
        if (known.has(word) || stems.has(stem(word)) || (word.length < 3 && word !== 'ad')) return said;
        // "TSK-760" is a number of something.
        if (/^-\d/.test(text.slice(at + said.length))) return said;
        const better = nearest(word);
        // A capital within a sentence makes a name, which is mended to a name alone.
        const isName = /^\p{Lu}/u.test(said) && at > 0 && !/[.!?] $/.test(text.slice(0, at));
        if (better === undefined || (isName && !names.has(better))) return said;
        typed.set(better, said);
        return better;
      });
      // "x2" and "2x" are two; "3 x 2" is arithmetic.
      const counted = mended.replace(/(?<!\w|\d )(?:x ?(\d+)|(\d+) ?x)(?!\w| \d)/gi, '$1$2');
      return { text: counted.replace(/\b(turn|switch) of\b/gi, '$1 off'), typed };
    },
  };
}

/** A text as it was typed. */
export function asTyped(text: string, typed: ReadonlyMap<string, string>): string {
  if (typed.size === 0) return text;
  let result = text;
  for (const { word, start, end } of [...tokenise(text)].reverse()) {
    const said = typed.get(word);
    if (said !== undefined) result = result.slice(0, start) + said + result.slice(end);
  }
  return result;
}
