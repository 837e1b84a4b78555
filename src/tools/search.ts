/**
 * Finds tools by words: BM25 over an index that grows with each tool and is never rebuilt for one.
 *
 * Sources: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with k1 = 1.2 and
 * b = 0.75; Turtle and Flood, "Query evaluation: strategies and optimizations" (1995), for leaving out what cannot be
 * among the best any more.
 */
import type { ToolSpec } from '../core/index.ts';
import { wordsOf } from './words.ts';

const K1 = 1.2;
const B = 0.75;

/** What sums of the same numbers in another order may differ by, and more. */
const ROUNDING = 1e-9;

/** Up to so many postings it is cheaper to add them than to see whether that can be left out. */
const SHORT = 64;

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

/** A list of numbers that grows. */
class Numbers {
  values = new Int32Array(4);
  size = 0;

  push(value: number): void {
    if (this.size === this.values.length) {
      const wider = new Int32Array(2 * this.size);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.size++] = value;
  }
}

/** Where a word occurs: the tools in the order of their coming, and how often. */
class Postings {
  readonly docs = new Numbers();
  readonly counts = new Numbers();
  /** How many of the tools are still there. */
  alive = 0;
  /** The most that it occurs in one tool, and the fewest words that such a tool has: what bounds its score. */
  most = 0;
  shortest = Infinity;
  /** The counts by tool, once they have been asked for in no order. */
  #byDoc: Uint16Array | undefined;

  add(doc: number, count: number, length: number): void {
    this.docs.push(doc);
    this.counts.push(count);
    this.alive++;
    this.most = Math.max(this.most, count);
    this.shortest = Math.min(this.shortest, length);
    if (this.#byDoc && doc < this.#byDoc.length) this.#byDoc[doc] = count;
    else this.#byDoc = undefined;
  }

  /** How often the word occurs in each tool, by its place. */
  byDoc(capacity: number): Uint16Array {
    if (this.#byDoc) return this.#byDoc;
    const { values, size } = this.docs;
    const made = new Uint16Array(capacity);
    for (let i = 0; i < size; i++) made[values[i] ?? 0] = this.counts.values[i] ?? 0;
    return (this.#byDoc = made);
  }
}

interface Doc {
  readonly name: string;
  readonly tool: ToolSpec;
  readonly words: readonly Postings[];
  readonly length: number;
  readonly order: number;
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

class Index implements SearchIndex {
  #words = new Map<string, Postings>();
  /** In the order of coming; undefined for those that have been removed. */
  #docs: (Doc | undefined)[] = [];
  /** How many words each has; 0 for those that have been removed. */
  #lengths = new Numbers();
  #places = new Map<string, number>();
  #length = 0;
  #order = 0;
  #scores = new Float64Array(16);
  #touched = new Numbers();

  add(tool: ToolSpec, order = this.#order++): void {
    this.remove(tool.name);
    const counts = countsOf(tool);
    let length = 0;
    for (const count of counts.values()) length += count;
    const place = this.#docs.length;
    const words: Postings[] = [];
    for (const [word, count] of counts) {
      const postings = this.#words.get(word) ?? new Postings();
      this.#words.set(word, postings);
      postings.add(place, count, length);
      words.push(postings);
    }
    this.#docs.push({ name: tool.name, tool, words, length, order });
    this.#lengths.push(length);
    this.#places.set(tool.name, place);
    this.#length += length;
  }

  remove(name: string): void {
    const place = this.#places.get(name);
    const doc = place === undefined ? undefined : this.#docs[place];
    if (place === undefined || !doc) return;
    for (const postings of doc.words) postings.alive--;
    this.#docs[place] = undefined;
    this.#lengths.values[place] = 0;
    this.#places.delete(name);
    this.#length -= doc.length;
    if (this.#docs.length > 2 * this.#places.size + SHORT) this.#compact();
  }

  search(query: string, limit: number, accept?: (name: string) => boolean): readonly Hit[] {
    const count = this.#places.size;
    const norm = (B * count) / this.#length;
    const terms = [...new Set(wordsOf(query))].flatMap((word) => {
      const postings = this.#words.get(word);
      if (!postings || postings.alive === 0) return [];
      const weight = (K1 + 1) * Math.log(1 + (count - postings.alive + 0.5) / (postings.alive + 0.5));
      const bound = (weight * postings.most) / (postings.most + K1 * (1 - B + norm * postings.shortest));
      return [{ postings, weight, bound }];
    });
    // What can give most comes first, so that what can give little can be left out.
    terms.sort((a, b) => b.bound - a.bound);
    let rest = terms.reduce((sum, { bound }) => sum + bound, 0);
    if (this.#scores.length < this.#docs.length) this.#scores = new Float64Array(2 * this.#docs.length);
    const touched = this.#touched;
    for (const { postings, weight, bound } of terms) {
      // Equals are told apart by their coming, so that the best of the rest must be below, and not at, the last one in.
      const last = postings.docs.size > SHORT && touched.size >= limit ? this.#last(limit) : 0;
      if (last > rest + ROUNDING) this.#complete(postings, weight, norm, last - rest - ROUNDING);
      else this.#expand(postings, weight, norm, accept);
      rest -= bound;
    }
    const found = this.#best(limit);
    for (let i = 0; i < touched.size; i++) this.#scores[touched.values[i] ?? 0] = 0;
    touched.size = 0;
    return found;
  }

  /** Adds a word's scores to all tools that it occurs in. */
  #expand(postings: Postings, weight: number, norm: number, accept?: (name: string) => boolean): void {
    const { docs, counts } = postings;
    const scores = this.#scores;
    const lengths = this.#lengths.values;
    for (let i = 0; i < docs.size; i++) {
      const place = docs.values[i] ?? 0;
      const length = lengths[place] ?? 0;
      if (length === 0) continue;
      const before = scores[place] ?? 0;
      if (before === 0) {
        if (accept && !accept(this.#docs[place]?.name ?? '')) continue;
        this.#touched.push(place);
      }
      const tf = counts.values[i] ?? 0;
      scores[place] = before + (weight * tf) / (tf + K1 * (1 - B + norm * length));
    }
  }

  /** Adds them to those tools only that another word has brought, and that have enough to be among the best yet. */
  #complete(postings: Postings, weight: number, norm: number, least: number): void {
    const { values, size } = this.#touched;
    const scores = this.#scores;
    const lengths = this.#lengths.values;
    const counts = postings.byDoc(scores.length);
    for (let i = 0; i < size; i++) {
      const place = values[i] ?? 0;
      const before = scores[place] ?? 0;
      const tf = counts[place] ?? 0;
      if (before < least || tf === 0) continue;
      scores[place] = before + (weight * tf) / (tf + K1 * (1 - B + norm * (lengths[place] ?? 0)));
    }
  }

  /** The score of the last of the best so far. */
  #last(limit: number): number {
    return this.#scores[this.#top(limit).at(-1) ?? 0] ?? 0;
  }

  #best(limit: number): readonly Hit[] {
    return this.#top(limit).map((place) => ({ name: this.#docs[place]?.name ?? '', score: this.#scores[place] ?? 0 }));
  }

  /** The places of the best, the best first: an insertion into a short list for each that belongs there. */
  #top(limit: number): readonly number[] {
    const scores = this.#scores;
    const { values, size } = this.#touched;
    const isBefore = (a: number, b: number): boolean => {
      const ahead = (scores[a] ?? 0) - (scores[b] ?? 0);
      // The sums of equals may have been rounded differently.
      if (Math.abs(ahead) > ROUNDING) return ahead > 0;
      return (this.#docs[a]?.order ?? 0) < (this.#docs[b]?.order ?? 0);
    };
    if (limit >= SHORT)
      return Array.from(values.subarray(0, size))
        .sort((a, b) => (isBefore(a, b) ? -1 : 1))
        .slice(0, limit);
    const top: number[] = [];
    for (let i = 0; i < size; i++) {
      const place = values[i] ?? 0;
      if (top.length === limit && !isBefore(place, top[limit - 1] ?? 0)) continue;
      let at = top.length;
      while (at > 0 && isBefore(place, top[at - 1] ?? 0)) at--;
      top.splice(at, 0, place);
      if (top.length > limit) top.pop();
    }
    return top;
  }

  /** Begins anew with what is left, once most of it is gone. */
  #compact(): void {
    const left = this.#docs.flatMap((doc) => doc ?? []);
    this.#words = new Map();
    this.#docs = [];
    this.#lengths = new Numbers();
    this.#places = new Map();
    this.#length = 0;
    for (const { tool, order } of left) this.add(tool, order);
  }
}

/** Makes an empty index. */
export function createSearchIndex(): SearchIndex {
  return new Index();
}
