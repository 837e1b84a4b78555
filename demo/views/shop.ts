/** The catalogue: search, categories, and a card for each product. */
import { html, render } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { drawingOf, emptySearch } from '../art/index.ts';
import { quantityOf, stockOf } from '../cart.ts';
import { CATEGORIES } from '../catalogue.ts';
import type { Category, Product } from '../catalogue.ts';
import { formatCount, formatMoney, formatSize } from '../format.ts';
import { searchProducts } from '../search.ts';
import type { Store } from '../store.ts';
import { stepper } from './stepper.ts';

const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  beans: 'Beans',
  brewers: 'Brewers',
  cups: 'Cups',
  accessories: 'Accessories',
};

/** Draws the catalogue into `root`, and again whenever the store or the search changes. */
export function createShopView(root: HTMLElement, store: Store): void {
  let query = '';
  let category: Category | undefined;

  const search = (next: { query?: string; category?: Category | undefined }): void => {
    query = next.query ?? query;
    if ('category' in next) category = next.category;
    draw();
  };
  const chip = (value: Category | undefined, text: string): TemplateResult =>
    html`<button
      type="button"
      class="chip"
      aria-pressed=${category === value ? 'true' : 'false'}
      @click=${() => {
        search({ category: value });
      }}
    >
      ${text}
    </button>`;

  const draw = (): void => {
    const found = searchProducts(query, { category });
    render(
      html`<div class="filters">
          <input
            type="search"
            class="search"
            aria-label="Search the shop"
            placeholder="Search the shop"
            autocomplete="off"
            .value=${query}
            @input=${(event: Event) => {
              if (event.target instanceof HTMLInputElement) search({ query: event.target.value });
            }}
          />
          <div class="chips" role="group" aria-label="Category">
            ${chip(undefined, 'All')} ${CATEGORIES.map((each) => chip(each, CATEGORY_NAMES[each]))}
          </div>
          <p class="found" role="status">${formatCount(found.length, 'product')}</p>
        </div>
        ${
          found.length === 0
            ? html`<div class="empty">
                ${emptySearch}
                <p class="empty-title">Nothing matches “${query}”</p>
                <button
                  type="button"
                  class="button"
                  @click=${() => {
                    search({ query: '', category: undefined });
                  }}
                >
                  Show everything
                </button>
              </div>`
            : html`<ul class="cards">
                ${repeat(
                  found,
                  ({ id }) => id,
                  (product) => card(store, product),
                )}
              </ul>`
        }`,
      root,
    );
  };
  store.subscribe(draw);
}

function card(store: Store, product: Product): TemplateResult {
  const { id, name, category, note, price, size } = product;
  const left = stockOf(store.state, id) - quantityOf(store.state, id);
  const stock =
    stockOf(store.state, id) === 0
      ? 'Sold out'
      : left === 0
        ? 'All in your cart'
        : left <= 5
          ? `Only ${left} left`
          : 'In stock';
  return html`<li class="card">
    <div class="tile" data-category=${category}>${drawingOf(id)}</div>
    <h2>${name}</h2>
    <p class="note"><span class="size">${formatSize(size, store.state.units)}</span> · ${note}</p>
    <p class="facts">
      <span class="price">${formatMoney(price)}</span>
      <span class="stock" ?data-low=${left <= 5}>${stock}</span>
    </p>
    ${stepper(store, product)}
  </li>`;
}
