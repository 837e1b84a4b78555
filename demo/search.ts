/** Finds products by the words that people use for them. Pure. */
import { PRODUCTS } from './catalogue.ts';
import type { Category, Product } from './catalogue.ts';

/** Words that say nothing about a product. */
const SMALL_WORDS = new Set(
  `a an and any are cost do euro euros for from have i in is of or our price some stock that the this to we with you
  your`.split(/\s+/),
);

/** The words of a text in lower case, without accents, plural endings and words that say nothing. */
export function searchWords(text: string): readonly string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  return words
    .filter((word) => !SMALL_WORDS.has(word))
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
}

/** For each product, the fields that are searched and what a word that is found there counts. */
const INDEX = PRODUCTS.map((product) => ({
  product,
  fields: [
    { weight: 4, words: searchWords(`${product.name} ${product.id}`) },
    { weight: 2, words: searchWords(`${product.keywords.join(' ')} ${product.category}`) },
    { weight: 1, words: searchWords(product.note) },
  ],
}));

/**
 * The products that match the most words of `query`, the best first; all of them for an empty query.
 *
 * @param limits.category only this category
 * @param limits.maxPrice at most this price, in euro cents
 *
 * @example
 * searchProducts('strong espresso')[0]?.id; // 'espresso-beans'
 */
export function searchProducts(
  query: string,
  limits: { readonly category?: Category | undefined; readonly maxPrice?: number | undefined } = {},
): readonly Product[] {
  const { category, maxPrice = Infinity } = limits;
  const words = searchWords(query);
  const found = INDEX.filter(({ product }) => product.price <= maxPrice)
    .filter(({ product }) => category === undefined || product.category === category)
    .map(({ product, fields }) => {
      const weights = words.map(
        (word) => fields.find((field) => field.words.some((known) => meets(known, word)))?.weight ?? 0,
      );
      return {
        product,
        matched: weights.filter((weight) => weight > 0).length,
        score: weights.reduce((sum, weight) => sum + weight, 0),
      };
    });
  const most = Math.max(0, ...found.map(({ matched }) => matched));
  if (words.length > 0 && most === 0) return [];
  return found
    .filter(({ matched }) => matched === most)
    .sort((a, b) => b.score - a.score)
    .map(({ product }) => product);
}

/** Whether a known word is the wanted one, or begins with it while it is still being typed. */
function meets(known: string, wanted: string): boolean {
  return known === wanted || (wanted.length >= 3 && known.startsWith(wanted));
}
