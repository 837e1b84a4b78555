import { expect } from 'chai';
import { addToCart, cartTotal, emptyCart, placeOrder, removeFromCart, setQuantity, stockOf } from '../../demo/cart.ts';
import { INITIAL_STATE } from '../../demo/state.ts';

describe('the cart', () => {
  it('adds up what is in it', () => {
    const cart = addToCart(addToCart(INITIAL_STATE, 'espresso-beans', 2), 'paper-filters', 1);
    expect(cartTotal(cart)).to.equal(2 * 1290 + 450);
    expect(INITIAL_STATE.cart).to.deep.equal([]);
  });

  it('puts the same product into one line', () => {
    const cart = addToCart(addToCart(INITIAL_STATE, 'mug', 2), 'mug', 3);
    expect(cart.cart).to.deep.equal([{ product: 'mug', quantity: 5 }]);
    expect(setQuantity(cart, 'mug', 1).cart).to.deep.equal([{ product: 'mug', quantity: 1 }]);
    expect(setQuantity(cart, 'mug', 0).cart).to.deep.equal([]);
    expect(removeFromCart(cart, 'mug').cart).to.deep.equal([]);
  });

  it('holds no more than there is', () => {
    const cart = addToCart(INITIAL_STATE, 'kettle', 2);
    expect(() => addToCart(cart, 'kettle', 2)).to.throw('only 3 of “Gooseneck kettle”');
    expect(() => addToCart(cart, 'geisha', 1)).to.throw('“Panama Geisha” is sold out');
    expect(() => addToCart(cart, 'tea', 1)).to.throw('no product called “tea”');
    expect(() => setQuantity(cart, 'kettle', 1.5)).to.throw('whole number');
  });

  it('says when there is nothing to take out or to order', () => {
    expect(() => removeFromCart(INITIAL_STATE, 'mug')).to.throw('not in your cart');
    expect(() => emptyCart(INITIAL_STATE)).to.throw('already empty');
    expect(() => placeOrder(INITIAL_STATE, 0)).to.throw('nothing to order');
  });

  it('becomes an order, whose pieces leave the stock', () => {
    const ordered = placeOrder(addToCart(INITIAL_STATE, 'kettle', 2), 1_000);
    const lines = [{ product: 'kettle', quantity: 2 }];
    expect(ordered.cart).to.deep.equal([]);
    expect(ordered.orders).to.deep.equal([{ number: 1, at: 1_000, lines, total: 11_800 }]);
    expect(stockOf(ordered, 'kettle')).to.equal(1);
    expect(placeOrder(addToCart(ordered, 'kettle', 1), 2_000).orders.map(({ number }) => number)).to.deep.equal([1, 2]);
  });
});
