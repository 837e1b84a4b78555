import { expect } from 'chai';
import { searchProducts } from '../../demo/search.ts';

const ids = (...search: Parameters<typeof searchProducts>): string[] => searchProducts(...search).map(({ id }) => id);

describe('the search of the shop', () => {
  it('finds products by their name, by what people call them and by what is said of them', () => {
    expect(ids('Moka pot')[0]).to.equal('moka-pot');
    expect(ids('cafetière')).to.deep.equal(['french-press']);
    expect(ids('espresso beans')[0]).to.equal('espresso-beans');
    expect(ids('dark roast')).to.deep.equal(['espresso-beans']);
  });

  it('finds while one is still typing, in any case, in singular and plural', () => {
    expect(ids('GRIN')).to.deep.equal(['hand-grinder']);
    expect(ids('mug')).to.deep.equal(ids('mugs'));
  });

  it('looks past words that say nothing about a product', () => {
    expect(ids('do you have the kettle in stock for 70 euros')).to.deep.equal(ids('kettle'));
  });

  it('keeps to a category and a price', () => {
    expect(ids('', { category: 'cups', maxPrice: 2000 })).to.deep.equal(['espresso-cup', 'mug']);
    expect(ids('espresso', { category: 'cups' })).to.deep.equal(['espresso-cup']);
  });

  it('shows everything for no words, and nothing for words that fit nothing', () => {
    expect(ids('')).to.have.length(15);
    expect(ids('bicycle')).to.deep.equal([]);
  });
});
