import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonSchema } from '../../src/core/index.ts';
import { coerce } from '../../src/tools/coerce.ts';

const field = (schema: object): JsonSchema => ({ type: 'object', properties: { x: schema } });

/** What becomes of a value for a property `x` of a schema. */
const given = (schema: object, x: unknown): unknown => coerce(field(schema), { x }, false);

type Row = readonly [schema: object, from: unknown, to: unknown];

const NUMBER = { type: 'number' };
const INTEGER = { type: 'integer' };
const BOOLEAN = { type: 'boolean' };
const OBJECT = { type: 'object' };
const ARRAY = { type: 'array' };

const CHANGED: readonly Row[] = [
  [NUMBER, '2.5', 2.5],
  [NUMBER, ' -2e3 ', -2000],
  [NUMBER, '0', 0],
  [INTEGER, '7', 7],
  [{ type: ['integer', 'null'] }, '7', 7],
  [BOOLEAN, 'true', true],
  [BOOLEAN, 'FALSE', false],
  [OBJECT, '{"a":1}', { a: 1 }],
  [ARRAY, ' [1,2] ', [1, 2]],
  [{ type: 'array', items: INTEGER }, '["1",2]', [1, 2]],
  [{ type: 'array', items: INTEGER }, ['1', 2], [1, 2]],
  [{ type: 'array', prefixItems: [INTEGER, { type: 'string' }], items: BOOLEAN }, ['1', '2', 'true'], [1, '2', true]],
  [
    { type: 'object', additionalProperties: NUMBER },
    { a: '1', b: 2 },
    { a: 1, b: 2 },
  ],
  [
    { type: 'object', properties: { a: NUMBER } },
    { a: '1', b: '2' },
    { a: 1, b: '2' },
  ],
  [{ anyOf: [NUMBER, { type: 'null' }] }, '5', 5],
  [{ oneOf: [BOOLEAN, NUMBER] }, '5', 5],
  [{ anyOf: [{ type: 'object', properties: { n: NUMBER } }, NUMBER] }, { n: '5' }, { n: 5 }],
];

const UNCHANGED: readonly (readonly [schema: object, value: unknown])[] = [
  ...['', ' ', '0x10', 'Infinity', 'NaN', '1e999', '01', '+1', '1.', '.5', '1,5', '1_000', 'two'].map(
    (text) => [NUMBER, text] as const,
  ),
  [INTEGER, '2.5'],
  [INTEGER, '12345678901234567890'],
  [{ type: 'string' }, '5'],
  [{ type: ['number', 'string'] }, '5'],
  [{ type: ['boolean', 'string'] }, 'true'],
  [{}, '5'],
  [NUMBER, true],
  [BOOLEAN, 'yes'],
  [BOOLEAN, 1],
  [{ type: 'string' }, 5],
  [OBJECT, '[1]'],
  [OBJECT, '{'],
  [OBJECT, 'null'],
  [ARRAY, '{"a":1}'],
  [ARRAY, 'a,b'],
  [{ type: ['object', 'string'] }, '{"a":1}'],
  [{ anyOf: [NUMBER, { type: 'string' }] }, '5'],
  [{ anyOf: [NUMBER, INTEGER] }, '5'],
  [{ oneOf: [BOOLEAN, NUMBER] }, 'neither'],
];

describe('coerce', () => {
  for (const [schema, from, to] of CHANGED) {
    it(`reads ${JSON.stringify(from)} as ${JSON.stringify(to)} for ${JSON.stringify(schema)}`, () => {
      expect(given(schema, from)).to.deep.equal({ x: to });
    });
  }

  for (const [schema, value] of UNCHANGED) {
    it(`leaves ${JSON.stringify(value)} for ${JSON.stringify(schema)}`, () => {
      const input = { x: value };
      expect(coerce(field(schema), input, false)).to.equal(input);
    });
  }

  it('reads the whole input from the JSON of an object', () => {
    expect(coerce(field(NUMBER), '{"x":"2"}', false)).to.deep.equal({ x: 2 });
    for (const text of ['[1]', '2', '"x"', 'null', '{']) expect(coerce(field(NUMBER), text, false)).to.equal(text);
  });

  it('leaves out null where a property may be left out and takes none', () => {
    const nullable = { type: ['string', 'null'] };
    expect(given({ type: 'string' }, null)).to.deep.equal({});
    expect(given({ enum: ['a'] }, null)).to.deep.equal({});
    for (const schema of [nullable, {}, { enum: [null] }, { anyOf: [{ type: 'null' }, NUMBER] }, { const: null }]) {
      expect(given(schema, null), JSON.stringify(schema)).to.deep.equal({ x: null });
    }
    const required = { ...field({ type: 'string' }), required: ['x'] };
    expect(coerce(required, { x: null }, true)).to.deep.equal({ x: null });
  });

  it('leaves out what a closed schema does not know for the lenient, and only of the input itself', () => {
    const inner = { type: 'object', properties: { a: NUMBER }, additionalProperties: false };
    const schema = { type: 'object', properties: { inner } };
    const input = { inner: { a: 1, b: 2 }, other: 3 };
    expect(coerce(schema, input, true)).to.deep.equal({ inner: { a: 1, b: 2 } });
    expect(coerce(schema, input, false)).to.equal(input);
  });

  const open = [
    { additionalProperties: true },
    { additionalProperties: { type: 'number' } },
    { patternProperties: { '^x': {} } },
    { unevaluatedProperties: false },
    { $ref: '#/$defs/a', $defs: { a: {} } },
    { $dynamicRef: '#a', $defs: { a: { $dynamicAnchor: 'a' } } },
    { allOf: [{}] },
    { anyOf: [{}] },
    { oneOf: [{}] },
    { if: {} },
  ];
  for (const keywords of open) {
    it(`takes a schema with ${Object.keys(keywords).join(' and ')} for open`, () => {
      const input = { other: 3 };
      expect(coerce({ type: 'object', properties: { a: {} }, ...keywords }, input, true)).to.equal(input);
    });
  }

  it('takes a schema that says nothing of properties for open, and one that forbids others for closed', () => {
    const input = { other: 3 };
    expect(coerce({ type: 'object' }, input, true)).to.equal(input);
    expect(coerce({ type: 'object', additionalProperties: false }, input, true)).to.deep.equal({});
    const patterned = { type: 'object', patternProperties: { '^x-': {} }, additionalProperties: false };
    expect(coerce(patterned, { 'x-a': 1, other: 3 }, true)).to.deep.equal({ 'x-a': 1 });
  });

  it('follows references within the schema, also round in circles', () => {
    const node = { type: 'object', properties: { n: INTEGER, next: { $ref: '#/$defs/node' } } };
    const schema = { type: 'object', properties: { first: { $ref: '#/$defs/node' } }, $defs: { node } };
    const input = { first: { n: '1', next: { n: '2', next: { n: '3' } } } };
    expect(coerce(schema, input, false)).to.deep.equal({ first: { n: 1, next: { n: 2, next: { n: 3 } } } });
    const old = { type: 'object', properties: { n: { $ref: '#/definitions/n' } }, definitions: { n: INTEGER } };
    expect(coerce(old, { n: '1' }, false)).to.deep.equal({ n: 1 });
    const self = { type: 'object', properties: { n: INTEGER, kids: { type: 'array', items: { $ref: '#' } } } };
    expect(coerce(self, { kids: [{ n: '1' }] }, false)).to.deep.equal({ kids: [{ n: 1 }] });
    const circle = { type: 'object', properties: { x: { $ref: '#/$defs/a' } }, $defs: { a: { $ref: '#/$defs/a' } } };
    expect(coerce(circle, { x: '1' }, false)).to.deep.equal({ x: '1' });
  });

  it('changes nothing in place, and gives the input itself when it means what it says', () => {
    const schema = { type: 'object', properties: { list: { type: 'array', items: INTEGER }, s: { type: 'string' } } };
    const fine = Object.freeze({ list: Object.freeze([1, 2]), s: 'a' });
    expect(coerce(schema, fine, true)).to.equal(fine);
    const input = Object.freeze({ list: Object.freeze(['1']), s: null, other: 1 });
    expect(coerce(schema, input, true)).to.deep.equal({ list: [1] });
  });

  it('pollutes nothing', () => {
    const schema = { type: 'object', additionalProperties: { type: 'object', additionalProperties: NUMBER } };
    const input: unknown = JSON.parse('{"__proto__":{"polluted":"1"},"constructor":{"prototype":"1"}}');
    coerce(schema, input, true);
    coerce(schema, JSON.stringify(input), true);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
    const listed = { type: 'object', properties: { a: NUMBER } };
    expect(coerce(listed, { toString: '1', constructor: 2 }, true)).to.deep.equal({});
  });

  it('reads what it has read as itself', () => {
    const schema = field({
      type: 'array',
      items: { anyOf: [NUMBER, BOOLEAN, { type: 'object', properties: { a: INTEGER } }] },
    });
    fc.assert(
      fc.property(fc.json(), fc.boolean(), (text, lenient) => {
        const once = coerce(schema, { x: text }, lenient);
        expect(coerce(schema, once, lenient)).to.equal(once);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
