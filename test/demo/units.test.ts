import { expect } from 'chai';
import { convert, UNIT_NAMES, UNIT_WORDS, unitSymbol } from '../../demo/units.ts';

describe('convert', () => {
  it('converts lengths, weights, volumes and temperatures', () => {
    expect(convert(10, 'kilometres', 'miles')).to.be.closeTo(6.2137, 1e-4);
    expect(convert(250, 'grams', 'ounces')).to.be.closeTo(8.8185, 1e-4);
    expect(convert(2, 'cups', 'millilitres')).to.be.closeTo(473.176, 1e-3);
    expect(convert(93, 'celsius', 'fahrenheit')).to.equal(199.4);
    expect(convert(-40, 'fahrenheit', 'celsius')).to.equal(-40);
    expect(convert(0, 'kelvin', 'celsius')).to.equal(-273.15);
  });

  it('knows symbols and other names in any case', () => {
    expect(convert(1, 'KM', 'metres')).to.equal(1000);
    expect(convert(1, 'foot', 'in')).to.equal(12);
    expect(convert(100, '°c', 'centigrade')).to.equal(100);
    expect(unitSymbol('fluid ounces')).to.equal('fl oz');
  });

  it('brings every value back', () => {
    for (const from of UNIT_NAMES) {
      for (const to of UNIT_NAMES) {
        try {
          expect(convert(convert(7, from, to), to, from), `${from} ${to}`).to.be.closeTo(7, 1e-6);
        } catch (error) {
          expect(String(error)).to.contain('cannot become');
        }
      }
    }
  });

  it('refuses to turn one kind into another, and units that it does not know', () => {
    expect(() => convert(1, 'grams', 'metres')).to.throw('grams measure weight and metres measure length');
    expect(() => convert(1, 'furlongs', 'metres')).to.throw('“furlongs” is not a unit');
  });

  it('lists its units for a description without the word that means too much', () => {
    expect(UNIT_WORDS).to.contain('feet (ft, foot)').and.to.contain('inches, ');
  });
});
