import { expect } from 'chai';
import type { View } from '../../demo/router.ts';
import { createStore } from '../../demo/store.ts';
import type { Store } from '../../demo/store.ts';
import { allTools } from '../../demo/tools/index.ts';
import type { Tool, ToolContext } from '../../src/index.ts';
import { createToolRegistry } from '../../src/tools/index.ts';
import { memoryStorage } from './memory-storage.ts';

const context: ToolContext = { signal: new AbortController().signal, idempotencyKey: 'key', progress: () => undefined };

let store: Store;
let shown: View[];
let tools: ReadonlyMap<string, Tool>;
beforeEach(() => {
  store = createStore(memoryStorage());
  shown = [];
  tools = new Map(allTools(store, { go: (view) => shown.push(view) }).map((tool) => [tool.name, tool]));
});

function tool(name: string): Tool {
  const found = tools.get(name);
  if (found === undefined) throw new Error(`There is no tool ${name}.`);
  return found;
}

/** What a tool says when it has run. */
function say(name: string, input: object = {}): unknown {
  const output = tool(name).run(input, context);
  return typeof output === 'object' && output !== null && 'message' in output ? output.message : undefined;
}

describe('the tools of the shop', () => {
  it('are at least twelve, each with examples, and the registry takes them', () => {
    expect(tools.size).to.be.at.least(12);
    const registry = createToolRegistry();
    for (const each of tools.values()) {
      expect(each.examples.length, each.name).to.be.within(3, 5);
      registry.add(each);
    }
  });

  it('ask a person only before what cannot be taken back', () => {
    const asking = [...tools.values()]
      .filter(({ danger }) => danger !== 'low')
      .map(({ name, danger }) => [name, danger]);
    expect(asking).to.deep.equal([
      ['empty_cart', 'medium'],
      ['check_out', 'high'],
    ]);
  });

  it('find products and tell their price and stock', () => {
    expect(say('search_products', { category: 'cups', maxPrice: 20 })).to.equal(
      'Found 2 products: Espresso cup €8.50, Stoneware mug €14.00.',
    );
    expect(say('search_products', { query: 'bicycle' })).to.equal('Nothing in the shop matches that.');
    expect(say('product_details', { product: 'Panama Geisha' })).to.contain('€38.00, 100 g, sold out.');
  });

  it('name the products and to-dos that a field may mean', () => {
    say('add_todo', { title: 'Call mum' });
    say('add_todo', { title: 'Pay the rent' });
    say('complete_todo', { todo: 'pay the rent' });
    say('add_to_cart', { product: 'mug' });
    const beans = tool('add_to_cart').suggest?.('product', 'two bags of espresso beans');
    expect(beans).to.be.an('array');
    expect(Array.isArray(beans) ? beans[0] : undefined).to.deep.equal({
      value: 'espresso-beans',
      label: 'Espresso beans',
    });
    expect(tool('complete_todo').suggest?.('todo', '')).to.deep.equal([{ value: 'todo-1', label: 'Call mum' }]);
    expect(tool('remove_from_cart').suggest?.('product', '')).to.deep.equal([{ value: 'mug', label: 'Stoneware mug' }]);
  });

  it('fill, change, read and empty the cart', () => {
    expect(say('add_to_cart', { product: 'espresso-beans', quantity: 2 })).to.equal(
      'Added 2 × Espresso beans. Your cart comes to €25.80.',
    );
    expect(say('add_to_cart', { product: 'Moka pot' })).to.equal('Added 1 × Moka pot. Your cart comes to €55.30.');
    expect(say('set_quantity', { product: 'espresso-beans', quantity: 3 })).to.contain('3 × Espresso beans');
    expect(say('remove_from_cart', { product: 'moka-pot' })).to.equal('Removed Moka pot. Your cart comes to €38.70.');
    expect(say('read_cart')).to.equal('Your cart has 3 items: 3 × Espresso beans. It comes to €38.70.');
    expect(say('empty_cart')).to.equal('Your cart is empty now.');
    expect(say('read_cart')).to.equal('Your cart is empty.');
  });

  it('place an order and empty the cart', () => {
    say('add_to_cart', { product: 'mug', quantity: 2 });
    expect(say('check_out')).to.equal('Order #1 placed: 2 items, €28.00. Thank you!');
    expect(store.state.cart).to.deep.equal([]);
    expect(store.state.orders.map(({ number, total }) => [number, total])).to.deep.equal([[1, 2800]]);
    expect(() => say('check_out')).to.throw('Your cart is empty');
  });

  it('say in a sentence what cannot be', () => {
    expect(() => say('add_to_cart', { product: 'tea' })).to.throw('There is no product called “tea” in this shop.');
    expect(() => say('add_to_cart', { product: 'geisha' })).to.throw('Sorry, “Panama Geisha” is sold out.');
    expect(() => say('complete_todo', { todo: 'fly' })).to.throw('There is no to-do called “fly”.');
    expect(() => say('add_todo', { title: 'Fly', due: 'soon' })).to.throw('“soon” is not a date and time');
    expect(store.state.cart).to.deep.equal([]);
    expect(store.state.todos).to.deep.equal([]);
  });

  it('add, list and complete to-dos, in local wall-clock time', () => {
    expect(say('add_todo', { title: 'Call mum', due: '2030-01-03T17:00:00' })).to.match(
      /: Call mum \(Thu,? 3 Jan 2030 17:00\)\./,
    );
    say('add_todo', { title: 'Buy milk' });
    expect(store.state.todos.map(({ due }) => due)).to.deep.equal(['2030-01-03T17:00', undefined]);
    expect(say('complete_todo', { todo: 'todo-1' })).to.equal('Done: Call mum. 1 to-do left.');
    expect(say('list_todos')).to.equal('You have 1 open to-do: Buy milk.');
    expect(say('list_todos', { status: 'done' })).to.contain('1 done to-do: Call mum');
    expect(say('list_todos', { status: 'all' })).to.contain('2 to-dos');
  });

  it('switch the theme and the view', () => {
    say('switch_theme', { theme: 'dark' });
    expect(store.state.theme).to.equal('dark');
    expect(say('go_to', { view: 'cart' })).to.equal('Here is your cart.');
    expect(shown).to.deep.equal(['cart']);
  });

  it('convert, calculate and tell the time', () => {
    expect(say('convert_units', { value: 250, from: 'grams', to: 'ounces' })).to.equal('250 g = 8.8185 oz.');
    expect(say('calculate', { expression: '18% of 64.50' })).to.equal('18% of 64.50 = 11.61');
    expect(say('tell_time')).to.contain(String(new Date().getFullYear()));
  });
});
