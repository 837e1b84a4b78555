import { expect } from 'chai';
import { market, THINGS, valueOf } from './planner-market.ts';
import { say } from './planner-talk.ts';

/** Each is said of one thing in some example; here it is said of every thing. */
const PHRASES: Record<string, string> = {
  'how much is the X?': 'thing_details',
  'do you have X?': 'thing_details',
  'do you have a X': 'thing_details',
  'what does the X cost?': 'thing_details',
  'tell me about the X': 'thing_details',
  'I want the X': 'basket_add',
  "I'd like the X, please": 'basket_add',
  'add X to my basket': 'basket_add',
  'buy a X': 'basket_add',
};

describe('planner with a catalogue', () => {
  for (const [phrase, name] of Object.entries(PHRASES)) {
    it(`understands “${phrase}” of all ${THINGS.length} things`, async () => {
      const failed: string[] = [];
      for (const label of THINGS) {
        for (const said of [label, label.toLowerCase()]) {
          const text = phrase.replace('X', said.replace(/^The (?=.*)/, phrase.includes('the X') ? '' : 'The '));
          const { call } = await say(market(), text);
          const fits = JSON.stringify(call) === JSON.stringify({ name, input: { thing: valueOf(label) } });
          if (!fits) failed.push(`${text} → ${JSON.stringify(call)}`);
        }
      }
      expect(failed).to.deep.equal([]);
    });
  }

  it('asks which one when the tool itself knows a kind of things', async () => {
    const kinds = market().map((one) => ({
      ...one,
      suggest: async (field: string, query: string) => {
        const all = (await one.suggest?.(field, '')) ?? [];
        return query.includes('camping') ? all.slice(0, 2) : query === '' ? all : [];
      },
    }));
    expect((await say(kinds, 'add camping gear')).text).to.equal('Which thing: Lantern or Tent?');
    expect((await say(kinds, 'add bananas')).text).to.equal('I find no “bananas” there.');
  });

  describe('that does not have what was named', () => {
    const finds = (said: string, name: string, ...held: readonly string[]): void => {
      it(`“${said}” finds no ${name}`, async () => {
        const { call, text } = await say(market(...held), said);
        expect(call).to.equal(undefined);
        expect(text).to.equal(`I find no “${name}” there.`);
      });
    };
    finds('add bananas', 'bananas');
    finds('add 3 bananas to my basket', 'bananas');
    finds('buy two bags of bananas', 'bananas');
    finds('how much is the unicorn?', 'unicorn');
    finds('remove the lantern', 'lantern');
    finds('remove the wool blanket from my basket', 'wool blanket');
    finds('remove the lantern', 'lantern', 'Tent', 'Rope');
    finds('remove the bananas', 'bananas', 'Tent');
  });
});
