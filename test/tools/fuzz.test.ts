import { Validator } from '@cfworker/json-schema';
import type { Schema } from '@cfworker/json-schema';
import { expect } from 'chai';
import fc from 'fast-check';
import { isAgentError, isRecord, toolSpec } from '../../src/core/index.ts';
import type { InputIssue, JsonSchema, ToolEffect } from '../../src/core/index.ts';
import { defineTool } from '../../src/tools/define.ts';
import { compileInput } from '../../src/tools/validate.ts';
import { Bench, Run } from './call-scope.ts';

/** Inputs for each schema: 10,000 for the 50 of them. */
const RUNS = 200;

const text = { type: 'string' };
const int = { type: 'integer' };
const num = { type: 'number' };
const bool = { type: 'boolean' };
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const person = object({ name: text, age: int }, { required: ['name'] });

/** Schemas, each with an input that fits. */
const CASES: readonly (readonly [schema: JsonSchema, fits: Record<string, unknown>])[] = [
  [object({}), {}],
  [{ type: 'object' }, { anything: 1 }],
  [object({}, { additionalProperties: false }), {}],
  [object({ s: text }), { s: 'a' }],
  [object({ n: int }, { required: ['n'] }), { n: 1 }],
  [object({ n: int }, { required: ['n'], additionalProperties: false }), { n: 1 }],
  [object({ a: text, b: int, c: num, d: bool, e: list(text) }), { a: 'x', b: 1, c: 1.5, d: true, e: ['y'] }],
  [object({ n: { type: 'integer', minimum: 1, maximum: 9 } }), { n: 5 }],
  [object({ n: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.5 } }), { n: 2.5 }],
  [object({ s: { type: 'string', minLength: 1, maxLength: 3 } }), { s: 'ab' }],
  [object({ s: { type: 'string', pattern: '^[a-z]+$' } }), { s: 'abc' }],
  [object({ s: { enum: ['a', 'b', 1, null] } }), { s: 'a' }],
  [object({ s: { type: 'string', enum: ['small', 'large'] } }, { required: ['s'] }), { s: 'small' }],
  [object({ c: { const: { a: [1] } } }), { c: { a: [1] } }],
  [object({ at: { type: 'string', format: 'date-time' } }), { at: '2026-01-02T03:04:05Z' }],
  [object({ mail: { type: 'string', format: 'email' }, web: { type: 'string', format: 'uri' } }), { mail: 'a@b.de' }],
  [object({ id: { type: 'string', format: 'uuid' }, day: { type: 'string', format: 'date' } }), { day: '2026-01-02' }],
  [object({ person }), { person: { name: 'Ada', age: 36 } }],
  [object({ person: { ...person, additionalProperties: false } }, { required: ['person'] }), { person: { name: 'A' } }],
  [object({ people: list(person) }), { people: [{ name: 'Ada' }, { name: 'Bob', age: 2 }] }],
  [object({ l: list(int, { minItems: 1, maxItems: 3, uniqueItems: true }) }), { l: [1, 2] }],
  [object({ l: { type: 'array', prefixItems: [int, text], items: bool } }), { l: [1, 'a', true] }],
  [object({ l: { type: 'array', prefixItems: [int], items: false } }), { l: [1] }],
  [object({ l: { type: 'array', contains: int } }), { l: ['a', 1] }],
  [object({ grid: list(list(num)) }), { grid: [[1, 2], [3]] }],
  [object({ x: { $ref: '#/$defs/p' } }, { $defs: { p: person } }), { x: { name: 'a' } }],
  [object({ x: { $ref: '#/definitions/p' } }, { definitions: { p: person } }), { x: { name: 'a' } }],
  [object({ v: int, kids: list({ $ref: '#' }) }, { required: ['v'] }), { v: 1, kids: [{ v: 2, kids: [] }] }],
  [
    object({ t: { $ref: '#/$defs/t' } }, { $defs: { t: object({ l: { $ref: '#/$defs/t' }, v: num }) } }),
    { t: { v: 1, l: { v: 2 } } },
  ],
  [object({ x: { anyOf: [int, { type: 'null' }] } }), { x: 1 }],
  [object({ x: { anyOf: [int, text] } }), { x: 'a' }],
  [object({ x: { oneOf: [bool, list(int)] } }), { x: [1] }],
  [object({ x: { anyOf: [person, object({ id: int }, { required: ['id'] })] } }), { x: { id: 1 } }],
  [
    object({ x: { oneOf: [object({ k: { const: 'a' }, n: int }), object({ k: { const: 'b' }, s: text })] } }),
    { x: { k: 'a', n: 1 } },
  ],
  [object({ x: { type: ['number', 'string'] } }), { x: 1 }],
  [object({ x: { type: ['integer', 'null'] } }, { required: ['x'] }), { x: null }],
  [object({ x: { type: ['object', 'array'] } }), { x: {} }],
  [{ type: 'object', patternProperties: { '^n-': int } }, { 'n-a': 1 }],
  [{ type: 'object', patternProperties: { '^n-': int }, additionalProperties: false }, { 'n-a': 1 }],
  [
    object({ a: text }, { patternProperties: { '^n-': int }, additionalProperties: bool }),
    { a: 'x', 'n-a': 1, z: true },
  ],
  [
    { type: 'object', additionalProperties: num },
    { a: 1, b: 2 },
  ],
  [{ type: 'object', additionalProperties: { type: 'object', additionalProperties: list(int) } }, { a: { b: [1] } }],
  [{ type: 'object', propertyNames: { pattern: '^[a-z]+$' }, maxProperties: 3 }, { abc: 1 }],
  [object({ a: text, b: text }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] }), { a: 'x' }],
  [object({ a: int }, { allOf: [object({ b: int }, { required: ['b'] })] }), { a: 1, b: 2 }],
  [object({ a: text, b: int }, { dependentRequired: { a: ['b'] } }), { a: 'x', b: 1 }],
  [
    object({ k: { enum: ['card', 'cash'] } }, { if: object({ k: { const: 'card' } }), then: { required: ['no'] } }),
    { k: 'card', no: 1 },
  ],
  [object({ a: text }, { allOf: [object({ b: int })], unevaluatedProperties: false }), { a: 'x', b: 1 }],
  [object({ a: { not: int } }), { a: 'x' }],
  [object({ 'a/b~c.d%': int, '': text, constructor: bool, toString: text }), { 'a/b~c.d%': 1, '': 'x' }],
];

const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'a/b',
  '~0',
  '%',
  'é',
  '\ud800',
];
const TEXTS = [
  '1',
  '-2.5',
  '1e999',
  '0x10',
  'true',
  'FALSE',
  'null',
  '{}',
  '[]',
  '[1,"2"]',
  '{"name":"A"}',
  ' 7 ',
  '{"__proto__":{"a":1}}',
];

const keys = fc.oneof(fc.constantFrom(...HOSTILE, 'a', 'n', 's', 'x', 'name', 'n-a'), fc.string({ maxLength: 4 }));
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21, ...TEXTS),
    fc.string({ maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
    // Built from entries, so that `__proto__` is an own key, as JSON.parse() makes it.
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));

interface Change {
  readonly at: number;
  readonly how: 'set' | 'add' | 'delete' | 'text';
  readonly key: string;
  readonly value: unknown;
}

const changes: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('set', 'add', 'delete', 'text'),
  key: keys,
  value: values,
});

/** A copy of a value with one place in it changed. */
function changed(value: unknown, { at, how, key, value: other }: Change): unknown {
  const isList = Array.isArray(value);
  if (!isList && !isRecord(value)) return how === 'text' ? JSON.stringify(value) : other;
  const entries: (readonly [string, unknown])[] = Object.entries(value);
  const place = at % (entries.length + 1);
  const [name, inner] = entries[place] ?? [key, undefined];
  if (place === entries.length && how === 'text') return JSON.stringify(value);
  if (place === entries.length || how === 'add') entries.push([isList ? String(entries.length) : key, other]);
  else if (how === 'delete') entries.splice(place, 1);
  else entries[place] = [name, changed(inner, { at: Math.floor(at / (entries.length + 1)), how, key, value: other })];
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

const join = (path: string, key: string): string => (path === 'input' ? key : `${path}.${key}`);

/** All places of an input, also those in JSON that is text. */
function places(value: unknown, path = 'input', found = new Set<string>()): Set<string> {
  found.add(path);
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      places(JSON.parse(value), path, found);
    } catch {
      // It is only text.
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) places(inner, join(path, key), found);
  }
  return found;
}

/** Whether a value has an own `__proto__` anywhere. */
function isHostile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(isHostile);
}

/** The names of what a schema may miss, wherever it does. */
function names(schema: unknown): readonly string[] {
  if (typeof schema === 'string') return [schema];
  return typeof schema === 'object' && schema !== null ? Object.values(schema).flatMap(names) : [];
}

function refused(error: unknown, input: unknown, schema: JsonSchema): void {
  if (!isAgentError(error) || error.code !== 'invalid-tool-input') throw error;
  const { issues } = error.details as { issues: readonly InputIssue[] };
  const real = places(input);
  const missing = names(schema);
  const isReal = (path: string): boolean =>
    real.has(path) || missing.some((name) => path.endsWith(name) && [...real].some((at) => join(at, name) === path));
  expect(issues).to.have.length.above(0).and.below(21);
  expect(issues.map(({ path }) => path).filter((path) => !isReal(path))).to.deep.equal([]);
}

describe('fuzzed inputs', () => {
  for (const [index, [schema, fits]] of CASES.entries()) {
    it(`are read by schema ${index}, or refused at a place that there is: ${JSON.stringify(schema).slice(0, 60)}`, () => {
      const fresh = JSON.stringify(schema);
      const readers = (['read', 'write', 'navigate'] as const).map((effect: ToolEffect) => {
        const tool = defineTool({ name: 'do', description: 'Do it', effect, input: schema, run: (input) => input });
        return { effect, tool, read: compileInput(toolSpec(tool)) };
      });
      const context = { signal: new AbortController().signal, idempotencyKey: '', progress: () => undefined };
      for (const { read } of readers) expect(read(fits)).to.equal(fits);
      let taken = 0;
      const inputs = fc.oneof(
        {
          weight: 3,
          arbitrary: fc.array(changes, { maxLength: 3 }).map((all) => all.reduce<unknown>(changed, fits)),
        },
        { weight: 1, arbitrary: values },
      );
      fc.assert(
        fc.property(inputs, fc.constantFrom(...readers), (input, { effect, tool, read }) => {
          const before = JSON.stringify(input);
          let value: unknown;
          try {
            value = read(input);
          } catch (error) {
            refused(error, input, schema);
            return;
          } finally {
            expect(JSON.stringify(input)).to.equal(before);
          }
          taken++;
          expect(new Validator(JSON.parse(fresh) as Schema, '2020-12').validate(value).valid).to.equal(true);
          expect(isHostile(value)).to.equal(false);
          expect(tool.run(value, context)).to.equal(value);
          expect(read(value)).to.equal(value);
          if (effect !== 'read' && isRecord(input) && isRecord(value)) {
            const lost = Object.keys(input).filter((key) => !Object.hasOwn(value as object, key));
            expect(lost.filter((key) => input[key] !== null)).to.deep.equal([]);
          }
        }),
        { seed: 20 + index, numRuns: RUNS },
      );
      expect(taken)
        .to.be.above(0)
        .and.below(RUNS + 1);
      expect(JSON.stringify(schema)).to.equal(fresh);
    });

    it(`run through the executor only where schema ${index} takes them`, async () => {
      const bench = new Bench({ mode: 'auto' });
      const inputs: unknown[] = [];
      bench.add('write', 'low', { input: schema, run: (input: unknown) => inputs.push(input) });
      const tries = fc.sample(
        fc.oneof(
          fc.array(changes, { maxLength: 3 }).map((all) => all.reduce<unknown>(changed, fits)),
          values,
        ),
        { seed: 20 + index, numRuns: RUNS },
      );
      const outcomes: string[] = [];
      for (const input of tries) {
        const { outcome, error } = await bench.call(input, new Run());
        if (outcome !== 'ok') expect(error).to.include({ code: 'invalid-tool-input' });
        outcomes.push(outcome);
      }
      const validator = new Validator(JSON.parse(JSON.stringify(schema)) as Schema, '2020-12');
      expect(inputs.length).to.equal(outcomes.filter((outcome) => outcome === 'ok').length);
      expect(inputs.filter((input) => isHostile(input) || !validator.validate(input).valid)).to.deep.equal([]);
    });
  }

  it('leave every object as it was', () => {
    expect(CASES).to.have.length(50);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
    expect(({} as Record<string, unknown>)['a']).to.equal(undefined);
  });
});
