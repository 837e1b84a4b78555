import { expect } from 'chai';
import { say } from '../planner-talk.ts';
import { harbour } from './harbour.ts';

const calls = (said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(harbour, said)).calls).to.deep.equal([{ name, input }]);
  });
};

describe('planner with days', () => {
  describe('takes the last weekday where a deed is told that was done', () => {
    it('“Marigold drew 1.5 metres on Sunday” means the Sunday before', async () => {
      const { call } = await say(harbour, 'Marigold measured a depth of 1.5 metres on Sunday', 'the first one');
      expect(call).to.deep.equal({ name: 'log_depth', input: { boat: 'b1', metres: 1.5, on: '2026-11-22' } });
    });
    calls('note a depth of 1.5 metres for Marigold on Sunday', 'log_depth', {
      boat: 'b1',
      metres: 1.5,
      on: '2026-11-29',
    });
  });

  describe('leaves the part of a day to a field that has it as a choice', () => {
    calls('deliver fuel on Sunday evening', 'deliver_fuel', { day: '2026-11-29', tide: 'evening' });
    calls('deliver fuel tomorrow morning', 'deliver_fuel', { day: '2026-11-25', tide: 'morning' });
  });

  describe('takes a weekend for both ends of what is looked up', () => {
    calls('list regattas this weekend', 'list_regattas', { from: '2026-11-28', until: '2026-11-29' });
    calls('list regattas next weekend', 'list_regattas', { from: '2026-12-05', until: '2026-12-06' });
  });
});
