/** Three invented sites for the tests of the planner: an office, a library and a shop with to-dos. */
import type { JsonSchema, ModelTool } from '../../src/core/index.ts';
import { PLAIN } from './plain-tool.ts';

const object = (properties: Record<string, JsonSchema>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
export const tool = (spec: Partial<ModelTool> & Pick<ModelTool, 'name' | 'description' | 'examples'>): ModelTool => ({
  ...PLAIN,
  input: object({}),
  category: 'test',
  effect: 'write',
  idempotent: false,
  ...spec,
});
const catalogue = (...things: readonly unknown[]): Pick<ModelTool, 'suggests' | 'suggest'> => ({
  suggests: true,
  suggest: () => Promise.resolve(things),
});

const ROOMS = ['kitchen', 'bedroom', 'living room', 'office'];
const LENGTHS = ['mile', 'km', 'metre', 'foot'];
export const office: readonly ModelTool[] = [
  tool({
    name: 'light.set',
    description: 'Turns the light of a room on or off.',
    input: object({ room: { type: 'string', enum: ROOMS }, state: { type: 'string', enum: ['on', 'off'] } }, [
      ...['room', 'state'],
    ]),
    examples: ['turn on the light in the kitchen', 'switch off the office lights'],
  }),
  tool({
    name: 'heating.set',
    description: 'Sets the temperature of a room.',
    input: object(
      {
        room: { type: 'string', enum: ROOMS },
        degrees: { type: 'number', minimum: 5, maximum: 30, description: 'Temperature in degrees' },
      },
      ['room', 'degrees'],
    ),
    examples: ['set the bedroom to 21 degrees', 'heat the office to 19'],
  }),
  tool({
    name: 'desk.book',
    description: 'Books a desk for a day.',
    input: object(
      {
        desk: { type: 'string', description: 'The desk' },
        day: { type: 'string', format: 'date' },
        monitor: { type: 'boolean', title: 'Monitor' },
      },
      ['desk', 'day'],
    ),
    examples: ['book the corner desk for friday', 'reserve a desk for tomorrow with a monitor'],
    ...catalogue(
      { value: 'd1', label: 'Corner desk' },
      { value: 'd2', label: 'Window desk' },
      { value: 'd3', label: 'Standing desk' },
    ),
  }),
  tool({
    name: 'timer.start',
    description: 'Starts a timer.',
    input: object({ minutes: { type: 'integer', minimum: 1, maximum: 600 } }, ['minutes']),
    examples: ['start a timer for 10 minutes', 'set a timer of half an hour'],
  }),
  tool({
    name: 'convert_length',
    description: 'Converts a length from one unit to another.',
    input: object(
      {
        amount: { type: 'number' },
        from: { type: 'string', enum: LENGTHS },
        to: { type: 'string', enum: LENGTHS, description: 'The unit: km (kilometres, kilometers), foot (feet, ft)' },
      },
      ['amount', 'from', 'to'],
    ),
    examples: ['convert 3 metres to feet', 'how many km are 26 miles'],
    effect: 'read',
  }),
  tool({
    name: 'calculator',
    description: 'Works out an arithmetic expression.',
    input: object({ expression: { type: 'string', description: 'An arithmetic expression such as 2 * (3 + 4)' } }, [
      'expression',
    ]),
    examples: ['what is 12 times 7', 'calculate 15 percent of 80'],
    effect: 'read',
  }),
  tool({
    name: 'alarm.disable',
    description: 'Disables the alarm of the whole building.',
    examples: ['disable the alarm'],
    danger: 'high',
  }),
];

export const library: readonly ModelTool[] = [
  tool({
    name: 'loans.renew',
    description: 'Renews a borrowed book, so that it can be kept longer.',
    input: object({ book: { type: 'string', description: 'The book to renew' } }, ['book']),
    examples: ['renew The Hobbit', 'extend my loan of Middlemarch'],
    ...catalogue(
      { value: 'b-17', label: 'The Hobbit' },
      { value: 'b-18', label: 'Middlemarch' },
      { value: 'b-19', label: 'A Brief History of Time' },
      { value: 'b-20', label: 'A Brief History of Tea' },
    ),
  }),
  tool({
    name: 'catalogue.search',
    description: 'Searches the catalogue of the library for books.',
    input: object({ query: { type: 'string', description: 'What to look for' }, limit: { type: 'integer' } }, [
      'query',
    ]),
    examples: ['search for books about whales', 'find novels by Woolf'],
    effect: 'read',
  }),
  tool({
    name: 'loans.list',
    description: 'Lists the books that I have borrowed and when they are due.',
    examples: ['show my loans', 'what books do I have', 'when are my books due'],
    effect: 'read',
  }),
  tool({
    name: 'hours.show',
    description: 'Tells the opening hours of the library.',
    input: object({ day: { type: 'string', format: 'date' } }),
    examples: ['when is the library open', 'opening hours on sunday'],
    effect: 'read',
  }),
  tool({
    name: 'room.reserve',
    description: 'Reserves a study room.',
    input: object(
      {
        size: { type: 'string', enum: ['small', 'large'], title: 'Room size' },
        start: { type: 'string', format: 'date-time' },
        people: { type: 'integer', minimum: 1, maximum: 12, description: 'Number of people' },
      },
      ['size', 'start'],
    ),
    examples: ['reserve a small study room for tomorrow at 10', 'book a large room on friday at 3 pm for 6 people'],
    danger: 'medium',
  }),
  tool({
    name: 'message.send',
    description: 'Sends a message to a librarian.',
    input: object({ to: { type: 'string', title: 'Librarian' }, text: { type: 'string', title: 'Text' } }, [
      'to',
      'text',
    ]),
    examples: ['send a message to Ms Okoye saying my card is lost'],
  }),
  tool({
    name: 'account.delete',
    description: 'Deletes the account at the library.',
    examples: ['delete my account'],
    danger: 'high',
  }),
];

export const shop: readonly ModelTool[] = [
  tool({
    name: 'cart.add',
    description: 'Adds a product to the shopping cart.',
    input: object(
      {
        product: { type: 'string', description: 'The product' },
        quantity: { type: 'integer', minimum: 1, maximum: 99 },
      },
      ['product'],
    ),
    examples: ['add a coffee mug to my cart', 'put two mugs in the basket'],
    ...catalogue(
      { value: 'espresso-beans', label: 'Espresso beans' },
      { value: 'espresso-cups', label: 'Espresso cups' },
      { value: 'mug', label: 'Coffee mug' },
      { value: 'green-tea', label: 'Green tea' },
    ),
  }),
  tool({
    name: 'cart.show',
    description: 'Shows what is in the shopping cart.',
    examples: ["what's in my cart", 'show my cart'],
    effect: 'read',
  }),
  tool({
    name: 'todo.add',
    description: 'Adds a to-do to the list, with a date when one is said.',
    input: object(
      {
        title: { type: 'string', description: 'What is to be done' },
        due: { type: 'string', format: 'date-time' },
        priority: { type: 'string', enum: ['low', 'medium', 'high'] },
      },
      ['title'],
    ),
    examples: ['remind me to water the plants tomorrow', 'add buy milk to my to-do list'],
  }),
  tool({
    name: 'todo.done',
    description: 'Marks a to-do as done.',
    input: object({ todo: { type: 'string', description: 'The to-do' } }, ['todo']),
    examples: ['mark water the plants as done', 'tick off buy milk'],
    ...catalogue({ value: 't1', label: 'Buy milk' }, { value: 't2', label: 'Water the plants' }),
  }),
];
