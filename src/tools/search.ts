/**
 * Finds tools by words: BM25 over an index that changes with each tool and is never rebuilt for one.
 *
 * Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with k1 = 1.2 and
 * b = 0.75.
 */
import type { ToolSpec } from '../core/index.ts';
import { wordsOf } from './words.ts';

const K1 = 1.2;
const B = 0.75;

/** What sums of the same numbers in another order may differ by, and more. */
const ROUNDING = 1e-9;

/** Up to so many of the best are faster picked out one by one than sorted. */
const FEW = 64;

export interface Hit {
  readonly name: string;
  readonly score: number;
}

export interface SearchIndex {
  /**
   * Adds a tool, or replaces the one of its name.
   *
   * @param order its place among equals; by default behind all that have come.
   */
  add(tool: ToolSpec, order?: number): void;
  remove(name: string): void;
  /**
   * The tools that fit best, the best first, and equals in their order.
   *
   * @param accept leaves out the tools for which it is false.
   */
  search(query: string, limit: number, accept?: (name: string) => boolean): readonly Hit[];
}

interface Doc {
  readonly name: string;
  readonly words: readonly string[];
  readonly length: number;
  readonly order: number;
  /** Of the search under way. */
  score: number;
}

/** How much each place counts. */
function countsOf(tool: ToolSpec): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const note = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + weight);
  };
  note(tool.name, 3);
  note([...tool.aliases, ...tool.keywords].join(' '), 2);
  note([tool.description, tool.category, ...tool.examples].join(' '), 1);
  return counts;
}

function isBefore(a: Doc, b: Doc): boolean {
  const ahead = a.score - b.score;
  // The sums of equals may have been rounded differently.
  return Math.abs(ahead) > ROUNDING ? ahead > 0 : a.order < b.order;
}

/** The best, the best first: an insertion into a short list for each that belongs there. */
function bestOf(docs: readonly Doc[], limit: number): readonly Doc[] {
  if (limit >= FEW) return docs.toSorted((a, b) => (isBefore(a, b) ? -1 : 1)).slice(0, limit);
  const best: Doc[] = [];
  for (const doc of docs) {
    let at = best.length;
    for (let other = best[at - 1]; other && isBefore(doc, other); other = best[at - 1]) at--;
    if (at === limit) continue;
    best.splice(at, 0, doc);
    best.length = Math.min(limit, best.length);
  }
  return best;
}

class Index implements SearchIndex {
  /** How often each word occurs in the tools that have it. */
  readonly #words = new Map<string, Map<Doc, number>>();
  readonly #docs = new Map<string, Doc>();
  #length = 0;
  #order = 0;

  add(tool: ToolSpec, order = this.#order++): void {
    const { name } = tool;
    this.remove(name);
    const counts = countsOf(tool);
    const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const doc = { name, words: [...counts.keys()], length, order, score: 0 };
    for (const [word, count] of counts) {
      const docs = this.#words.get(word) ?? new Map<Doc, number>();
      this.#words.set(word, docs.set(doc, count));
    }
    this.#docs.set(name, doc);
    this.#length += length;
  }

  remove(name: string): void {
    const doc = this.#docs.get(name);
    if (!doc) return;
    for (const word of doc.words) {
      const docs = this.#words.get(word);
      docs?.delete(doc);
      if (docs?.size === 0) this.#words.delete(word);
    }
    this.#docs.delete(name);
    this.#length -= doc.length;
  }

  search(query: string, limit: number, accept?: (name: string) => boolean): readonly Hit[] {
    const count = this.#docs.size;
    const norm = (B * count) / this.#length;
    const found: Doc[] = [];
    for (const word of new Set(wordsOf(query))) {
      const docs = this.#words.get(word);
      if (!docs) continue;
      const weight = (K1 + 1) * Math.log(1 + (count - docs.size + 0.5) / (docs.size + 0.5));
      for (const [doc, tf] of docs) {
        if (doc.score === 0) {
          if (accept && !accept(doc.name)) continue;
          found.push(doc);
        }
        doc.score += (weight * tf) / (tf + K1 * (1 - B + norm * doc.length));
      }
    }
    const hits = bestOf(found, limit).map(({ name, score }) => ({ name, score }));
    for (const doc of found) doc.score = 0;
    return hits;
  }
}

/** Makes an empty index. */
export function createSearchIndex(): SearchIndex {
  return new Index();
}
