/** A small site and models of few words, to test the scorer itself. */
import { messageText } from '../../src/core/index.ts';
import type { Model, ModelPart, ModelRequest } from '../../src/core/index.ts';
import { call, finish, say } from '../../src/models/index.ts';
import type { Verdict } from './judge.ts';
import { score } from './score.ts';
import type { Case, Expectation, SetTool } from './sets.ts';

const text = { type: 'string' } as const;
const things = [
  { value: 'p1', label: 'Blue pen' },
  { value: 'p2', label: 'Red pen' },
  { value: 'k1', label: 'Kettle' },
];

const tool = (changes: Partial<SetTool> & Pick<SetTool, 'name'>, properties: object, required: string[]): SetTool => ({
  description: `Do ${changes.name}`,
  effect: 'write',
  danger: 'low',
  examples: [],
  input: { type: 'object', properties, required, additionalProperties: false },
  ...changes,
});

export const SITE: readonly SetTool[] = [
  tool({ name: 'look_up', effect: 'read' }, { query: text }, ['query']),
  tool({ name: 'open_page', effect: 'navigate' }, { page: { ...text, enum: ['start', 'help_desk'] } }, ['page']),
  tool(
    { name: 'put_in', suggest: { thing: things } },
    { thing: text, amount: { type: 'integer', minimum: 1, maximum: 9 } },
    ['thing'],
  ),
  tool({ name: 'throw_away', danger: 'high', suggest: { thing: things } }, { thing: text }, ['thing']),
  tool(
    { name: 'remind' },
    {
      note: text,
      at: { ...text, format: 'date-time' },
      times: { type: 'array', items: { ...text, format: 'time' } },
      days: { type: 'array', items: { ...text, enum: ['mon', 'tue', 'wed'] } },
      checklist: { type: 'array', items: text },
      ages: { type: 'array', items: { type: 'integer' } },
      person: { type: 'object', properties: { name: text, mail: { ...text, format: 'email' } } },
      code: { ...text, pattern: '^[A-Z]\\d$' },
    },
    [],
  ),
];

export const aCase = (expect: Expectation, changes: Partial<Case> = {}): Case => ({
  ...{ id: 'case', domain: 'site', kind: 'plain', now: '2026-11-25T10:00:00', say: 'do it', expect },
  ...changes,
});

type Answer = readonly ModelPart[] | ((request: ModelRequest) => readonly ModelPart[]);

/** A model that has one answer to each message of the person, and ends the turn after each call. */
export function answering(answers: Readonly<Record<string, Answer>>, otherwise: Answer = say('')): Model {
  return {
    ...{ id: 'answering', generative: false, contextTokens: 1, nativeTools: true },
    async *stream(request) {
      const last = request.messages.at(-1);
      const answer = last?.role === 'user' ? (answers[messageText(last)] ?? otherwise) : [finish()];
      yield* typeof answer === 'function' ? answer(request) : answer;
    },
  };
}

/** The answer that offers calls to choose from. */
export const offer = (...names: readonly string[]): readonly ModelPart[] => [
  { type: 'candidates', calls: names.map((name) => ({ name, input: {}, score: 0 })) },
  ...say('I could do one of these.'),
];

/** The answer that makes several calls at once. */
export const calls = (...all: readonly (readonly [name: string, input: object])[]): readonly ModelPart[] => [
  ...all.flatMap(([name, input]) => call(name, input).slice(0, 1)),
  finish('tool-calls'),
];

/** Plays and judges cases on the site. */
export const judged = (cases: readonly Case[], model: Model): Promise<readonly Verdict[]> =>
  score({ name: 'dev', tools: { site: SITE }, cases }, model);
