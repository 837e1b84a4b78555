/** The control for how many of a product are in the cart. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { quantityOf, setQuantity, stockOf } from '../cart.ts';
import type { Product } from '../catalogue.ts';
import type { Store } from '../store.ts';

/** Less, how many, more. While there is none, one button that adds the first. */
export function stepper(store: Store, { id, name }: Product): TemplateResult {
  const quantity = quantityOf(store.state, id);
  const stock = stockOf(store.state, id);
  const change = (by: number) => (event: Event) => {
    const control = event.currentTarget instanceof Element ? event.currentTarget.parentElement : null;
    store.update((state) => setQuantity(state, id, quantity + by));
    // The last piece takes the button that was pressed with it; the keyboard goes on from its neighbour.
    if (quantity + by === 0) control?.querySelector<HTMLElement>('.more')?.focus();
  };
  const isFull = quantity >= stock;
  const first = stock === 0 ? 'Sold out' : 'Add to cart';
  return html`<div class="stepper" ?data-empty=${quantity === 0}>
    ${
      quantity === 0
        ? nothing
        : html`<button type="button" class="less" aria-label=${`One ${name} less`} @click=${change(-1)}>−</button>
            <output aria-label=${`Number of ${name}`}>${quantity}</output>`
    }
    <button
      type="button"
      class="more"
      aria-label=${quantity === 0 ? `${first}: ${name}` : `One more ${name}`}
      ?disabled=${stock === 0}
      aria-disabled=${isFull ? 'true' : 'false'}
      @click=${isFull ? undefined : change(1)}
    >
      ${quantity === 0 ? first : '+'}
    </button>
  </div>`;
}
