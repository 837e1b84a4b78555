/** The catalogue of the shop: what is sold, for how much, and how many there are. Data only. */

export const CATEGORIES = ['beans', 'brewers', 'cups', 'accessories'] as const;
export type Category = (typeof CATEGORIES)[number];

/** How much of something is in one piece: grams, millilitres, or a count. */
export interface Size {
  readonly value: number;
  readonly unit: 'g' | 'ml' | 'pieces';
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: Category;
  /** In euro cents, tax included. */
  readonly price: number;
  /** How many there were before the first order. */
  readonly stock: number;
  readonly size: Size;
  /** One line for people who look at it. */
  readonly note: string;
  /** Other words that people look for it with. */
  readonly keywords: readonly string[];
}

export const PRODUCTS: readonly Product[] = [
  {
    id: 'espresso-beans',
    name: 'Espresso beans',
    category: 'beans',
    price: 1290,
    stock: 24,
    size: { value: 250, unit: 'g' },
    note: 'Dark roast: chocolate, hazelnut, a thick crema',
    keywords: ['coffee', 'bag', 'italian', 'strong'],
  },
  {
    id: 'house-blend',
    name: 'House blend',
    category: 'beans',
    price: 1090,
    stock: 40,
    size: { value: 250, unit: 'g' },
    note: 'Medium roast: caramel, almond, easy every morning',
    keywords: ['coffee', 'bag', 'beans', 'mild', 'breakfast'],
  },
  {
    id: 'yirgacheffe',
    name: 'Yirgacheffe',
    category: 'beans',
    price: 1450,
    stock: 9,
    size: { value: 250, unit: 'g' },
    note: 'Light roast from Ethiopia: jasmine, lemon, black tea',
    keywords: ['coffee', 'bag', 'beans', 'ethiopian', 'filter', 'fruity'],
  },
  {
    id: 'decaf-beans',
    name: 'Decaf beans',
    category: 'beans',
    price: 1190,
    stock: 18,
    size: { value: 250, unit: 'g' },
    note: 'All the cocoa and none of the caffeine, for the evening',
    keywords: ['coffee', 'bag', 'decaffeinated', 'sleep', 'night'],
  },
  {
    id: 'geisha',
    name: 'Panama Geisha',
    category: 'beans',
    price: 3800,
    stock: 0,
    size: { value: 100, unit: 'g' },
    note: 'One small lot a year: bergamot, peach, honey',
    keywords: ['coffee', 'bag', 'beans', 'rare', 'gift', 'gesha'],
  },
  {
    id: 'dripper',
    name: 'Pour-over dripper',
    category: 'brewers',
    price: 2400,
    stock: 15,
    size: { value: 600, unit: 'ml' },
    note: 'Ribbed ceramic cone for a clean, bright cup',
    keywords: ['filter', 'cone', 'ceramic', 'hand', 'maker'],
  },
  {
    id: 'french-press',
    name: 'French press',
    category: 'brewers',
    price: 3400,
    stock: 11,
    size: { value: 1000, unit: 'ml' },
    note: 'Heat-proof glass and a fine steel sieve, for four',
    keywords: ['cafetiere', 'plunger', 'glass', 'maker'],
  },
  {
    id: 'moka-pot',
    name: 'Moka pot',
    category: 'brewers',
    price: 2950,
    stock: 13,
    size: { value: 300, unit: 'ml' },
    note: 'Stovetop espresso for six small cups',
    keywords: ['stove', 'aluminium', 'italian', 'maker', 'percolator'],
  },
  {
    id: 'kettle',
    name: 'Gooseneck kettle',
    category: 'brewers',
    price: 5900,
    stock: 3,
    size: { value: 900, unit: 'ml' },
    note: 'A slow, steady pour and a thermometer in the lid',
    keywords: ['water', 'pot', 'steel', 'pouring'],
  },
  {
    id: 'espresso-cup',
    name: 'Espresso cup',
    category: 'cups',
    price: 850,
    stock: 32,
    size: { value: 80, unit: 'ml' },
    note: 'Thick porcelain with its saucer',
    keywords: ['small', 'demitasse', 'porcelain', 'saucer'],
  },
  {
    id: 'mug',
    name: 'Stoneware mug',
    category: 'cups',
    price: 1400,
    stock: 20,
    size: { value: 350, unit: 'ml' },
    note: 'Thrown by hand, glazed in two blues',
    keywords: ['big', 'tea', 'pottery', 'handmade'],
  },
  {
    id: 'travel-mug',
    name: 'Travel mug',
    category: 'cups',
    price: 2200,
    stock: 16,
    size: { value: 400, unit: 'ml' },
    note: 'Double-walled steel, warm for six hours, closes tight',
    keywords: ['thermos', 'flask', 'to go', 'commute', 'reusable'],
  },
  {
    id: 'paper-filters',
    name: 'Paper filters',
    category: 'accessories',
    price: 450,
    stock: 60,
    size: { value: 100, unit: 'pieces' },
    note: 'Unbleached, for the pour-over dripper',
    keywords: ['pack', 'cone', 'sheets'],
  },
  {
    id: 'hand-grinder',
    name: 'Hand grinder',
    category: 'accessories',
    price: 4900,
    stock: 7,
    size: { value: 30, unit: 'g' },
    note: 'Conical steel burrs, from espresso fine to filter coarse',
    keywords: ['mill', 'burr', 'grind', 'manual'],
  },
  {
    id: 'milk-jug',
    name: 'Milk jug',
    category: 'accessories',
    price: 1650,
    stock: 14,
    size: { value: 350, unit: 'ml' },
    note: 'A sharp spout for hearts and tulips',
    keywords: ['pitcher', 'frothing', 'latte', 'foam', 'steel'],
  },
];

/** The product with this id or this name, in any case; undefined when there is none. */
export function findProduct(idOrName: string): Product | undefined {
  const wanted = idOrName.trim().toLowerCase();
  return PRODUCTS.find((product) => product.id === wanted || product.name.toLowerCase() === wanted);
}

/** {@link findProduct} that throws a sentence for people when there is none. */
export function getProduct(idOrName: string): Product {
  const product = findProduct(idOrName);
  if (product === undefined) throw new Error(`There is no product called “${idOrName}” in this shop.`);
  return product;
}
