/** The cart and the orders that came of it, and the summary of the cart in the header. */
import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { drawingOf, emptyCup } from '../art/index.ts';
import { cartTotal, pieceCount, placeOrder, removeFromCart } from '../cart.ts';
import { getProduct } from '../catalogue.ts';
import { formatCount, formatDateTime, formatMoney } from '../format.ts';
import type { CartLine, Order, ShopState } from '../state.ts';
import type { Store } from '../store.ts';
import { stepper } from './stepper.ts';

/** Draws the cart, the orders and the summary into their places, and again whenever the store changes. */
export function createCartView(
  places: { readonly cart: HTMLElement; readonly orders: HTMLElement; readonly summary: HTMLElement },
  store: Store,
): void {
  store.subscribe((state) => {
    render(state.cart.length === 0 ? emptyCart(state) : fullCart(state, store), places.cart);
    render(state.orders.length === 0 ? nothing : orderList(state.orders), places.orders);
    render(cartSummary(state), places.summary);
  });
}

function cartSummary(state: ShopState): TemplateResult {
  const count = pieceCount(state.cart);
  if (count === 0) return html`Cart`;
  return html`${count}<span class="visually-hidden"> ${count === 1 ? 'item' : 'items'} in the cart,</span>
    <span class="amount">${formatMoney(cartTotal(state))}</span>`;
}

function emptyCart({ orders }: ShopState): TemplateResult {
  const newest = orders.at(-1);
  return html`<div class="empty">
    ${emptyCup}
    <p class="empty-title">Your cart is empty</p>
    <p>
      ${newest === undefined ? 'Two bags of beans would look good in it.' : `Order #${newest.number} is on its way to you.`}
    </p>
    <a class="button primary" href="#/shop">Look around the shop</a>
  </div>`;
}

function fullCart(state: ShopState, store: Store): TemplateResult {
  return html`<ul class="lines">
      ${repeat(
        state.cart,
        ({ product }) => product,
        (line) => cartLine(line, store),
      )}
    </ul>
    <div class="checkout">
      <dl>
        <div>
          <dt>Delivery</dt>
          <dd>Free</dd>
        </div>
        <div class="total">
          <dt>Total <small>with tax</small></dt>
          <dd>${formatMoney(cartTotal(state))}</dd>
        </div>
      </dl>
      <button
        type="button"
        class="button primary"
        @click=${() => {
          store.update((now) => placeOrder(now, Date.now()));
        }}
      >
        Check out
      </button>
    </div>`;
}

function cartLine({ product: id, quantity }: CartLine, store: Store): TemplateResult {
  const product = getProduct(id);
  const { name, category, price } = product;
  return html`<li class="line" data-product=${id} data-quantity=${quantity}>
    <div class="tile" data-category=${category}>${drawingOf(id)}</div>
    <div class="line-name">
      <h2>${name}</h2>
      <p>${formatMoney(price)} each</p>
    </div>
    ${stepper(store, product)}
    <p class="line-total">${formatMoney(price * quantity)}</p>
    <button
      type="button"
      class="remove"
      aria-label=${`Remove ${name}`}
      @click=${() => {
        store.update((state) => removeFromCart(state, id));
      }}
    >
      Remove
    </button>
  </li>`;
}

function orderList(orders: readonly Order[]): TemplateResult {
  return html`<h2>Orders</h2>
    <ol class="orders">
      ${orders.toReversed().map(
        ({ number, at, lines, total }) =>
          html`<li data-order=${number}>
            <p class="order-title">Order #${number} placed</p>
            <p class="order-total">${formatMoney(total)}</p>
            <p class="order-lines">
              ${lines.map(({ product, quantity }) => `${quantity} × ${getProduct(product).name}`).join(', ')}
            </p>
            <p class="order-time">
              <time datetime=${new Date(at).toISOString()}>${formatDateTime(new Date(at))}</time>,
              ${formatCount(pieceCount(lines), 'item')}
            </p>
          </li>`,
      )}
    </ol>`;
}
