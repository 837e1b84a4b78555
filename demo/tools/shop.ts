/** Tools for the catalogue, and what tools for products share. */
import { defineTool } from '../../src/index.ts';
import type { Tool } from '../../src/index.ts';
import { stockOf } from '../cart.ts';
import { CATEGORIES, getProduct } from '../catalogue.ts';
import type { Category } from '../catalogue.ts';
import { formatCount, formatMoney, formatSize } from '../format.ts';
import { searchProducts } from '../search.ts';
import type { Store } from '../store.ts';

interface SearchInput {
  readonly query?: string;
  readonly category?: Category;
  /** In euros. */
  readonly maxPrice?: number;
}

/** The input field of a tool that works on one product. */
export const PRODUCT_FIELD = {
  type: 'string',
  description: 'Product: its id or its name, such as espresso-beans or Moka pot',
};

/** The products that a phrase may mean, as candidates for {@link PRODUCT_FIELD}. */
export function suggestProducts(field: string, query: string): readonly { value: string; label: string }[] {
  return field === 'product' ? searchProducts(query).map(({ id, name }) => ({ value: id, label: name })) : [];
}

/** The tools that look into the catalogue. */
export function shopTools(store: Store): readonly Tool[] {
  return [
    defineTool<SearchInput>({
      name: 'search_products',
      description: 'Search the catalogue of the shop: find and show products',
      category: 'shop',
      effect: 'read',
      examples: [
        'find a french press',
        'show me cups under 20 euros',
        'which coffee beans do you have?',
        'search the shop for a gift',
      ],
      reads: ['stock'],
      input: {
        type: 'object',
        additionalProperties: false,
        properties: {
          query: {
            type: 'string',
            maxLength: 200,
            description: 'Words to look for, such as dark roast; none shows everything',
          },
          category: {
            type: 'string',
            enum: CATEGORIES,
            description: 'Only this kind: beans, brewers, cups (mugs), or accessories',
          },
          maxPrice: {
            type: 'number',
            minimum: 0,
            description: 'Highest price in euros (under, below, at most, cheaper than)',
          },
        },
      },
      run({ query = '', category, maxPrice }) {
        const limits = { category, maxPrice: maxPrice === undefined ? undefined : maxPrice * 100 };
        const products = searchProducts(query, limits).map(({ id, name, category, price, note }) => {
          return { product: id, name, category, price: formatMoney(price), stock: stockOf(store.state, id), note };
        });
        const names = products.map(({ name, price, stock }) => `${name} ${price}${stock === 0 ? ' (sold out)' : ''}`);
        const message =
          products.length === 0
            ? 'Nothing in the shop matches that.'
            : `Found ${formatCount(products.length, 'product')}: ${names.join(', ')}.`;
        return { message, products };
      },
    }),

    defineTool<{ readonly product: string }>({
      name: 'product_details',
      description: 'Tell the details of a product: its price, its size and whether it is in stock',
      category: 'shop',
      effect: 'read',
      examples: [
        'how much is the moka pot?',
        'what does the travel mug cost?',
        'is the gooseneck kettle in stock?',
        'tell me about the house blend',
      ],
      reads: ['stock'],
      input: {
        type: 'object',
        required: ['product'],
        additionalProperties: false,
        properties: { product: PRODUCT_FIELD },
      },
      suggest: suggestProducts,
      run(input) {
        const { id, name, note, price, size } = getProduct(input.product);
        const stock = stockOf(store.state, id);
        const left = stock === 0 ? 'sold out' : `${stock} in stock`;
        const message = `${name}: ${formatMoney(price)}, ${formatSize(size, store.state.units)}, ${left}. ${note}.`;
        return { message, product: id, price: formatMoney(price), stock };
      },
    }),
  ];
}
