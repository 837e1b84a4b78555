/** Whether what a tool gave is still spoken of. */
import type { Message } from '../../core/index.ts';

/** Characters of a result that are looked through. */
const MOST = 20_000;

/** Words of a result that have to come up again, where none of them is a number or an id. */
const WORDS = 3;

const WORD = /[\p{L}\p{N}_-]{3,}/gu;
const HAS_DIGIT = /\d/;

/** Tells the texts of a value, until `visit` has had enough. */
function eachText(value: unknown, visit: (text: string) => boolean): boolean {
  if (typeof value === 'string') return visit(value);
  if (typeof value === 'number') return visit(String(value));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  const inner: Iterable<unknown> =
    Array.isArray(value) || value instanceof Map || value instanceof Set ? value : Object.values(value);
  for (const one of inner) if (!eachText(one, visit)) return false;
  return true;
}

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(WORD) ?? [];

/** The words that some messages use, in what they say and in what they call tools with. */
export function citedBy(messages: readonly Message[]): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (text: string): boolean => {
    for (const word of wordsIn(text)) if (HAS_DIGIT.test(word) || word.length > 4) words.add(word);
    return true;
  };
  for (const { role, content } of messages) {
    if (role === 'tool') continue;
    for (const part of content) {
      if (part.type === 'text') add(part.text);
      else if (part.type === 'tool-call') eachText(part.input, add);
    }
  }
  return words;
}

/** Whether a result holds a number, an id or several words of those that messages use. */
export function isCited(value: unknown, words: ReadonlySet<string>): boolean {
  const found = new Set<string>();
  let left = MOST;
  const isOpen = eachText(value, (text) => {
    for (const word of wordsIn(text.slice(0, left))) {
      if (!words.has(word)) continue;
      found.add(word);
      if (HAS_DIGIT.test(word) || found.size >= WORDS) return false;
    }
    left -= text.length;
    return left > 0;
  });
  return !isOpen && left > 0;
}
