import { expect } from 'chai';
import { bySpan, spanOf } from '../../components/days.ts';

const at = (text: string): number => new Date(text).getTime();

describe('how long ago something was', () => {
  const now = at('2026-03-30T09:00');

  it('is counted by days as a person does, also where one has 23 hours', () => {
    for (const [moment, span] of [
      ['2026-03-30T00:00', 'today'],
      ['2026-03-30T11:00', 'today'],
      ['2026-03-29T23:59', 'yesterday'],
      ['2026-03-29T00:00', 'yesterday'],
      ['2026-03-28T23:59', 'week'],
      ['2026-03-24T12:00', 'week'],
      ['2026-03-23T12:00', 'earlier'],
    ] as const) {
      expect(spanOf(at(moment), now), moment).to.equal(span);
    }
  });

  it('makes groups of things in the order in which they come', () => {
    const all = ['2026-03-30T08:00', '2026-03-30T07:00', '2025-01-01T00:00'].map((time) => ({ updated: at(time) }));
    expect([...bySpan(all, now)]).to.deep.equal([
      ['today', all.slice(0, 2)],
      ['earlier', all.slice(2)],
    ]);
  });
});
