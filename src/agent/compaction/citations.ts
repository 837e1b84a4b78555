/** Whether what a tool gave is still spoken of. */
import type { Message } from '../../core/index.ts';

/** Characters of a result that are looked through. */
const MOST = 2_000;

/** How many words of a result, and which share of them, have to come up again where no number or id does. */
const WORDS = 3;
const SHARE = 0.2;

/** Letters of a word that says something. */
const LONG = 5;

const WORD = /[\p{L}\p{N}_-]{3,}/gu;
const HAS_DIGIT = /\d/;

/** Tells the texts of a value. */
function eachText(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (typeof value === 'number') visit(String(value));
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    const isList = Array.isArray(value) || value instanceof Map || value instanceof Set;
    const inner: Iterable<unknown> = isList ? value : Object.values(value);
    for (const one of inner) eachText(one, visit);
  }
}

/** The words of a text that say something: longer ones, numbers and ids. */
function wordsIn(text: string): readonly string[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  return words.filter((word) => word.length >= LONG || HAS_DIGIT.test(word));
}

/** The words that some messages use, in what they say and in what they call tools with. */
export function citedBy(messages: readonly Message[]): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (text: string): void => {
    for (const word of wordsIn(text)) words.add(word);
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

/** Whether a result holds a number or an id, or a good part of the words, that messages use. */
export function isCited(value: unknown, words: ReadonlySet<string>): boolean {
  const own = new Set<string>();
  let left = MOST;
  eachText(value, (text) => {
    if (left > 0) for (const word of wordsIn(text.slice(0, left))) own.add(word);
    left -= text.length;
  });
  const found = [...own].filter((word) => words.has(word));
  return found.some((word) => HAS_DIGIT.test(word)) || found.length >= Math.max(WORDS, own.size * SHARE);
}
