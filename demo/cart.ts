/** What happens to the cart: pure functions from state to state. They throw a sentence for people. */
import { getProduct } from './catalogue.ts';
import type { CartLine, ShopState } from './state.ts';

/** How many of a product are in the cart. */
export function quantityOf(state: ShopState, productId: string): number {
  return state.cart.find((line) => line.product === productId)?.quantity ?? 0;
}

/** How many of a product can be in the cart: the stock without what has been ordered. */
export function stockOf(state: ShopState, productId: string): number {
  const ordered = state.orders.flatMap((order) => order.lines).filter((line) => line.product === productId);
  return Math.max(0, getProduct(productId).stock - sum(ordered.map((line) => line.quantity)));
}

/** Puts `quantity` more of a product into the cart. Throws when there are not that many. */
export function addToCart(state: ShopState, productId: string, quantity: number): ShopState {
  return setQuantity(state, productId, quantityOf(state, productId) + quantity);
}

/** Makes `quantity` the number of a product in the cart; 0 takes it out. Throws when there are not that many. */
export function setQuantity(state: ShopState, productId: string, quantity: number): ShopState {
  const { id, name } = getProduct(productId);
  const stock = stockOf(state, id);
  if (!Number.isInteger(quantity) || quantity < 0) throw new Error('The quantity must be a whole number.');
  if (quantity > 0 && stock === 0) throw new Error(`Sorry, “${name}” is sold out.`);
  if (quantity > stock) throw new Error(`Sorry, there are only ${stock} of “${name}” in stock.`);
  const line: CartLine = { product: id, quantity };
  const known = state.cart.some(({ product }) => product === id);
  const cart = known ? state.cart.map((old) => (old.product === id ? line : old)) : [...state.cart, line];
  return { ...state, cart: cart.filter((each) => each.quantity > 0) };
}

/** Takes a product out of the cart. Throws when it is not there. */
export function removeFromCart(state: ShopState, productId: string): ShopState {
  const { id, name } = getProduct(productId);
  if (quantityOf(state, id) === 0) throw new Error(`“${name}” is not in your cart.`);
  return setQuantity(state, id, 0);
}

/** Takes everything out of the cart. Throws when nothing is there. */
export function emptyCart(state: ShopState): ShopState {
  if (state.cart.length === 0) throw new Error('Your cart is already empty.');
  return { ...state, cart: [] };
}

/** Turns the cart into an order, placed `at` ms since 1970. Throws when the cart is empty. */
export function placeOrder(state: ShopState, at: number): ShopState {
  if (state.cart.length === 0) throw new Error('Your cart is empty, so there is nothing to order.');
  const order = { number: state.orders.length + 1, at, lines: state.cart, total: cartTotal(state) };
  return { ...state, cart: [], orders: [...state.orders, order] };
}

/** What the cart comes to, in euro cents. */
export function cartTotal(state: ShopState): number {
  return sum(state.cart.map(({ product, quantity }) => getProduct(product).price * quantity));
}

/** How many pieces are in some lines. */
export function pieceCount(lines: readonly CartLine[]): number {
  return sum(lines.map((line) => line.quantity));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
