import { expect } from 'chai';
import { say } from '../planner-talk.ts';
import { campsite } from './campsite.ts';

const calls = (said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(campsite, said)).calls).to.deep.equal([{ name, input }]);
  });
};
const asks = (said: string, text: string): void => {
  it(`“${said}” is asked about`, async () => {
    const answer = await say(campsite, said);
    expect([answer.calls, answer.text]).to.deep.equal([[], text]);
  });
};
/** Neither calls nor offers anything. */
const leaves = (said: string): void => {
  it(`“${said}” is left alone`, async () => {
    const answer = await say(campsite, said);
    expect([answer.calls, answer.candidates]).to.deep.equal([[], []]);
    expect(answer.text).not.to.match(/\?$/);
  });
};

describe('planner among the tools of a site', () => {
  describe('leaves what changes or takes away to its verb', () => {
    calls('Otter falls on Friday', 'plan_hike', { route: 'falls', date: '2026-11-27' });
    calls('the granite ridge path tomorrow please', 'plan_hike', { route: 'ridge', date: '2026-11-25' });
    calls('move the marsh boardwalk to Saturday', 'move_hike', { route: 'marsh', to: '2026-11-28' });
    calls('push the otter falls loop to Sunday', 'move_hike', { route: 'falls', to: '2026-11-29' });
  });

  describe('takes the first word of a name for a verb that nobody else knows', () => {
    calls('plan the marsh boardwalk for Saturday', 'plan_hike', { route: 'marsh', date: '2026-11-28' });
    asks("I'd like to make a donation", 'Amount: which number, at least 1?');
  });

  describe('does nothing for a verb that nobody knows', () => {
    it('“paint the otter falls loop on Sunday” calls nothing', async () => {
      expect((await say(campsite, 'paint the otter falls loop on Sunday')).calls).to.deep.equal([]);
    });
    leaves('can somebody fix the fridge');
  });

  describe('takes a fact that is all values for what is to be set', () => {
    calls('our fuel limit is 12 litres', 'set_fuel_limit', { litres: 12 });
    calls('the pike weighs 4 kilos', 'record_catch', { fish: 'pike', kilograms: 4 });
    calls('I caught a trout of 2 kilos', 'record_catch', { fish: 'trout', kilograms: 2 });
  });

  describe('leaves alone what has been', () => {
    leaves('we walked the granite ridge path on Sunday');
    leaves('we had the oak meadow on Friday');
    leaves('I have already booked oak meadow');
  });

  describe('leaves alone who only asks what something is', () => {
    leaves("what's the capital of Peru");
    leaves('what does a litre of gas cost');
    leaves('when does the kitchen open');
    asks('how do I cancel a stay', 'Which pitch: Oak meadow, Lakeside north or Lakeside south?');
    it('“who is the warden of this camp” searches nothing', async () => {
      expect((await say(campsite, 'who is the warden of this camp')).calls).to.deep.equal([]);
    });
  });

  describe('hears a question in a request', () => {
    calls('can you tell me where the showers are', 'show_place', { place: 'showers' });
    calls('could you let me know if the oak meadow is free', 'pitch_status', { pitch: 'p-oak' });
    calls('do you have any head torches', 'search_shop', { query: 'head torches' });
    asks('is the lakeside free', 'Which pitch: Lakeside north or Lakeside south?');
  });

  describe('hears politeness', () => {
    calls('cancel oak meadow when you get a chance', 'cancel_stay', { pitch: 'p-oak' });
    calls("I'd be ever so grateful if you could cancel the oak meadow stay", 'cancel_stay', { pitch: 'p-oak' });
    it('greets back, whatever stands behind the greeting', async () => {
      expect((await say(campsite, 'Good evening :)')).text).to.match(/^Hello\./);
    });
  });

  describe('asks for a choice that it was not told in words that it knows', () => {
    const rent = { tent: 'wren', date: '2026-11-27' };
    asks('rent the wren tunnel on Friday, roomy', 'Which size: solo, double or family?');
    asks('search the shop for a stove, on the kitchen shelf', 'Which shelf: food, tools or clothing?');
    calls('rent the wren tunnel on Friday', 'rent_tent', rent);
    it('goes on with the answer, and without it when it does not matter', async () => {
      const said = 'rent the wren tunnel on Friday, roomy';
      expect((await say(campsite, said, 'double')).calls).to.deep.equal([
        { name: 'rent_tent', input: { ...rent, size: 'double' } },
      ]);
      expect((await say(campsite, said, "it doesn't matter")).calls).to.deep.equal([
        { name: 'rent_tent', input: rent },
      ]);
      expect((await say(campsite, said, 'no')).calls).to.deep.equal([]);
    });
  });
});
