import { expect } from 'chai';
import { addToCart } from '../../demo/cart.ts';
import { createStore } from '../../demo/store.ts';
import type { Store } from '../../demo/store.ts';
import { addTodo } from '../../demo/todos.ts';
import { createCartView } from '../../demo/views/cart.ts';
import { createSettingsView } from '../../demo/views/settings.ts';
import { createShopView } from '../../demo/views/shop.ts';
import { createTodoView } from '../../demo/views/todos.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { memoryStorage } from './memory-storage.ts';

let page: HTMLElement;
let store: Store;
beforeEach(() => {
  page = document.createElement('main');
  document.body.append(page);
  store = createStore(memoryStorage());
});
afterEach(() => {
  page.remove();
});

function place<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  page.append(element);
  return element;
}

const find = (selector: string): HTMLElement => {
  const element = page.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`There is no ${selector}.`);
  return element;
};

describe('the views of the shop', () => {
  it('show what is in the cart, what it comes to, and the orders', async () => {
    const [cart, orders, summary] = [place('div'), place('div'), place('p')];
    createCartView({ cart, orders, summary }, store);
    expect(cart.textContent).to.contain('Your cart is empty');
    store.update((state) => addToCart(addToCart(state, 'mug', 2), 'kettle', 1));
    const lines = [...cart.querySelectorAll<HTMLElement>('[data-product]')].map(({ dataset }) => [
      dataset['product'],
      dataset['quantity'],
    ]);
    expect(lines).to.deep.equal([
      ['mug', '2'],
      ['kettle', '1'],
    ]);
    expect(summary.textContent).to.contain('3 items').and.to.contain('€87.00');
    await expectAccessible(page);

    find('.checkout .button').click();
    expect(cart.querySelectorAll('[data-product]')).to.have.length(0);
    expect(orders.textContent).to.contain('Order #1 placed');
    await expectAccessible(page);
  });

  it('keep the keyboard where it was when the last piece goes', () => {
    createShopView(place('div'), store);
    find('.more').click();
    expect(store.state.cart).to.have.length(1);
    find('.less').focus();
    find('.less').click();
    expect(store.state.cart).to.have.length(0);
    expect(document.activeElement).to.equal(find('.more'));
  });

  it('add no more than there is in stock', () => {
    store.update((state) => addToCart(state, 'kettle', 3));
    const cart = place('div');
    createCartView({ cart, orders: place('div'), summary: place('p') }, store);
    const more = find('[data-product=kettle] .more');
    expect(more.getAttribute('aria-disabled')).to.equal('true');
    more.click();
    expect(store.state.cart).to.deep.equal([{ product: 'kettle', quantity: 3 }]);
  });

  it('search the catalogue by word and category, and say when nothing fits', async () => {
    const root = place('div');
    createShopView(root, store);
    expect(root.querySelectorAll('.card')).to.have.length(15);
    const search = find('input');
    if (!(search instanceof HTMLInputElement)) throw new Error('The search is no input.');
    search.value = 'bicycle';
    search.dispatchEvent(new InputEvent('input'));
    expect(root.textContent).to.contain('Nothing matches “bicycle”');
    find('.empty .button').click();
    expect(search.value).to.equal('');
    [...root.querySelectorAll<HTMLElement>('.chip')].at(-1)?.click();
    expect(root.querySelectorAll('.card')).to.have.length(3);
    await expectAccessible(page);
  });

  it('add, tick off and delete to-dos, the next one first', async () => {
    const [form, list, count] = [place('form'), place('div'), place('p')];
    createTodoView({ form, list, count }, store);
    expect(count.hidden).to.equal(true);
    store.update((state) => addTodo(addTodo(state, 'Later', '2031-01-01T09:00'), 'Sooner', '2030-01-01T09:00'));
    const titles = (): string[] => [...list.querySelectorAll('.todo-text')].map((text) => text.textContent);
    expect(titles()).to.deep.equal(['Sooner', 'Later']);
    expect(list.querySelector('time')?.dateTime).to.equal('2030-01-01T09:00');
    expect(count.textContent).to.equal('2');
    await expectAccessible(page);

    find('[data-todo] input').click();
    expect(titles()).to.deep.equal(['Later', 'Sooner']);
    expect(find('[data-todo=todo-2]').dataset['done']).to.equal('true');
    expect(document.activeElement).to.equal(find('[data-todo=todo-2] input'));
    find('[data-todo=todo-1] .remove').click();
    expect(titles()).to.deep.equal(['Sooner']);
  });

  it('change theme and units, and start over only after a question', async () => {
    createSettingsView(place('div'), store);
    find('input[name=theme]:not(:checked)').click();
    find('input[name=units]:not(:checked)').click();
    expect(store.state).to.include({ theme: 'light', units: 'imperial' });
    store.update((state) => addToCart(state, 'mug', 1));
    find('.setting .button').click();
    expect(find('dialog').hasAttribute('open')).to.equal(true);
    expect(store.state.cart).to.have.length(1);
    await expectAccessible(page);
    find('dialog [value=yes]').click();
    expect(store.state.cart).to.have.length(0);
    expect(store.state.theme).to.equal('system');
  });
});
