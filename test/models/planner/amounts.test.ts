import { expect } from 'chai';
import { say } from '../planner-talk.ts';
import { harbour } from './harbour.ts';

const calls = (said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(harbour, said)).calls).to.deep.equal([{ name, input }]);
  });
};

describe('planner with amounts', () => {
  describe('takes a unit that stands behind a number for the field of units', () => {
    calls('add 2 kg of onions to the list', 'add_provisions', { item: 'onions', amount: 2, unit: 'kg' });
    calls('put three crates of lemonade on the list', 'add_provisions', { item: 'lemonade', amount: 3, unit: 'crate' });
    calls('add one and a half kilos of rice', 'add_provisions', { item: 'rice', amount: 1.5, unit: 'kg' });
    calls('put 4 litres of paraffin on the list', 'add_provisions', { item: 'paraffin', amount: 4, unit: 'l' });
    calls('add an egg crate to the list', 'add_provisions', { item: 'an egg crate' });
  });

  calls('pay a hundred and thirty-five', 'pay_dues', { amount: 135 });
  calls('pay two thousand three hundred and twelve', 'pay_dues', { amount: 2312 });
  calls('order rope clamp x3', 'order_spares', { part: 'Rope clamp', pieces: 3 });
  calls('order 4x bilge pump', 'order_spares', { part: 'Bilge pump', pieces: 4 });

  describe('counts what is named beside a number', () => {
    calls('one child on the Ormsund ferry tomorrow', 'book_ferry', {
      ferry: 'Ormsund',
      day: '2026-11-25',
      passengers: { children: 1 },
    });
    calls('book a dog on the Ormsund ferry tomorrow', 'book_ferry', {
      ferry: 'Ormsund',
      day: '2026-11-25',
      passengers: { dogs: 1 },
    });
  });

  describe('when the schema refuses what was read', () => {
    it('asks instead of calling', async () => {
      const { calls: made, text } = await say(harbour, 'book the Selja ferry tomorrow');
      expect(made).to.deep.equal([]);
      expect(text).to.equal('Adults: which number from 0 to 9?');
    });
    it('calls with the answer', async () => {
      const { calls: made } = await say(harbour, 'book the Selja ferry tomorrow', 'two');
      expect(made).to.deep.equal([
        { name: 'book_ferry', input: { ferry: 'Selja', day: '2026-11-25', passengers: { adults: 2 } } },
      ]);
    });
  });
});
