import { expect } from 'chai';
import type { JsonSchema } from '../../../src/core/index.ts';
import { compileSchema } from '../../../src/tools/schema/compile.ts';

const fits = (schema: JsonSchema, value: unknown): boolean => compileSchema(schema).faults(value).length === 0;

type Row = readonly [schema: JsonSchema, takes: readonly unknown[], refuses: readonly unknown[]];

const KEYWORDS: Readonly<Record<string, readonly Row[]>> = {
  numbers: [
    [{ type: 'integer' }, [1, 1.0, -0], [1.5, '1', null]],
    [{ maximum: 3 }, [3, 'text'], [3.1]],
    [{ exclusiveMinimum: 3 }, [4], [3]],
    [{ multipleOf: 0.01 }, [0.07, 4.35], [0.075]],
  ],
  text: [
    [{ maxLength: 2 }, ['ab', '🫖🫖', 7], ['abc']],
    [{ pattern: '^\\p{L}+$' }, ['äß'], ['a1']],
    [{ pattern: 'b' }, ['abc'], ['ac']],
  ],
  lists: [
    [{ prefixItems: [{ type: 'string' }], items: { type: 'number' } }, [['a', 1, 2], []], [[1], ['a', 'b']]],
    [{ items: [{ type: 'string' }], additionalItems: false }, [['a'], []], [['a', 1], [1]]],
    [
      { contains: { const: 1 }, minContains: 2, maxContains: 3 },
      [
        [1, 1],
        [1, 1, 1],
      ],
      [[1], [1, 1, 1, 1]],
    ],
    [{ contains: { const: 1 }, minContains: 0 }, [[], [2]], []],
    [
      { uniqueItems: true },
      [
        [1, '1', true],
        [[], {}],
      ],
      [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      ],
    ],
    [{ prefixItems: [{}], unevaluatedItems: false }, [[1]], [[1, 2]]],
  ],
  objects: [
    [{ properties: { a: { type: 'string' } }, additionalProperties: false }, [{ a: '' }, {}], [{ b: 1 }, { a: 1 }]],
    [{ patternProperties: { '^n': { type: 'number' } } }, [{ n1: 1, m: '' }], [{ n1: '' }]],
    [{ propertyNames: { maxLength: 1 } }, [{ a: 1 }], [{ ab: 1 }]],
    [{ dependentRequired: { a: ['b'] } }, [{ b: 1 }, { a: 1, b: 1 }], [{ a: 1 }]],
    [{ dependencies: { a: ['b'], c: { required: ['d'] } } }, [{ c: 1, d: 1 }], [{ a: 1 }, { c: 1 }]],
    [{ dependentSchemas: { a: { maxProperties: 1 } } }, [{ a: 1 }, { b: 1, c: 1 }], [{ a: 1, b: 1 }]],
    [
      { allOf: [{ properties: { a: {} } }], properties: { b: {} }, unevaluatedProperties: false },
      [{ a: 1, b: 1 }],
      [{ c: 1 }],
    ],
  ],
  'schemas within': [
    [{ oneOf: [{ multipleOf: 2 }, { multipleOf: 3 }] }, [2, 3], [6, 5]],
    [{ not: { type: 'null' } }, [0], [null]],
    [{ if: { type: 'string' }, then: { minLength: 2 }, else: { minimum: 2 } }, ['ab', 2], ['a', 1]],
    [{ then: false, else: false }, [1], []],
    [{ anyOf: [true, false] }, [1], []],
  ],
  references: [
    [{ $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'string' } } }, ['a'], [1]],
    [{ $ref: '#/definitions/a%25b', definitions: { 'a%b': { type: 'string' } } }, ['a'], [1]],
    [{ $ref: '#word', $defs: { a: { $anchor: 'word', type: 'string' } } }, ['a'], [1]],
    [{ $ref: 'other', $id: 'https://shop.example/s', $defs: { a: { $id: 'other', type: 'string' } } }, ['a'], [1]],
    [
      { type: 'object', properties: { next: { $ref: '#' }, n: { type: 'number' } } },
      [{ n: 1, next: { next: { n: 2 } } }],
      [{ next: { next: { n: 'two' } } }],
    ],
    [{ $ref: '#/$defs/a', minimum: 3, $defs: { a: { maximum: 5 } } }, [4], [2, 6]],
  ],
  formats: [
    [{ format: 'date' }, ['2024-02-29', 5], ['2023-02-29', '2024-2-9']],
    [{ format: 'date-time' }, ['2026-11-25T17:00:00+01:00', '2026-11-25t17:00:00z'], ['2026-11-25 17:00']],
    [{ format: 'time' }, ['17:00:00Z'], ['25:00:00Z']],
    [{ format: 'email' }, ['ada@shop.example'], ['ada', 'ada@']],
    [{ format: 'uri' }, ['https://shop.example/a?b#c'], ['//shop.example', 'a b']],
    [{ format: 'uuid' }, ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
    [{ format: 'ipv4' }, ['127.0.0.1'], ['256.0.0.1', '127.1']],
    [{ format: 'ipv6' }, ['::1', '2001:db8::8a2e:370:7334'], ['12345::', '1.2.3.4']],
    [{ format: 'a-word-of-a-site' }, ['anything'], []],
  ],
};

/** Schemas that cannot be read, and what their tools are refused for. */
const UNREADABLE: readonly JsonSchema[] = [
  { $ref: '#/$defs/none' },
  { $ref: 'https://other.example/schema' },
  { type: 'text' },
  { properties: { a: { pattern: '(' } } },
  { properties: { a: { required: true } } },
];

describe('a schema', () => {
  for (const [what, rows] of Object.entries(KEYWORDS)) {
    it(`means by ${what} what JSON Schema means`, () => {
      for (const [schema, takes, refuses] of rows) {
        const text = JSON.stringify(schema);
        for (const value of takes) expect(fits(schema, value), `${text} ${JSON.stringify(value)}`).to.equal(true);
        for (const value of refuses) expect(fits(schema, value), `${text} ${JSON.stringify(value)}`).to.equal(false);
      }
    });
  }

  it('is refused whole when something in it cannot be read', () => {
    for (const schema of UNREADABLE) expect(() => compileSchema(schema), JSON.stringify(schema)).to.throw();
  });
});
