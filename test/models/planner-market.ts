/** An invented market for the tests of the planner: fifteen things, a basket, notes, and what the page shows. */
import type { ModelTool } from '../../src/core/index.ts';
import { tool } from './planner-tools.ts';

/** Names of one and of two words and more, with an article, a number, a sign or an `and` in them. */
export const THINGS = [
  'Lantern',
  'Tent',
  'AeroStove',
  'Rope',
  'Compass',
  'Wool blanket',
  'Wool socks',
  'Folding chair',
  'Water bottle',
  'Rain jacket',
  'The Night Walker',
  'Trail 500',
  'No. 7 knife',
  'Salt and pepper mill',
  'Fire-starter kit',
];

const options = THINGS.map((label, index) => ({ value: `p${index}`, label }));
export const valueOf = (label: string): string => `p${THINGS.indexOf(label)}`;

const thing = { type: 'string', description: 'Thing: its number or its name' };
const amount = { type: 'integer', minimum: 1, maximum: 99, description: 'How many pieces' };
const object = (properties: Record<string, object>, ...required: readonly string[]): ModelTool['input'] => ({
  type: 'object',
  properties,
  required,
});
const suggesting = (things: readonly unknown[]): Pick<ModelTool, 'suggests' | 'suggest'> => ({
  suggests: true,
  suggest: (field) => Promise.resolve(field === 'thing' ? things : []),
});

/** @param held What the basket holds. */
export const market = (...held: readonly string[]): readonly ModelTool[] => [
  tool({
    name: 'thing_details',
    description: 'Tell the details of a thing: its price and how many there are',
    effect: 'read',
    examples: [
      'how much is the lantern?',
      'do you have a tent?',
      'what does the rope cost?',
      'tell me about the compass',
    ],
    input: object({ thing }, 'thing'),
    ...suggesting(options),
  }),
  tool({
    name: 'basket_add',
    description: 'Add a thing to the basket',
    examples: ['add two tents to my basket', 'I want the lantern', 'buy three wool blankets'],
    input: object({ thing, amount }, 'thing'),
    ...suggesting(options),
  }),
  tool({
    name: 'basket_set',
    description: 'Change how many of a thing are in the basket',
    examples: ['change the tents to 3', 'set the amount of wool socks to two'],
    input: object({ thing, amount }, 'thing', 'amount'),
    ...suggesting(options),
  }),
  tool({
    name: 'basket_remove',
    description: 'Remove a thing from the basket: take it out',
    examples: ['remove the lantern from my basket', 'take the rope out of the basket'],
    input: object({ thing }, 'thing'),
    ...suggesting(options.filter(({ label }) => held.includes(label))),
  }),
  tool({
    name: 'find_things',
    description: 'Search the market: find things',
    effect: 'read',
    examples: ['find a gift', 'search the market for lamps'],
    input: object({ query: { type: 'string', description: 'Words to look for' } }),
  }),
  tool({
    name: 'note_add',
    description: 'Add a note to the list of things to do',
    examples: ['remind me to mend the roof', 'add pay the rent to my list'],
    input: object({ title: { type: 'string', description: 'What is to be done' } }, 'title'),
  }),
  tool({
    name: 'page_show',
    description: 'Go to a page: open the market, the basket or the notes',
    effect: 'navigate',
    examples: ['go to my basket', 'show the notes'],
    input: object({ page: { type: 'string', enum: ['market', 'basket', 'notes'] } }, 'page'),
  }),
  tool({
    name: 'colours_set',
    description: 'Switch the colours of the page',
    examples: ['switch to dark mode', 'use the light colours'],
    input: object({ mode: { type: 'string', enum: ['light', 'dark'] } }, 'mode'),
  }),
];
