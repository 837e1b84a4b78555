/** An invented gym for the tests of the planner: lists, objects within objects, months, limits and ends of stretches. */
import type { JsonSchema, ModelTool } from '../../src/core/index.ts';
import { tool } from './planner-tools.ts';

const object = (properties: Record<string, JsonSchema>, ...required: readonly string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export const CLASSES = [
  { value: 'yg1', label: 'Yoga for beginners' },
  { value: 'yg2', label: 'Yoga in the dark' },
  { value: 'box', label: 'Boxing (hall 2, loud)' },
  { value: 'spn', label: 'Spinning' },
];
const suggesting = { suggests: true, suggest: (field: string) => Promise.resolve(field === 'class' ? CLASSES : []) };

export const gym: readonly ModelTool[] = [
  tool({
    name: 'find_classes',
    description: 'Search the classes of the gym',
    effect: 'read',
    examples: [],
    input: object({
      topic: { type: 'string', description: 'Sport or words of the title' },
      level: { type: 'string', enum: ['easy', 'hard'] },
      max_price: { type: 'number', minimum: 0, description: 'In euros' },
    }),
  }),
  tool({
    name: 'join_class',
    description: 'Join a class',
    examples: [],
    input: object(
      { class: { type: 'string', description: 'Class' }, places: { type: 'integer', minimum: 1, maximum: 4 } },
      'class',
    ),
    ...suggesting,
  }),
  tool({
    name: 'leave_class',
    description: 'Leave a class again',
    examples: [],
    input: object({ class: { type: 'string' } }, 'class'),
    ...suggesting,
  }),
  tool({
    name: 'change_places',
    description: 'Change how many places are reserved in a class',
    examples: [],
    input: object(
      { class: { type: 'string' }, places: { type: 'integer', minimum: 1, maximum: 4 } },
      'class',
      'places',
    ),
    ...suggesting,
  }),
  tool({
    name: 'set_training_alarm',
    description: 'Rings when it is time to train',
    examples: ['wake me for training at 6 am'],
    input: object(
      {
        times: { type: 'array', items: { type: 'string', format: 'time' }, minItems: 1, description: 'Times of day' },
        days: { type: 'array', items: { type: 'string', enum: DAYS } },
      },
      'times',
    ),
  }),
  tool({
    name: 'rent_court',
    description: 'Rent a court',
    examples: [],
    input: object(
      {
        court: { type: 'string', enum: ['squash', 'tennis'] },
        start: { type: 'string', format: 'date-time' },
        end: { type: 'string', format: 'date-time' },
      },
      'court',
      'start',
      'end',
    ),
  }),
  tool({
    name: 'reserve_sauna',
    description: 'Reserve the sauna',
    examples: [],
    input: object(
      {
        start: { type: 'string', format: 'date-time' },
        minutes: { type: 'integer', minimum: 30, maximum: 240 },
        extras: { type: 'array', items: { type: 'string', enum: ['towel', 'bathrobe', 'slippers'] } },
      },
      'start',
      'minutes',
    ),
  }),
  tool({
    name: 'invite_member',
    description: 'Invite somebody to the gym',
    examples: [],
    input: object(
      {
        person: object({ name: { type: 'string' }, email: { type: 'string', format: 'email' } }, 'name', 'email'),
        free: { type: 'boolean' },
      },
      'person',
    ),
  }),
  tool({
    name: 'update_address',
    description: 'Change the address of my account',
    examples: [],
    input: object(
      {
        address: object(
          {
            street: { type: 'string' },
            postcode: { type: 'string' },
            city: { type: 'string' },
            country: { type: 'string' },
          },
          'street',
          'postcode',
          'city',
        ),
      },
      'address',
    ),
  }),
  tool({
    name: 'get_statement',
    description: 'Download the statement of a month',
    effect: 'read',
    examples: [],
    input: object(
      {
        month: { type: 'string', pattern: '^\\d{4}-\\d{2}$', description: 'As YYYY-MM' },
        type: { type: 'string', enum: ['pdf', 'csv'] },
      },
      'month',
    ),
  }),
  tool({
    name: 'set_treadmill',
    description: 'Set the slope of the treadmill',
    examples: [],
    input: object(
      { slope: { type: 'integer', minimum: 0, maximum: 100, description: 'Per cent: 0 is flat, 100 is steepest' } },
      'slope',
    ),
  }),
  tool({
    name: 'switch_fan',
    description: 'Switches the fan',
    examples: [],
    input: object(
      { fan: { type: 'string', enum: ['left', 'right'] }, state: { type: 'string', enum: ['on', 'off'] } },
      'fan',
      'state',
    ),
  }),
  tool({
    name: 'message_trainer',
    description: 'Write to a trainer',
    examples: [],
    input: object(
      {
        text: { type: 'string', description: 'Your message' },
        reply_to: { type: 'string', format: 'email', description: 'Where to send the answer' },
      },
      'text',
      'reply_to',
    ),
  }),
];
