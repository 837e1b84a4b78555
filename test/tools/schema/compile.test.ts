import { expect } from 'chai';
import type { JsonSchema } from '../../../src/core/index.ts';
import { compileSchema } from '../../../src/tools/schema/compile.ts';

const x = (schema: unknown): JsonSchema => ({ type: 'object', properties: { x: schema } });

/** What is wrong with a value, as `path: message`. */
const told = (schema: JsonSchema, value: unknown): readonly string[] =>
  compileSchema(schema)
    .faults(value)
    .map(({ keys, message }) => `${keys.join('.')}: ${message}`);

const fits = (schema: JsonSchema, value: unknown): boolean => told(schema, value).length === 0;

const itself = (more: object): JsonSchema => ({ $ref: '#/$defs/a', $defs: { a: more } });

const SENTENCES: readonly (readonly [schema: object, value: unknown, message: string])[] = [
  [{ type: 'string' }, 1, 'It must be text.'],
  [{ type: ['integer', 'null'] }, 1.5, 'It must be a whole number or null.'],
  [{ type: 'boolean' }, 'yes', 'It must be true or false.'],
  [{ enum: ['a', 1, null] }, 'b', 'It must be one of: a, 1, null.'],
  [{ const: { a: 1 } }, 2, 'It must be {"a":1}.'],
  [{ minimum: 1 }, 0, 'It must be at least 1.'],
  [{ exclusiveMaximum: 1 }, 1, 'It must be less than 1.'],
  [{ multipleOf: 0.5 }, 0.3, 'It must be a multiple of 0.5.'],
  [{ minLength: 1 }, '', 'It must have at least 1 character.'],
  [{ maxItems: 2 }, [1, 2, 3], 'It must have at most 2 items.'],
  [{ minProperties: 2 }, {}, 'It must have at least 2 fields.'],
  [{ uniqueItems: true }, [{ a: 1 }, { a: 1 }], 'No two items may be alike.'],
  [{ contains: { type: 'string' } }, [1], 'It must have at least 1 item that fit.'],
  [{ pattern: '^a$' }, 'b', 'It must match the pattern ^a$'],
  [{ format: 'date' }, '2026-02-30', 'It must be of the format date.'],
  [{ not: {} }, 1, 'It is what it must not be.'],
  [false, 1, 'There is no place for it.'],
] as const as readonly (readonly [object, unknown, string])[];

describe('compileSchema', () => {
  for (const [schema, value, message] of SENTENCES) {
    it(`says "${message}"`, () => {
      expect(told(x(schema), { x: value })).to.deep.equal([`x: ${message}`]);
    });
  }

  it('names no more than 20 of the values that there are', () => {
    const [fault = ''] = told({ enum: Array.from({ length: 30 }, (_, index) => index) }, 'a');
    expect(fault).to.match(/ 18, 19, …$/);
  });

  it('tells of the branch that gets furthest', () => {
    const schema = { anyOf: [{ type: 'null' }, { ...x({ type: 'string' }), required: ['x'] }, { type: 'string' }] };
    expect(told(schema, { x: 1 })).to.deep.equal(['x: It must be text.']);
    expect(told({ oneOf: [{ minimum: 1 }, { maximum: 9 }] }, 5)).to.deep.equal([
      ': It fits more than one of what it may be.',
    ]);
    expect(told({ anyOf: [] }, 5)).to.have.length(1);
  });

  it('takes names that every object has for what they are', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) {
      expect(fits({ required: [name] }, {}), name).to.equal(false);
      expect(fits({ additionalProperties: false }, JSON.parse(`{"${name}":1}`)), name).to.equal(false);
      const listed = JSON.parse(`{"properties":{"${name}":{"type":"string"}}}`) as JsonSchema;
      expect(fits(listed, {}), name).to.equal(true);
      expect(fits(listed, JSON.parse(`{"${name}":1}`)), name).to.equal(false);
    }
    expect(fits(JSON.parse('{"constructor":1,"format":"toString"}') as JsonSchema, 'a')).to.equal(true);
  });

  it('reckons with decimals as they are written', () => {
    const rows = [
      [0.1, 0.3, true],
      [0.1, 1.1, true],
      [0.01, 4.35, true],
      [0.01, 1234567.89, true],
      [0.1, 0.35, false],
      [2, 9007199254740991, false],
      [0.123456789, 1e308, false],
      [1e-7, 3e-7, true],
    ] as const;
    for (const [multipleOf, value, isOne] of rows) expect(fits({ multipleOf }, value), `${value}`).to.equal(isOne);
  });

  it('counts characters, and not the places that they take', () => {
    expect(fits({ minLength: 2 }, '🫖')).to.equal(false);
    expect(fits({ maxLength: 1 }, '🫖')).to.equal(true);
    expect(fits({ pattern: '^.$' }, '🫖')).to.equal(true);
  });

  it('takes a pattern that escapes what needs no escape', () => {
    expect(fits({ pattern: '^\\-\\_$' }, '-_')).to.equal(true);
  });

  it('refuses what is no JSON', () => {
    for (const value of [undefined, 1n, Infinity, NaN, () => 1, Symbol('a')]) expect(fits({}, value)).to.equal(false);
  });

  const unreadable: readonly (readonly [schema: object, word: RegExp])[] = [
    [{ exclusiveMinimum: true }, /exclusiveMinimum/],
    [{ required: true }, /required/],
    [{ type: 'any' }, /"any"/],
    [{ properties: { a: 'text' } }, /properties/],
    [{ items: { pattern: '(' } }, /items: pattern/],
    [{ $ref: '#/$defs/none' }, /"#\/\$defs\/none"/],
    [{ $ref: '#/%zz' }, /\$ref/],
  ];
  for (const [schema, word] of unreadable) {
    it(`says where it cannot read ${JSON.stringify(schema)}`, () => {
      expect(() => compileSchema({ anyOf: [schema] }))
        .to.throw(word)
        .with.property('code', 'invalid-tool');
    });
  }

  it('comes to an end with a schema that is within itself', () => {
    for (const more of [
      { $ref: '#' },
      { allOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }] },
      { anyOf: [{ $ref: '#' }, { $ref: '#' }] },
      { not: { $ref: '#/$defs/a' } },
    ]) {
      expect(() => compileSchema(itself(more)).faults({ a: 1 }), JSON.stringify(more)).to.throw(/within itself/);
    }
    expect(fits({ properties: { a: { $ref: '#' } }, required: ['b'] }, { a: { b: 1 }, b: 1 })).to.equal(true);
  });

  it('takes no longer with every schema that is referred to twice', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = { $ref: `#/$defs/d${index + 1}` };
        return [`d${index}`, { allOf: [next, next], anyOf: [next, next] }];
      }),
    );
    const schema = { $ref: '#/$defs/d0', $defs: { ...$defs, d40: { type: 'integer' } } };
    expect(fits(schema, 1)).to.equal(true);
    expect(told(schema, 'a')).to.have.length.above(0);
  });

  it('takes no longer with every level of a union, whatever comes first in it', () => {
    const inner = { type: 'array', items: { $ref: '#' } };
    const branch = (op: string) => ({ type: 'object', properties: { of: inner, op: { const: op } }, required: ['op'] });
    const schema = { oneOf: [branch('a'), branch('b'), branch('c'), { type: 'string' }] };
    const nested = (depth: number, leaf: unknown): unknown =>
      depth === 0 ? leaf : { of: [nested(depth - 1, leaf)], op: 'c' };
    expect(fits(schema, nested(60, 'leaf'))).to.equal(true);
    expect(told(schema, nested(60, 1)))
      .to.have.length.above(0)
      .and.below(1000);
  });

  it('sees through unions what is left over', () => {
    const schema = {
      properties: { kind: { enum: ['a', 'b'] } },
      anyOf: [
        { properties: { a: { type: 'integer' } }, required: ['a'] },
        { required: ['b'], properties: { b: {} } },
      ],
      unevaluatedProperties: false,
    };
    expect(fits(schema, { kind: 'a', a: 1, b: 2 })).to.equal(true);
    expect(told(schema, { a: 1, c: 1 })).to.deep.equal(['c: There is no place for it.']);
    // What a branch would have seen is no fault beside its own.
    expect(told(schema, { a: 'x' })).to.not.include('a: There is no place for it.');
  });
});
