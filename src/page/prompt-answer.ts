/** Reads what a model writes that answers in JSON: words for the person as they come, a call once it is whole. */
import { isRecord } from '../core/index.ts';

export type PromptAnswer =
  | { readonly type: 'call'; readonly name: string; readonly input: unknown }
  | { readonly type: 'text'; readonly text: string }
  /** It ended in the middle. */
  | { readonly type: 'cut' };

export interface AnswerReader {
  /** Takes more of what is written; gives the words that have come with it. */
  push(chunk: string): string;
  /** What it was in the end. Of the words, those that `push` has not given yet. */
  end(): PromptAnswer;
}

const BEGINNING = /^\s*\{\s*"answer"\s*:\s*"/;

/** An escape, or half of a pair of surrogates, of which the rest has yet to come. */
const OPEN_END = /(?:\\(?:u[\da-f]{0,3})?|[\ud800-\udbff]|\\ud[89ab][\da-f]{2}(?:\\(?:u[\da-f]{0,3})?)?)$/i;

/** How much of a text stands before the quote that ends it, and whether there is one. */
function untilQuote(text: string): { readonly inside: string; readonly isOver: boolean } {
  const inside = /^[^"\\]*(?:\\[^][^"\\]*)*/.exec(text)?.[0] ?? '';
  return { inside, isOver: text[inside.length] === '"' };
}

export function createAnswerReader(): AnswerReader {
  let written = '';
  /** Where the words go on that were not given yet; undefined before they begin. */
  let at: number | undefined;
  let isOver = false;
  let given = '';
  return {
    push(chunk) {
      written += chunk;
      at ??= BEGINNING.exec(written)?.[0].length;
      if (at === undefined || isOver) return '';
      const rest = untilQuote(written.slice(at));
      const inside = rest.isOver ? rest.inside : rest.inside.replace(OPEN_END, '');
      ({ isOver } = rest);
      at += inside.length;
      try {
        const words = JSON.parse(`"${inside.replaceAll('\n', '\\n')}"`) as string;
        given += words;
        return words;
      } catch {
        // It is told in the end.
        isOver = true;
        return '';
      }
    },
    end() {
      let value: unknown;
      try {
        value = JSON.parse(written);
      } catch {
        // What begins as JSON was to be JSON; anything else is words.
        return /^\s*\{/.test(written) ? { type: 'cut' } : { type: 'text', text: written };
      }
      if (!isRecord(value)) return { type: 'text', text: written };
      const { tool, input = {}, answer } = value;
      if (typeof tool === 'string') return { type: 'call', name: tool, input };
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? value);
      return { type: 'text', text: text.startsWith(given) ? text.slice(given.length) : '' };
    },
  };
}
