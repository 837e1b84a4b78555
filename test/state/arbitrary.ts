/** Random values that the state can hold. */
import fc from 'fast-check';

const KEYS = ['a', 'b', 'c', '1', '2'] as const;

/** Plain values of some depth. */
export const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { noNullPrototype: true }),
    fc
      .array(fc.tuple(fc.constantFrom<string | number>('a', 'b', 1), tie('value')), { maxLength: 3 })
      .map((entries) => new Map(entries)),
    fc.constantFrom(null, true, 0, -0, NaN),
    fc.array(fc.nat(3), { maxLength: 2 }).map((items) => new Set(items)),
  ),
})).value;

/** Entries to put: a value, or undefined to delete. */
export const entries: fc.Arbitrary<Record<string, number | undefined>> = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.option(fc.nat(3), { nil: undefined }),
  { noNullPrototype: true },
);
