/** The tools of a campsite that does not exist. */
import type { ModelTool } from '../../../src/core/index.ts';

type Danger = ModelTool['danger'];
type Made = Pick<ModelTool, 'name' | 'description' | 'input'> & Partial<ModelTool>;

const text = { type: 'string' };
const day = { type: 'string', format: 'date' };
const count = { type: 'integer', minimum: 1, maximum: 30 };
const one = (...values: readonly string[]): object => ({ type: 'string', enum: values });
const object = (properties: object, ...required: readonly string[]): ModelTool['input'] => ({
  type: 'object',
  properties,
  required,
});

const THINGS: Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>> = {
  route: [
    { value: 'ridge', label: 'Granite ridge path' },
    { value: 'falls', label: 'Otter falls loop' },
    { value: 'marsh', label: 'Marsh boardwalk' },
  ],
  pitch: [
    { value: 'p-oak', label: 'Oak meadow' },
    { value: 'p-lake-n', label: 'Lakeside north' },
    { value: 'p-lake-s', label: 'Lakeside south' },
  ],
  tent: [
    { value: 'gale', label: 'Gale dome' },
    { value: 'wren', label: 'Wren tunnel' },
  ],
};

const tool = (made: Made, danger: Danger = 'low', effect: ModelTool['effect'] = 'write'): ModelTool => {
  const names = Object.keys(made.input['properties'] ?? {}).filter((name) => name in THINGS);
  const things = (field: string, query: string): readonly unknown[] =>
    (THINGS[field] ?? []).filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
  return {
    examples: [],
    effect,
    danger,
    suggests: names.length > 0,
    ...(names.length > 0 ? { suggest: (field: string, query: string) => Promise.resolve(things(field, query)) } : {}),
    ...made,
  } as ModelTool;
};

export const campsite: readonly ModelTool[] = [
  tool({
    name: 'plan_hike',
    description: 'Puts a route on your calendar.',
    input: object({ route: text, date: day, pace: one('gentle', 'brisk') }, 'route', 'date'),
  }),
  tool({
    name: 'move_hike',
    description: 'Moves a planned route to another day.',
    input: object({ route: text, to: day }, 'route', 'to'),
  }),
  tool({
    name: 'record_catch',
    description: 'Notes down a fish that you have caught.',
    input: object(
      { fish: one('trout', 'perch', 'pike'), kilograms: { type: 'number', minimum: 0.1, maximum: 40 }, on: day },
      'fish',
      'kilograms',
    ),
  }),
  tool(
    {
      name: 'book_pitch',
      description: 'Books a place for your tent.',
      input: object({ pitch: text, arrival: day, nights: count }, 'pitch', 'arrival', 'nights'),
    },
    'medium',
  ),
  tool(
    {
      name: 'cancel_stay',
      description: 'Cancels a booked stay.',
      input: object({ pitch: text, arrival: day }, 'pitch'),
    },
    'high',
  ),
  tool(
    {
      name: 'donate',
      description: 'Gives money to the mountain rescue.',
      input: object({ amount: { type: 'number', minimum: 1 } }, 'amount'),
    },
    'high',
  ),
  tool({
    name: 'set_fuel_limit',
    description: 'The most gas that you want to use in a day.',
    input: object({ litres: { type: 'number', minimum: 1, maximum: 90 } }, 'litres'),
  }),
  tool({
    name: 'report_fault',
    description: 'Tells the warden that something is broken.',
    input: object({ what: text, urgent: { type: 'boolean' } }, 'what'),
  }),
  tool({
    name: 'rent_tent',
    description: 'Hires out a tent.',
    input: object({ tent: text, date: day, size: one('solo', 'double', 'family') }, 'tent', 'date'),
  }),
  tool(
    {
      name: 'search_shop',
      description: 'Looks for things in the camp shop.',
      input: object({ query: text, shelf: one('food', 'tools', 'clothing') }),
    },
    'low',
    'read',
  ),
  tool(
    {
      name: 'pitch_status',
      description: 'Whether a pitch is free.',
      input: object({ pitch: text }, 'pitch'),
    },
    'low',
    'read',
  ),
  tool(
    {
      name: 'show_place',
      description: 'Opens the site map where something is.',
      input: object({ place: one('showers', 'kitchen', 'bins') }, 'place'),
    },
    'low',
    'navigate',
  ),
];
