import { expect } from 'chai';
import fc from 'fast-check';
import { eraseIndexedDb, openIndexedDb } from '../../src/checkpoint/index.ts';
import { same } from '../helpers/same.ts';
import { told } from '../helpers/told.ts';

const { signal } = new AbortController();
const namespace = 'values';

let count = 0;

const key = fc.string().filter((text) => text !== '__proto__');
const bytes = fc.uint8Array({ maxLength: 50 }).map((array) => new Uint8Array(array));
const type = fc.constantFrom('', 'text/plain', 'image/png');
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, tie('leaf'), fc.array(tie('tree')), tie('record'), tie('map'), tie('set')),
  record: fc.dictionary(key, tie('tree')),
  map: fc.array(fc.tuple(tie('leaf'), tie('tree'))).map((entries) => new Map(entries)),
  set: fc.array(tie('leaf')).map((items) => new Set(items)),
  leaf: fc.oneof(
    fc.double(),
    fc.integer(),
    fc.bigInt(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, Number.NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array(),
    fc.float32Array(),
    fc.bigInt64Array(),
    fc.tuple(bytes, type).map(([part, kind]) => new Blob([part], { type: kind })),
    fc
      .tuple(bytes, type, fc.string(), fc.nat())
      .map(([part, kind, name, lastModified]) => new File([part], name, { type: kind, lastModified })),
  ),
}));

describe('a value of any shape', () => {
  after(() => eraseIndexedDb(namespace));

  it('comes back from the disk as it was, also in a patch', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 4 }), async (values) => {
        const id = `t${count++}`;
        const [first] = values;
        const database = await openIndexedDb(namespace);
        const log = await database.checkpointer.open(id, 'g@1', { signal });
        log.append({
          ns: '',
          runId: 'r',
          step: 0,
          writes: [
            ['set', 'set', first],
            ['list', 'append', values],
            ['map', 'put', { a: [first] }],
            ['deep', 'set', { x: [0] }],
            ['deep', 'patch', ['x', 0], first],
          ],
        });
        await log.flushed(1);
        await database.close();
        const again = await openIndexedDb(namespace);
        const reader = await again.checkpointer.open(id, 'g@1', { signal });
        const found = Object.fromEntries(await reader.fold());
        const expected = { set: first, list: values, map: new Map([['a', [first]]]), deep: { x: [first] } };
        expect(reader.damage).to.equal(undefined);
        expect(same(await told(found), await told(expected))).to.equal(true);
        await again.close();
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
  });
});
