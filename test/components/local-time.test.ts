import { expect } from 'chai';
import { fromLocal, isDay, isMoment, toLocal } from '../../components/local-time.ts';

describe('times of a field for dates', () => {
  it('are the same moment on the way there and back', () => {
    for (const moment of ['2026-07-01T00:00:00Z', '2026-12-31T23:59:07+14:00', '0099-03-01T12:00:00Z']) {
      const back = fromLocal(toLocal(moment)) ?? '';
      expect(isMoment(back), back).to.equal(true);
      expect(Date.parse(back)).to.equal(Date.parse(moment));
    }
  });

  it('are none where there is nothing to read', () => {
    expect(fromLocal('')).to.equal(undefined);
    expect([isDay('2026-11-31'), isDay('2026-1-1'), isDay(5), isDay('2026-11-30')]).to.deep.equal([
      false,
      false,
      false,
      true,
    ]);
    expect([isMoment('2026-11-30T12:00'), isMoment('2026-11-30'), isMoment('2026-11-30T12:00Z')]).to.deep.equal([
      false,
      false,
      true,
    ]);
  });
});
