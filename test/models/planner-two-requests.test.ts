import { expect } from 'chai';
import type { ModelTool } from '../../src/core/index.ts';
import { market, valueOf } from './planner-market.ts';
import { say } from './planner-talk.ts';
import { office, shop } from './planner-tools.ts';

const parts = (
  said: string,
  first: string,
  second: string,
  tools: readonly ModelTool[] = market('Tent', 'Rope'),
): void => {
  it(`“${said}” does nothing and asks what comes first`, async () => {
    const { call, text } = await say(tools, said);
    expect(call).to.equal(undefined);
    expect(text).to.equal(`One thing at a time, please: what first, “${first}” or “${second}”?`);
  });
};
const calls = (
  said: string,
  name: string,
  input: object,
  tools: readonly ModelTool[] = market('Tent', 'Rope'),
): void => {
  it(`“${said}” is one request`, async () => {
    expect((await say(tools, said)).call).to.deep.equal({ name, input });
  });
};

describe('planner', () => {
  describe('with two requests in a message', () => {
    parts('add two tents and one rope', 'add two tents', 'add one rope');
    parts('add two wool blankets and one folding chair', 'add two wool blankets', 'add one folding chair');
    parts('add a tent, a rope', 'add a tent', 'add a rope');
    parts('add wool socks and go to my basket', 'add wool socks', 'go to my basket');
    parts('switch to dark mode and show my basket', 'switch to dark mode', 'show my basket');
    parts('find lamps and add the water bottle', 'find lamps', 'add the water bottle');
    parts(
      'add milk to the list and the lantern to the basket',
      'add milk to the list',
      'add the lantern to the basket',
    );
    parts(
      'add the lantern to the basket and milk to the list',
      'add the lantern to the basket',
      'add milk to the list',
    );
    parts('remind me to mend the roof, then show my basket', 'remind me to mend the roof', 'show my basket');
    parts('remove the tent; remove the rope', 'remove the tent', 'remove the rope');
    parts('how much is the tent and the rope?', 'how much is the tent', 'the rope?');
    parts('set the tents to 3 and the rope to 4', 'set the tents to 3', 'set the rope to 4');
    parts('add bananas and a tent', 'add bananas', 'add a tent');
    parts('add a tent and bananas', 'add a tent', 'bananas');
    parts('go to my basket plus switch to dark mode', 'go to my basket', 'switch to dark mode');
    parts('add a tent. Also go to my basket', 'add a tent', 'go to my basket');
    parts(
      'set the bedroom to 20 degrees and the office to 22',
      'set the bedroom to 20 degrees',
      'set the office to 22',
      office,
    );
    parts(
      'start a timer for 5 minutes and disable the alarm',
      'start a timer for 5 minutes',
      'disable the alarm',
      office,
    );
    parts('remind me to call mum on friday and on sunday', 'remind me to call mum on friday', 'remind on sunday', shop);
  });

  describe('with one request that has an “and” or a comma', () => {
    calls('remind me to buy milk and eggs', 'note_add', { title: 'buy milk and eggs' });
    calls('remind me to buy milk, eggs and bread', 'note_add', { title: 'buy milk, eggs and bread' });
    calls('remind me to wash and mend the roof', 'note_add', { title: 'wash and mend the roof' });
    calls('add the salt and pepper mill', 'basket_add', { thing: valueOf('Salt and pepper mill') });
    calls('find salt and sugar', 'find_things', { query: 'salt and sugar' });
    calls('please, add a tent', 'basket_add', { thing: valueOf('Tent') });
    calls('add the tent, please', 'basket_add', { thing: valueOf('Tent') });
    calls('start a timer of 1 hour and 15 minutes', 'timer.start', { minutes: 75 }, office);
    calls('how much is (2 + 3) times 4 plus 1', 'calculator', { expression: '(2 + 3) * 4 + 1' }, office);
    calls('remind me not to be late, high priority', 'todo.add', { title: 'not to be late', priority: 'high' }, shop);
  });

  describe('when it is told what comes first', () => {
    const said = 'add two tents and one rope';
    it('does that alone', async () => {
      const first = { name: 'basket_add', input: { thing: valueOf('Tent'), amount: 2 } };
      const second = { name: 'basket_add', input: { thing: valueOf('Rope'), amount: 1 } };
      expect((await say(market(), said, 'the first')).call).to.deep.equal(first);
      expect((await say(market(), said, 'the second one')).call).to.deep.equal(second);
      expect((await say(market(), said, 'the rope')).call).to.deep.equal(second);
      expect((await say(market(), said, 'add two tents')).call).to.deep.equal(first);
    });
    it('does nothing when it is none of them', async () => {
      expect((await say(market(), said, 'never mind')).text).to.equal('All right, I did nothing.');
    });
  });

  describe('when a message takes itself back at its end', () => {
    for (const end of ['?? no', ', no', ' never mind', '... no thanks', ', cancel that', '. No!', ', forget it']) {
      it(`does nothing for “add a tent${end}”`, async () => {
        const { call, text } = await say(market(), `add a tent${end}`);
        expect(call).to.equal(undefined);
        expect(text).to.equal('All right, I did nothing.');
      });
    }
    it('keeps a text that ends in “no”', async () => {
      expect((await say(market(), 'remind me to say no')).call?.input).to.deep.equal({ title: 'say no' });
    });
  });
});
