/** Tools for the cart and for placing the order. */
import { defineTool } from '../../src/index.ts';
import type { Tool } from '../../src/index.ts';
import {
  addToCart,
  cartTotal,
  emptyCart,
  pieceCount,
  placeOrder,
  quantityOf,
  removeFromCart,
  setQuantity,
} from '../cart.ts';
import { getProduct } from '../catalogue.ts';
import { formatCount, formatMoney } from '../format.ts';
import type { ShopState } from '../state.ts';
import type { Store } from '../store.ts';
import { PRODUCT_FIELD, suggestProducts } from './shop.ts';

interface ProductInput {
  readonly product: string;
}

const NOTHING = { type: 'object', properties: {}, additionalProperties: false };

/** What the cart holds, as data and as a sentence. */
function describeCart(state: ShopState): { total: string; lines: readonly object[]; summary: string } {
  const lines = state.cart.map(({ product, quantity }) => ({ product, name: getProduct(product).name, quantity }));
  const total = formatMoney(cartTotal(state));
  return { total, lines, summary: lines.length === 0 ? 'Your cart is empty now.' : `Your cart comes to ${total}.` };
}

/** `2 × Espresso beans and 1 × Moka pot`. */
function describeContents({ cart }: ShopState): string {
  const names = cart.map(({ product, quantity }) => `${quantity} × ${getProduct(product).name}`);
  return new Intl.ListFormat('en').format(names);
}

/** What is said of a change of the cart, and what it takes to undo it. */
interface Changed {
  readonly message: string;
  readonly product: string;
  readonly quantity: number;
  readonly total: string;
  readonly lines: readonly object[];
}

/** The same for a change that replaces a quantity. */
interface Replaced extends Omit<Changed, 'quantity'> {
  readonly before: number;
}

/** The tools that read and change the cart. Checking out asks a person first. */
export function cartTools(store: Store): readonly Tool[] {
  const putBack = ({ output: { product, before } }: { readonly output: Replaced }): void => {
    store.update((state) => setQuantity(state, product, before));
  };
  return [
    defineTool<ProductInput & { readonly quantity?: number }, Changed>({
      name: 'add_to_cart',
      description: 'Add a product to the shopping cart: buy, order or put it into the basket',
      category: 'cart',
      effect: 'write',
      danger: 'low',
      examples: [
        'add two bags of espresso beans to my cart',
        'put a moka pot in the basket',
        'I would like to buy three stoneware mugs',
        'I need one more pack of paper filters',
      ],
      reads: ['stock'],
      writes: ['cart'],
      input: {
        type: 'object',
        required: ['product'],
        additionalProperties: false,
        properties: {
          product: PRODUCT_FIELD,
          quantity: {
            type: 'integer',
            minimum: 1,
            maximum: 99,
            default: 1,
            description: 'How many bags, packs, cups or pieces to add',
          },
        },
      },
      suggest: suggestProducts,
      run({ product, quantity = 1 }) {
        const { id, name } = getProduct(product);
        store.update((state) => addToCart(state, id, quantity));
        const { summary, total, lines } = describeCart(store.state);
        return { message: `Added ${quantity} × ${name}. ${summary}`, product: id, quantity, total, lines };
      },
      undo({ output: { product, quantity } }) {
        // Some may have been taken out by hand since.
        store.update((state) => setQuantity(state, product, Math.max(0, quantityOf(state, product) - quantity)));
      },
    }),

    defineTool<ProductInput & { readonly quantity: number }, Replaced>({
      name: 'set_quantity',
      description: 'Change how many of a product are in the cart to an exact number',
      category: 'cart',
      effect: 'write',
      danger: 'low',
      examples: [
        'change the espresso beans to 3',
        'set the quantity of mugs to two',
        'make it 4 packs of paper filters instead',
      ],
      reads: ['stock'],
      writes: ['cart'],
      input: {
        type: 'object',
        required: ['product', 'quantity'],
        additionalProperties: false,
        properties: {
          product: PRODUCT_FIELD,
          quantity: {
            type: 'integer',
            minimum: 0,
            maximum: 99,
            description: 'How many bags, packs, cups or pieces there should be; 0 takes the product out',
          },
        },
      },
      suggest: suggestProducts,
      run({ product, quantity }) {
        const { id, name } = getProduct(product);
        const before = quantityOf(store.state, id);
        store.update((state) => setQuantity(state, id, quantity));
        const { summary, total, lines } = describeCart(store.state);
        const change =
          quantity === 0 ? `Took ${name} out of the cart.` : `There are ${quantity} × ${name} in the cart now.`;
        return { message: `${change} ${summary}`, product: id, before, total, lines };
      },
      undo: putBack,
    }),

    defineTool<ProductInput, Replaced>({
      name: 'remove_from_cart',
      description: 'Remove a product from the cart: take it out of the basket',
      category: 'cart',
      effect: 'write',
      danger: 'low',
      examples: [
        'remove the travel mug from my cart',
        'take the kettle out of the basket',
        'I do not want the filters any more',
      ],
      reads: ['stock'],
      writes: ['cart'],
      input: {
        type: 'object',
        required: ['product'],
        additionalProperties: false,
        properties: { product: PRODUCT_FIELD },
      },
      suggest: (field) =>
        field === 'product'
          ? store.state.cart.map(({ product }) => ({ value: product, label: getProduct(product).name }))
          : [],
      run({ product }) {
        const { id, name } = getProduct(product);
        const before = quantityOf(store.state, id);
        store.update((state) => removeFromCart(state, id));
        const { summary, total, lines } = describeCart(store.state);
        return { message: `Removed ${name}. ${summary}`, product: id, before, total, lines };
      },
      undo: putBack,
    }),

    defineTool({
      name: 'read_cart',
      description: 'Tell what is in the cart and what it costs in total',
      category: 'cart',
      effect: 'read',
      examples: ['what is in my cart?', 'how much is my basket?', 'show the total of my order'],
      input: NOTHING,
      reads: ['cart'],
      run() {
        const { total, lines } = describeCart(store.state);
        const names = store.state.cart.map(({ product, quantity }) => `${quantity} × ${getProduct(product).name}`);
        const pieces = formatCount(pieceCount(store.state.cart), 'item');
        const message =
          lines.length === 0
            ? 'Your cart is empty.'
            : `Your cart has ${pieces}: ${names.join(', ')}. It comes to ${total}.`;
        return { message, total, lines };
      },
    }),

    defineTool({
      name: 'empty_cart',
      description: 'Empty the cart: throw everything out of the basket and start again',
      category: 'cart',
      effect: 'write',
      danger: 'medium',
      examples: ['empty my cart', 'clear the basket', 'remove everything from the cart'],
      input: NOTHING,
      writes: ['cart'],
      summary: () => {
        emptyCart(store.state);
        return `Take everything out of the cart: ${describeContents(store.state)}.`;
      },
      run() {
        store.update(emptyCart);
        return { message: 'Your cart is empty now.' };
      },
    }),

    defineTool({
      name: 'check_out',
      description: 'Check out: place the order for everything in the cart and pay',
      category: 'cart',
      effect: 'write',
      danger: 'high',
      examples: ['check out', 'place my order', 'I am ready to pay', 'buy everything in my cart'],
      input: NOTHING,
      writes: ['cart', 'orders', 'stock'],
      summary: () => {
        placeOrder(store.state, 0);
        return `Order ${describeContents(store.state)}, for ${describeCart(store.state).total}.`;
      },
      run() {
        store.update((state) => placeOrder(state, Date.now()));
        const order = store.state.orders.at(-1);
        if (order === undefined) throw new Error('The order could not be placed.');
        const [pieces, total] = [formatCount(pieceCount(order.lines), 'item'), formatMoney(order.total)];
        return {
          message: `Order #${order.number} placed: ${pieces}, ${total}. Thank you!`,
          order: order.number,
          total,
        };
      },
    }),
  ];
}
