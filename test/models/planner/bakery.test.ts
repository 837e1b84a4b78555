import { expect } from 'chai';
import type { ModelTool } from '../../../src/core/index.ts';
import { PLAIN } from '../plain-tool.ts';
import { say } from '../planner-talk.ts';

type Danger = ModelTool['danger'];
const text = { type: 'string' };
const day = (description: string): object => ({ type: 'string', format: 'date', description });
const tool = (
  name: string,
  description: string,
  properties: Readonly<Record<string, object>>,
  required: readonly string[],
  things: Readonly<Record<string, readonly string[]>> = {},
  danger: Danger = 'low',
): ModelTool =>
  ({
    ...PLAIN,
    ...{ name, description, danger, effect: 'write' as const, examples: [], suggests: Object.keys(things).length > 0 },
    input: { type: 'object', properties, required },
    suggest: (field: string) => Promise.resolve(things[field] ?? []),
  }) satisfies ModelTool;

/** The tools of the staff of a bakery that does not exist. */
const bakery: readonly ModelTool[] = [
  tool(
    'ask_for_days_off',
    'Asks the baker for days off.',
    { from: day('First day off'), to: day('Last day off') },
    ['from', 'to'],
    {},
    'medium',
  ),
  tool(
    'set_baking_days',
    'The days on which you bake.',
    { days: { type: 'array', items: { type: 'string', enum: ['mon', 'tue', 'wed', 'thu', 'fri'] }, minItems: 1 } },
    ['days'],
  ),
  tool('visit_customer', 'Puts a visit to a customer on the round.', { house: text, on: day('Day') }, ['house'], {
    house: ['3a Weir Row', '3b Weir Row', 'Mill Cottage'],
  }),
  tool(
    'note_complaint',
    'Notes down a complaint.',
    {
      loaf: { type: 'string', enum: ['rye', 'spelt', 'brioche'] },
      caller: { type: 'object', properties: { name: text, phone: text }, required: ['name', 'phone'] },
    },
    ['loaf'],
  ),
  tool('record_takings', 'Notes down takings.', { amount: { type: 'number', minimum: 0 } }, ['amount']),
  tool(
    'join_course',
    'Puts you down for a course.',
    { course: text, distant: { type: 'boolean', description: 'Over a video link' } },
    ['course'],
    { course: ['Laminated doughs', 'Sourdough for beginners'] },
  ),
  tool(
    'change_recipe',
    'Opens the file of a recipe.',
    { recipe: text, part: { type: 'string', enum: ['documents', 'photos'] } },
    ['recipe'],
    { recipe: ['Seeded rye', 'Milk rolls'] },
  ),
  tool('record_kneading', 'Notes down kneading.', { hours: { type: 'number', minimum: 0.25, maximum: 24 } }, ['hours']),
  tool(
    'feed_starter',
    'Reminds you of a starter.',
    { starter: text, every_days: { type: 'integer', minimum: 1, maximum: 90 } },
    ['starter', 'every_days'],
    { starter: ['Old Bess', 'Young Tom'] },
  ),
  tool(
    'rent_oven',
    'Takes an oven for some weeks.',
    { from: day('First day'), weeks: { type: 'integer', minimum: 1, maximum: 20 } },
    ['from', 'weeks'],
  ),
  tool(
    'end_contract',
    'Ends the contract with a mill.',
    { mill: text },
    ['mill'],
    { mill: ['Hollow Mill', 'Brook Mill'] },
    'high',
  ),
  tool('reserve_table', 'Keeps a table for somebody.', { table: text, on: day('Day') }, ['table', 'on'], {
    table: ['Window nook', 'Long bench'],
  }),
];

const calls = (said: string, name: string, input: object): void => {
  it(`“${said}” calls ${name}`, async () => {
    expect((await say(bakery, said)).calls).to.deep.equal([{ name, input }]);
  });
};

describe('planner among the tools of a site that explains little', () => {
  describe('takes one day for the first and the last one', () => {
    calls('ask for tomorrow off', 'ask_for_days_off', { from: '2026-11-25', to: '2026-11-25' });
    it('asks for the last day after “from”', async () => {
      const { text: asked } = await say(bakery, 'ask for days off from tomorrow');
      expect(asked).to.equal('When is it (last day off)?');
    });
  });

  describe('counts weekdays in a month', () => {
    calls('visit Mill Cottage on the last Friday of January', 'visit_customer', {
      house: 'Mill Cottage',
      on: '2027-01-29',
    });
    calls('visit Mill Cottage on the second Saturday in March', 'visit_customer', {
      house: 'Mill Cottage',
      on: '2027-03-13',
    });
    calls('visit Mill Cottage on the first of next month', 'visit_customer', {
      house: 'Mill Cottage',
      on: '2026-12-01',
    });
    calls('visit Mill Cottage on the last day of the year', 'visit_customer', {
      house: 'Mill Cottage',
      on: '2026-12-31',
    });
  });

  describe('gives two days of one week or month what is said after the second', () => {
    calls('ask for Thursday and Friday next week off', 'ask_for_days_off', { from: '2026-12-03', to: '2026-12-04' });
    calls('ask for the 10th and 11th of December off', 'ask_for_days_off', { from: '2026-12-10', to: '2026-12-11' });
  });

  describe('takes a word of what a yes or no says of itself', () => {
    calls('join Laminated doughs by video', 'join_course', { course: 'Laminated doughs', distant: true });
    calls('join Laminated doughs', 'join_course', { course: 'Laminated doughs' });
  });

  calls('open the file of Seeded rye', 'change_recipe', { recipe: 'Seeded rye' });
  calls('open the photos of Seeded rye', 'change_recipe', { recipe: 'Seeded rye', part: 'photos' });
  calls('record quarter of an hour of kneading', 'record_kneading', { hours: 0.25 });
  calls('feed Old Bess every other day', 'feed_starter', { starter: 'Old Bess', every_days: 2 });
  calls('set baking days to mondays and thursdays', 'set_baking_days', { days: ['mon', 'thu'] });
  calls('visit 3b Weir Row tomorrow', 'visit_customer', { house: '3b Weir Row', on: '2026-11-25' });
  calls('take an oven for 4 weeks from 7 December', 'rent_oven', { from: '2026-12-07', weeks: 4 });
  calls('record takings of 63 dollars 40', 'record_takings', { amount: 63.4 });
  calls('record takings of two hundred pounds fifty', 'record_takings', { amount: 200.5 });

  describe('takes no other words for a telephone number', () => {
    calls('note a complaint about the brioche', 'note_complaint', { loaf: 'brioche' });
    calls('note a complaint about the rye from Ann Weir, 07700 900123', 'note_complaint', {
      loaf: 'rye',
      caller: { name: 'Ann Weir', phone: '07700 900123' },
    });
  });

  describe('does what alone is far ahead and lacks nothing', () => {
    calls('grab me the long bench tomorrow', 'reserve_table', { table: 'Long bench', on: '2026-11-25' });
    calls('terminate with Hollow Mill', 'end_contract', { mill: 'Hollow Mill' });
    it('“remind me to end the contract with Hollow Mill” ends nothing', async () => {
      const { calls: made } = await say(bakery, 'remind me to end the contract with Hollow Mill');
      expect(made).to.deep.equal([]);
    });
  });
});
