import { expect } from 'chai';
import { local, say } from '../planner-talk.ts';
import { harbour } from './harbour.ts';

const calls = (said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(harbour, said)).calls).to.deep.equal([{ name, input }]);
  });
};
const asks = (said: string, about: string): void => {
  it(`“${said}” asks`, async () => {
    const { calls: made, text } = await say(harbour, said);
    expect(made).to.deep.equal([]);
    expect(text).to.equal(about);
  });
};

describe('planner with names of things', () => {
  describe('knows a thing by its name without what a label adds', () => {
    calls('book a repair: get Juniper painting done on Friday at 10', 'book_repair', {
      boat: 'b3',
      work: 'painting',
      start: local('2026-11-27T10:00'),
    });
    calls('bring the otter in for new sails on Thursday at 2 pm', 'book_repair', {
      boat: 'b2',
      work: 'sails',
      start: local('2026-11-26T14:00'),
    });
    calls('note that Marigold draws 1.5 metres', 'log_depth', { boat: 'b1', metres: 1.5 });
    asks('Juniper needs a hull inspection, book it', 'When is it (start)?');
  });

  // Only one label has the word.
  asks(
    'bring my boat in for painting on Friday at 10',
    'Which of your boats: Marigold (red sloop), Otter (tug), Juniper (fishing boat), Heron, wide or Heron, narrow?',
  );

  describe('asks which of the things that share a name', () => {
    asks('bring the heron in for sails on Friday at 10', 'Which of your boats: Heron, wide or Heron, narrow?');
    asks('order the shackle', 'Which part: Shackle, steel or Shackle, brass?');
    it('and goes on with the answer', async () => {
      const { calls: made } = await say(harbour, 'bring the heron in for sails on Friday at 10', 'the narrow one');
      expect(made).to.deep.equal([
        { name: 'book_repair', input: { boat: 'b5', work: 'sails', start: local('2026-11-27T10:00') } },
      ]);
    });
  });
});
