import { expect } from 'chai';
import { isRange, isVersion, satisfies } from '../../src/verticals/index.ts';

describe('a range of versions', () => {
  const inside: readonly (readonly [string, string])[] = [
    ['1.2.3', '1.2.3'],
    ['1.2.3', '=1.2.3'],
    ['1.2.3', '^1.0.0'],
    ['0.1.9', '^0.1.2'],
    ['0.0.3', '^0.0.3'],
    ['1.2.9', '~1.2.3'],
    ['1.9.0', '1'],
    ['1.9.0', '1.x'],
    ['1.2.7', '1.2'],
    ['2.0.0', '>=1.0.0 <3.0.0'],
    ['3.1.0', '1.x || 3.x'],
    ['9.9.9', '*'],
    ['1.0.1', '>1.0.0'],
    ['1.0.0', '<=1.0.0'],
  ];
  for (const [version, range] of inside) {
    it(`has ${version} in ${range}`, () => {
      expect(satisfies(version, range)).to.equal(true);
    });
  }

  const outside: readonly (readonly [string, string])[] = [
    ['2.0.0', '^1.0.0'],
    ['0.2.0', '^0.1.2'],
    ['0.0.4', '^0.0.3'],
    ['1.3.0', '~1.2.3'],
    ['1.2.2', '~1.2.3'],
    ['3.0.0', '>=1.0.0 <3.0.0'],
    ['1.0.0', '>1.0.0'],
    ['1.0', '*'],
    ['1.0.0-beta', '*'],
    ['1.0.0', 'latest'],
    ['1.0.0', ''],
  ];
  for (const [version, range] of outside) {
    it(`has no ${version} in “${range}”`, () => {
      expect(satisfies(version, range)).to.equal(false);
    });
  }

  it('is told from other texts', () => {
    expect(['^1.0.0', '1.x || 2.x', '*'].every(isRange)).to.equal(true);
    expect(['', 'latest', '^', '1.0.0.0'].some(isRange)).to.equal(false);
    expect(isVersion('1.0.0')).to.equal(true);
    expect(['1', '1.0', 'v1.0.0', '1.0.0-1'].some(isVersion)).to.equal(false);
  });
});
