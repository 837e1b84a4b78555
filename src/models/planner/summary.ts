/** Says a long text in a few of its own sentences. */
import { tokenise } from './tokens.ts';
import { STOP } from './words.ts';

const SENTENCES = 3;
/** Sentences of a page that has no end. */
const MAX_SENTENCES = 400;

/** Whether a message asks for the gist of something. */
export const asksForGist = (text: string): boolean =>
  /\b(?:summar|sum (?:it |this )?up|gist|in short|recap|tl;?dr)/i.test(text);

/**
 * The sentences that say most of what a text is about, in their order: those with the words that come most often.
 * A text of few sentences stays whole.
 */
export function summaryOf(text: string): string {
  const sentences = text
    .split(/(?<=[.!?])\s+|\n+/)
    .filter((sentence) => /\p{L}/u.test(sentence))
    .slice(0, MAX_SENTENCES);
  if (sentences.length <= SENTENCES) return text;
  const stems = sentences.map((sentence) =>
    tokenise(sentence).flatMap(({ word, stem }) => (STOP.has(word) ? [] : [stem])),
  );
  const counts = new Map<string, number>();
  for (const stem of stems.flat()) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  // A sentence of few words may be a heading.
  const weigh = (words: readonly string[]): number =>
    words.reduce((sum, stem) => sum + (counts.get(stem) ?? 0), 0) / Math.max(8, words.length);
  const weights = stems.map(weigh);
  const least = [...weights].sort((a, b) => b - a)[SENTENCES - 1] ?? 0;
  return sentences
    .filter((_, at) => (weights[at] ?? 0) >= least)
    .slice(0, SENTENCES)
    .map((sentence) => sentence.trim())
    .join(' ');
}
