import { expect } from 'chai';
import { addToCart } from '../../demo/cart.ts';
import { INITIAL_STATE } from '../../demo/state.ts';
import type { ShopState } from '../../demo/state.ts';
import { createStore, STORAGE_KEY } from '../../demo/store.ts';
import { addTodo } from '../../demo/todos.ts';
import { memoryStorage } from './memory-storage.ts';

const addMug = (state: ShopState): ShopState => addToCart(state, 'mug', 1);

describe('the store of the shop', () => {
  it('keeps cart, to-dos and theme over a reload', () => {
    const storage = memoryStorage();
    const before = createStore(storage);
    before.update(addMug);
    before.update((state) => ({ ...addTodo(state, 'Call mum', '2026-11-25T17:00'), theme: 'dark' }));
    const after = createStore(storage);
    expect(after.state).to.deep.equal(before.state);
    expect(after.state.cart).to.deep.equal([{ product: 'mug', quantity: 1 }]);
    expect(after.state.todos).to.deep.equal([
      { id: 'todo-1', title: 'Call mum', due: '2026-11-25T17:00', done: false },
    ]);
    expect(after.state.theme).to.equal('dark');
  });

  it('begins anew when what is stored cannot be read', () => {
    const faults = [
      '{',
      'null',
      '[]',
      JSON.stringify({ ...INITIAL_STATE, theme: 'pink' }),
      JSON.stringify({ ...INITIAL_STATE, cart: [{ product: 'tea', quantity: 1 }] }),
      JSON.stringify({ ...INITIAL_STATE, cart: [{ product: 'mug', quantity: -1 }] }),
      JSON.stringify({ ...INITIAL_STATE, todos: [{ id: 'todo-1', title: 'Call', due: 'soon', done: false }] }),
      JSON.stringify({ ...INITIAL_STATE, orders: [{ number: 1 }] }),
    ];
    for (const fault of faults) {
      const storage = memoryStorage();
      storage.setItem(STORAGE_KEY, fault);
      const store = createStore(storage);
      expect(store.state, fault).to.deep.equal(INITIAL_STATE);
      store.update(addMug);
      expect(createStore(storage).state.cart, fault).to.have.length(1);
    }
  });

  it('tells its listeners the state now and after each change, until they leave', () => {
    const store = createStore(memoryStorage());
    const seen: number[] = [];
    const leave = store.subscribe(({ cart }) => seen.push(cart.length));
    store.update(addMug);
    leave();
    store.update((state) => addToCart(state, 'kettle', 1));
    expect(seen).to.deep.equal([0, 1]);
  });

  it('follows what another tab has changed', () => {
    const storage = memoryStorage();
    const events = new EventTarget();
    const here = createStore(storage, events);
    const seen: number[] = [];
    here.subscribe(({ cart }) => seen.push(cart.length));
    createStore(storage).update(addMug);
    events.dispatchEvent(new StorageEvent('storage', { key: STORAGE_KEY }));
    expect(seen).to.deep.equal([0, 1]);
  });

  it('loses nothing when another tab has changed it a moment ago', () => {
    const storage = memoryStorage();
    const here = createStore(storage);
    createStore(storage).update(addMug);
    here.update((state) => addToCart(state, 'kettle', 1));
    expect(here.state.cart.map(({ product }) => product)).to.deep.equal(['mug', 'kettle']);
  });

  it('leaves the state as it was when a change throws', () => {
    const store = createStore(memoryStorage());
    expect(() => {
      store.update((state) => addToCart(state, 'geisha', 1));
    }).to.throw('sold out');
    expect(store.state).to.equal(INITIAL_STATE);
  });

  it('goes on in memory when the browser stores nothing', () => {
    const full = Object.assign(memoryStorage(), {
      setItem: () => {
        throw new DOMException('Full', 'QuotaExceededError');
      },
    });
    for (const storage of [full, undefined]) {
      const store = createStore(storage);
      store.update(addMug);
      store.update(addMug);
      expect(store.state.cart).to.deep.equal([{ product: 'mug', quantity: 2 }]);
    }
  });
});
