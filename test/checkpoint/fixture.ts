/** What the thread in `test/fixtures/` holds. */

/** A value of every kind that can be stored. */
export function everyKind(): Readonly<Record<string, unknown>> {
  return {
    date: new Date(86_400_000),
    map: new Map<unknown, unknown>([
      ['k', { deep: -0 }],
      [7, 'seven'],
    ]),
    set: new Set([1, 'x']),
    bytes: new Uint8Array([1, 2, 3]),
    floats: new Float64Array([0.5, -0]),
    longs: new BigInt64Array([-1n]),
    big: -(2n ** 70n),
    numbers: [-0, Number.NaN, -Infinity, 2 ** 53, -1.5, -33, 200, 70_000, 2 ** 32 - 1],
    nothing: [null, undefined],
    truth: [true, false],
    text: 'é 漢 🙂 \ud83d',
    long: 'twelve chars'.repeat(200),
    records: [{ a: 1, b: 2 }, { a: 3, b: 4 }, { b: 5 }],
  };
}
