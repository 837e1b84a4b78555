/** An invented harbour for the tests of how the planner reads: amounts with units, objects of counts, boats with names. */
import type { JsonSchema, ModelTool } from '../../../src/core/index.ts';
import { tool } from '../planner-tools.ts';

const object = (properties: Record<string, JsonSchema>, ...required: readonly string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const BOATS = [
  { value: 'b1', label: 'Marigold (red sloop)' },
  { value: 'b2', label: 'Otter (tug)' },
  { value: 'b3', label: 'Juniper (fishing boat)' },
  { value: 'b4', label: 'Heron, wide' },
  { value: 'b5', label: 'Heron, narrow' },
];
const FERRIES = ['Selja', 'Ormsund', 'Lune and Little Lune'];
const suggesting = {
  suggests: true,
  suggest: (field: string) => Promise.resolve(field === 'boat' ? BOATS : field === 'ferry' ? FERRIES : []),
};
const count = { type: 'integer', minimum: 0, maximum: 9 };

export const harbour: readonly ModelTool[] = [
  tool({
    name: 'book_ferry',
    description: 'Books places on a ferry.',
    danger: 'medium',
    examples: ['two adult places on the Selja ferry on 5 May'],
    input: object(
      {
        ferry: { type: 'string' },
        day: { type: 'string', format: 'date' },
        passengers: { ...object({ adults: count, children: count, dogs: count }), minProperties: 1 },
      },
      'ferry',
      'day',
      'passengers',
    ),
    ...suggesting,
  }),
  tool({
    name: 'add_provisions',
    description: 'Puts something on the list of provisions.',
    examples: ['300 g of butter on the list'],
    input: object(
      {
        item: { type: 'string', description: 'What to bring on board' },
        amount: { type: 'number', minimum: 0.1, maximum: 5000 },
        unit: { type: 'string', enum: ['g', 'kg', 'l', 'crate'] },
      },
      'item',
    ),
  }),
  tool({
    name: 'pay_dues',
    description: 'Pays into the fund of the harbour.',
    danger: 'high',
    examples: [],
    input: object({ amount: { type: 'number', minimum: 1, maximum: 9000 } }, 'amount'),
  }),
  tool({
    name: 'order_spares',
    description: 'Orders spare parts.',
    danger: 'medium',
    examples: [],
    input: object({ part: { type: 'string' }, pieces: { type: 'integer', minimum: 1, maximum: 50 } }, 'part'),
    suggests: true,
    suggest: () => Promise.resolve(['Shackle, steel', 'Shackle, brass', 'Rope clamp', 'Bilge pump']),
  }),
  tool({
    name: 'book_repair',
    description: 'Books the yard for one of your boats.',
    danger: 'medium',
    examples: ['I would like to bring the Marigold in for painting on Friday at 10'],
    input: object(
      {
        boat: { type: 'string', description: 'Which of your boats' },
        work: { type: 'string', enum: ['painting', 'engine', 'sails', 'hull_inspection'] },
        start: { type: 'string', format: 'date-time' },
      },
      'boat',
      'work',
      'start',
    ),
    ...suggesting,
  }),
  tool({
    name: 'log_depth',
    description: 'Notes down how deep a boat lies.',
    examples: [],
    input: object(
      {
        boat: { type: 'string' },
        metres: { type: 'number', minimum: 0, maximum: 20 },
        on: { type: 'string', format: 'date' },
      },
      'boat',
      'metres',
    ),
    ...suggesting,
  }),
  tool({
    name: 'register_skipper',
    description: 'Registers a skipper with the harbour.',
    examples: [],
    input: object(
      { skipper: object({ name: { type: 'string' }, licence: { type: 'string', enum: ['coast', 'sea'] } }, 'name') },
      'skipper',
    ),
  }),
  tool({
    name: 'register_club',
    description: 'Announces the visit of a club to the harbour.',
    danger: 'medium',
    examples: [],
    input: object(
      {
        club: { type: 'string', description: 'Name of the club' },
        day: { type: 'string', format: 'date' },
        guests: { type: 'integer', minimum: 1, maximum: 90 },
      },
      'club',
      'day',
      'guests',
    ),
  }),
  tool({
    name: 'ask_harbour_master',
    description: 'Sends a question to the harbour master.',
    examples: ['I have a question for the harbour master'],
    input: object(
      { question: { type: 'string' }, answer_by: { type: 'string', enum: ['radio', 'letter'] } },
      'question',
    ),
  }),
  tool({
    name: 'find_messages',
    description: 'Find messages of the harbour.',
    effect: 'read',
    examples: [],
    input: object({
      query: { type: 'string', description: 'Words in the message' },
      state: { type: 'string', enum: ['open', 'archived'] },
      opened_after: { type: 'string', format: 'date' },
    }),
  }),
  tool({
    name: 'deliver_fuel',
    description: 'Has fuel delivered to the berth.',
    danger: 'medium',
    examples: [],
    input: object(
      {
        day: { type: 'string', format: 'date' },
        tide: { type: 'string', enum: ['morning', 'evening'], description: 'Which tide' },
      },
      'day',
      'tide',
    ),
  }),
  tool({
    name: 'list_regattas',
    description: 'Lists the regattas of the harbour.',
    effect: 'read',
    examples: [],
    input: object({ from: { type: 'string', format: 'date' }, until: { type: 'string', format: 'date' } }),
  }),
  tool({
    name: 'postpone_repair',
    description: 'Moves a repair to another time.',
    danger: 'medium',
    examples: [],
    input: object(
      { boat: { type: 'string' }, new_start: { type: 'string', format: 'date-time' } },
      'boat',
      'new_start',
    ),
    ...suggesting,
  }),
  tool({
    name: 'cancel_repair',
    description: 'Cancels the repair of a boat.',
    danger: 'medium',
    examples: [],
    input: object({ boat: { type: 'string' } }, 'boat'),
    ...suggesting,
  }),
  tool({
    name: 'tide_table',
    description: 'How the tide is at a place.',
    effect: 'read',
    examples: ['how is the tide at the mole'],
    input: object(
      {
        place: { type: 'string', enum: ['mole', 'lock', 'slipway'] },
        figure: { type: 'string', enum: ['height', 'current'] },
      },
      'place',
    ),
  }),
  tool({
    name: 'lock_hours',
    description: 'The hours of a house of the harbour.',
    effect: 'read',
    examples: ['what are the hours of the chandlery'],
    input: object({ house: { type: 'string', enum: ['lock', 'chandlery'] }, day: { type: 'string', format: 'date' } }),
  }),
  tool({
    name: 'share_log',
    description: 'E-mails the log of a week to somebody.',
    danger: 'medium',
    examples: [],
    input: object(
      {
        email: { type: 'string', format: 'email' },
        week: { type: 'string', enum: ['last_week', 'this_week'] },
      },
      'email',
    ),
  }),
  tool({
    name: 'show_log',
    description: 'Opens the log.',
    effect: 'navigate',
    examples: [],
    input: object({ week: { type: 'string', enum: ['last_week', 'this_week'] } }),
  }),
  tool({
    name: 'report_loss',
    description: 'Tells the harbour what was lost overboard.',
    examples: [],
    input: object(
      { item: { type: 'string', description: 'What it is' }, phone: { type: 'string' }, reward: { type: 'number' } },
      'item',
    ),
  }),
];
