import { Validator } from '@cfworker/json-schema';
import type { Schema } from '@cfworker/json-schema';
import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonSchema } from '../../../src/core/index.ts';
import { compileSchema } from '../../../src/tools/schema/compile.ts';

const names = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const few = { maxLength: 3 };
const small = fc.integer({ min: 0, max: 3 });

const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 1.5, -1, '', 'a', 'ab', '🫖'),
    fc.array(tie('value'), few),
    fc.array(fc.tuple(names, tie('value')), few).map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));

const types = fc.constantFrom('string', 'number', 'integer', 'boolean', 'array', 'object', 'null');

const { schema: schemas } = fc.letrec<{ schema: object | boolean }>((tie) => {
  const inner = tie('schema');
  const list = fc.array(inner, { minLength: 1, maxLength: 3 });
  const named = fc.array(fc.tuple(names, inner), few).map((entries) => Object.fromEntries(entries) as object);
  const scalar = fc.record(
    {
      type: fc.oneof(types, fc.uniqueArray(types, { minLength: 1, maxLength: 3 })),
      enum: fc.array(values, { minLength: 1, maxLength: 3 }),
      const: values,
      minimum: small,
      exclusiveMaximum: small,
      multipleOf: fc.constantFrom(1, 2, 0.5),
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom('^a', 'b$', '^.$'),
      minItems: small,
      maxProperties: small,
      uniqueItems: fc.boolean(),
      required: fc.uniqueArray(names, few),
    },
    { requiredKeys: [] },
  );
  const whole = fc.record(
    {
      properties: named,
      patternProperties: fc.record({ '^[ab]$': inner }),
      additionalProperties: inner,
      propertyNames: inner,
      dependentSchemas: named,
      prefixItems: list,
      items: inner,
      contains: inner,
      minContains: small,
      maxContains: small,
      allOf: list,
      anyOf: list,
      oneOf: list,
      not: inner,
      if: inner,
      then: inner,
      else: inner,
      unevaluatedProperties: inner,
      unevaluatedItems: inner,
      type: types,
    },
    { requiredKeys: [] },
  );
  return {
    schema: fc.oneof({ maxDepth: 2 }, fc.boolean(), scalar, whole, fc.constant({})),
  };
});

describe('a schema that is compiled', () => {
  it('takes what another validator takes', () => {
    let taken = 0;
    fc.assert(
      fc.property(schemas, values, (schema, value) => {
        const whole = { allOf: [schema] } as JsonSchema;
        const fits = compileSchema(whole).faults(value).length === 0;
        const other = new Validator(JSON.parse(JSON.stringify(whole)) as Schema, '2020-12').validate(value).valid;
        if (fits) taken++;
        expect(fits).to.equal(other);
      }),
      { seed: 7, numRuns: 4000 },
    );
    expect(taken).to.be.above(200);
  });
});
