import { expect } from 'chai';
import type { ModelTool } from '../../src/core/index.ts';
import { market, valueOf } from './planner-market.ts';
import { local, say } from './planner-talk.ts';
import { office, shop } from './planner-tools.ts';

/** One call as its tool and its input. */
type Wanted = readonly [name: string, input: object];

const both = (
  said: string,
  first: Wanted,
  second: Wanted,
  tools: readonly ModelTool[] = market('Tent', 'Rope'),
): void => {
  it(`“${said}” does both`, async () => {
    const made = (await say(tools, said)).calls.map(({ name, input }) => [name, input]);
    expect(made).to.deep.equal([first, second]);
  });
};
const parts = (said: string, first: string, second: string): void => {
  it(`“${said}” does nothing and asks what comes first`, async () => {
    const { call, text } = await say(market('Tent', 'Rope'), said);
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
    const tent = valueOf('Tent');
    const rope = valueOf('Rope');
    const lantern = valueOf('Lantern');
    const basket: Wanted = ['page_show', { page: 'basket' }];
    const dark: Wanted = ['colours_set', { mode: 'dark' }];
    const addTent: Wanted = ['basket_add', { thing: tent }];
    both(
      'add two tents and one rope',
      ['basket_add', { thing: tent, amount: 2 }],
      ['basket_add', { thing: rope, amount: 1 }],
    );
    both(
      'add two wool blankets and one folding chair',
      ['basket_add', { thing: valueOf('Wool blanket'), amount: 2 }],
      ['basket_add', { thing: valueOf('Folding chair'), amount: 1 }],
    );
    both('add a tent, a rope', addTent, ['basket_add', { thing: rope }]);
    both('add wool socks and go to my basket', ['basket_add', { thing: valueOf('Wool socks') }], basket);
    both('switch to dark mode and show my basket', dark, basket);
    both(
      'find lamps and add the water bottle',
      ['find_things', { query: 'lamps' }],
      ['basket_add', { thing: valueOf('Water bottle') }],
    );
    both(
      'add milk to the list and the lantern to the basket',
      ['note_add', { title: 'milk' }],
      ['basket_add', { thing: lantern }],
    );
    both(
      'add the lantern to the basket and milk to the list',
      ['basket_add', { thing: lantern }],
      ['note_add', { title: 'milk' }],
    );
    both('remind me to mend the roof, then show my basket', ['note_add', { title: 'mend the roof' }], basket);
    both('remove the tent; remove the rope', ['basket_remove', { thing: tent }], ['basket_remove', { thing: rope }]);
    both('how much is the tent and the rope?', ['thing_details', { thing: tent }], ['thing_details', { thing: rope }]);
    both(
      'set the tents to 3 and the rope to 4',
      ['basket_set', { thing: tent, amount: 3 }],
      ['basket_set', { thing: rope, amount: 4 }],
    );
    both('go to my basket plus switch to dark mode', basket, dark);
    both('add a tent. Also go to my basket', addTent, basket);
    both(
      'set the bedroom to 20 degrees and the office to 22',
      ['heating.set', { room: 'bedroom', degrees: 20 }],
      ['heating.set', { room: 'office', degrees: 22 }],
      office,
    );
    both(
      'start a timer for 5 minutes and disable the alarm',
      ['timer.start', { minutes: 5 }],
      ['alarm.disable', {}],
      office,
    );
    both(
      'turn off the lights in the kitchen and the bedroom',
      ['light.set', { room: 'kitchen', state: 'off' }],
      ['light.set', { room: 'bedroom', state: 'off' }],
      office,
    );
    both(
      'remind me to call mum on friday and on sunday',
      ['todo.add', { title: 'call mum', due: local('2026-11-27T09:00') }],
      ['todo.add', { title: 'call mum', due: local('2026-11-29T09:00') }],
      shop,
    );
  });

  describe('with two requests of which one cannot be done', () => {
    parts('add bananas and a tent', 'add bananas', 'add a tent');
    parts('add a tent and bananas', 'add a tent', 'bananas');
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
    const said = 'add two tents and bananas';
    it('does that alone', async () => {
      const first = { name: 'basket_add', input: { thing: valueOf('Tent'), amount: 2 } };
      expect((await say(market(), said, 'the first')).calls).to.deep.equal([first]);
      expect((await say(market(), said, 'the tents')).calls).to.deep.equal([first]);
      expect((await say(market(), said, 'add two tents')).calls).to.deep.equal([first]);
      expect((await say(market(), said, 'the second one')).call).to.equal(undefined);
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
