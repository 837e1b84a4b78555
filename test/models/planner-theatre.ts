/** An invented theatre and its office, for the tests of the planner: tools that are like one another, and few words. */
import type { JsonSchema, ModelTool } from '../../src/core/index.ts';
import { tool } from './planner-tools.ts';

const object = (properties: Record<string, JsonSchema>, ...required: readonly string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const PLAYS = [
  { value: 'p1', label: 'Hamlet' },
  { value: 'p2', label: 'Jazz Night' },
];
const play: JsonSchema = { type: 'string' };
const suggesting = { suggests: true, suggest: (field: string) => Promise.resolve(field === 'play' ? PLAYS : []) };
const number: JsonSchema = { type: 'string', pattern: '^T-\\d+$', description: 'Number of the task' };
const date: JsonSchema = { type: 'string', format: 'date' };

export const theatre: readonly ModelTool[] = [
  tool({
    name: 'find_plays',
    description: 'Look up what is on.',
    effect: 'read',
    examples: [],
    input: object({
      what: { type: 'string' },
      city: { type: 'string' },
      kind: { type: 'string', enum: ['comedy', 'drama'] },
    }),
  }),
  tool({
    name: 'buy_tickets',
    description: 'Buy tickets for a play.',
    danger: 'high',
    examples: [],
    input: object({ play, quantity: { type: 'integer', minimum: 1, maximum: 8 } }, 'play', 'quantity'),
    ...suggesting,
  }),
  tool({
    name: 'add_to_wishlist',
    description: 'Remember a play for later.',
    examples: [],
    input: object({ play }, 'play'),
    ...suggesting,
  }),
  tool({
    name: 'remove_from_wishlist',
    description: 'Forget a play again.',
    examples: [],
    input: object({ play }, 'play'),
    ...suggesting,
  }),
  tool({
    name: 'rate_play',
    description: 'Give a play stars.',
    examples: [],
    input: object({ play, stars: { type: 'integer', minimum: 1, maximum: 5 } }, 'play', 'stars'),
    ...suggesting,
  }),
  tool({
    name: 'seat_map',
    description: 'Opens the plan of the seats.',
    effect: 'navigate',
    examples: [],
    input: object({ play }, 'play'),
    ...suggesting,
  }),
];

export const tasks: readonly ModelTool[] = [
  tool({
    name: 'create_task',
    description: 'Create a task.',
    examples: ['new task: update the terms'],
    input: object({ title: { type: 'string' }, due: date, estimate_hours: { type: 'number' } }, 'title'),
  }),
  tool({
    name: 'set_status',
    description: 'Move a task to another column.',
    examples: [],
    input: object({ task: number, status: { type: 'string', enum: ['backlog', 'review', 'done'] } }, 'task', 'status'),
  }),
  tool({
    name: 'log_time',
    description: 'Note how long you worked on a task.',
    examples: [],
    input: object({ task: number, minutes: { type: 'integer', minimum: 1 } }, 'task', 'minutes'),
  }),
  tool({
    name: 'delete_task',
    description: 'Deletes a task for good.',
    danger: 'high',
    examples: [],
    input: object({ task: number }, 'task'),
  }),
  tool({
    name: 'export_report',
    description: 'Download a report of the hours.',
    effect: 'read',
    examples: [],
    input: object({ from: date, to: date, format: { type: 'string', enum: ['pdf', 'csv'] } }, 'from', 'to'),
  }),
  tool({
    name: 'plan_meeting',
    description: 'Invite people to a meeting.',
    danger: 'medium',
    examples: [],
    input: object({ start: { type: 'string', format: 'date-time' }, topic: { type: 'string' } }, 'start'),
  }),
];
