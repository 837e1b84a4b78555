import { expect } from 'chai';
import { market, valueOf } from './planner-market.ts';
import { say } from './planner-talk.ts';
import { office, tool } from './planner-tools.ts';

describe('planner', () => {
  describe('with an open question', () => {
    const open = 'set the amount of the tents';
    it('asks', async () => {
      expect((await say(market(), open)).text).to.equal('How many pieces: which number from 1 to 99?');
    });
    it('follows another request, whatever it comes to', async () => {
      expect((await say(market(), open, 'show the notes')).call?.name).to.equal('page_show');
      expect((await say(market(), open, 'add bananas')).text).to.equal('I find no “bananas” there.');
      expect((await say(market(), open, 'how much is the rope?')).call?.name).to.equal('thing_details');
      expect((await say(market(), 'add something to my basket', 'remove the rope')).text).to.include('no “rope”');
    });
    it('asks once, then says what it needs and drops the question', async () => {
      expect((await say(market(), open, 'blue')).text).to.equal(
        'I still do not know how many pieces; ask me again with a number from 1 to 99.',
      );
      expect((await say(office, 'turn on the light', 'purple')).text).to.equal(
        'I still do not know the room; ask me again in full.',
      );
      expect((await say(office, 'turn on the light', 'purple', 'office')).call).to.equal(undefined);
    });
    it('tells that a number is too high, too low or not whole', async () => {
      expect((await say(market(), open, '200')).text).to.equal(
        'At most 99 are possible; ask me again with a number from 1 to 99.',
      );
      expect((await say(market(), open, '0')).text).to.match(/^At least 1 is needed;/);
      expect((await say(market(), open, '2.5')).text).to.match(/^Only whole numbers are possible;/);
      expect((await say(market(), 'add 200 tents')).text).to.equal(
        'At most 99 are possible. How many pieces: which number from 1 to 99?',
      );
    });
    it('does not take a bare value for another tool', async () => {
      const search = tool({
        name: 'price_search',
        description: 'Find things by their price',
        effect: 'read',
        examples: ['find things under 20 euros'],
        input: { type: 'object', properties: { most: { type: 'number' } }, required: ['most'] },
      });
      const { call, text } = await say([...market('Tent', 'Rope'), search], 'remove a thing from my basket', '4');
      expect(call).to.equal(undefined);
      expect(text).to.equal('I find no “4” there.');
    });
    it('says that it finds no such thing', async () => {
      expect((await say(market('Tent', 'Rope'), 'remove a thing from my basket', 'unicorn')).text).to.equal(
        'I find no “unicorn” there.',
      );
    });
    it('takes a yes to the only thing that there is', async () => {
      const remove = 'remove a thing from my basket';
      expect((await say(market('Rope'), remove)).text).to.equal('Do you mean Rope?');
      const call = { name: 'basket_remove', input: { thing: valueOf('Rope') } };
      for (const yes of ['yes', 'Yes please', 'ok', 'sure!']) {
        expect((await say(market('Rope'), remove, yes)).call, yes).to.deep.equal(call);
      }
      expect((await say(market('Rope'), remove, 'no')).text).to.equal('All right, I did nothing.');
    });
  });

  it('has nothing to cancel without a question', async () => {
    for (const said of ['cancel', 'never mind', 'Cancel that.', 'forget it']) {
      expect((await say(market(), said)).text).to.equal('There is nothing to cancel.');
    }
  });
});
