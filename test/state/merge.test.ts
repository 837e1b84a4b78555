import { expect } from 'chai';
import fc from 'fast-check';
import { isAgentError } from '../../src/core/index.ts';
import type { Write } from '../../src/core/index.ts';
import { apply, mergeWrites, plain } from '../../src/state/index.ts';
import type { TaskWrites } from '../../src/state/index.ts';

const task = (node: string, ...writes: Write[]): TaskWrites => ({ node, writes, updates: [] });

function conflicts(...tasks: TaskWrites[]): boolean {
  try {
    mergeWrites(tasks);
    return false;
  } catch (error) {
    if (isAgentError(error) && error.code === 'write-conflict') return true;
    throw error;
  }
}

describe('mergeWrites', () => {
  it('gives the writes of one task as they are, and lets nothing of one task conflict', () => {
    const only = task('a', ['n', 'set', 1], ['n', 'patch', ['x'], 1]);
    expect(mergeWrites([only])).to.equal(only.writes);
    expect(conflicts(only, task('b', ['m', 'set', 1]))).to.equal(false);
  });

  it('lets parallel nodes append to one channel, in the order given', () => {
    expect(mergeWrites([task('a', ['l', 'append', ['1']]), task('b', ['l', 'append', ['2']])])).to.deep.equal([
      ['l', 'append', ['1']],
      ['l', 'append', ['2']],
    ]);
  });

  it('names both nodes and the path when two write one place', () => {
    const one = task('a', ['doc', 'patch', ['x', 'y'], 1]);
    const two = task('b', ['doc', 'delete', ['x', 'y', 'z']]);
    expect(() => mergeWrites([one, two]))
      .to.throw(/"a" and "b".*"doc\.x\.y\.z"/)
      .with.property('details')
      .that.deep.equals({ nodes: ['a', 'b'], path: ['doc', 'x', 'y', 'z'] });
  });

  const pairs: readonly (readonly [Write, Write, boolean])[] = [
    [['c', 'set', 1], ['c', 'set', 1], true],
    [['c', 'set', []], ['c', 'append', [1]], true],
    [['c', 'patch', ['a'], 1], ['c', 'patch', ['b'], 1], false],
    [['c', 'patch', ['a'], 1], ['c', 'patch', ['a', 'b'], 1], true],
    [['c', 'patch', ['a', 1], 1], ['c', 'patch', ['a', '1'], 1], true],
    [['c', 'patch', ['a'], 1], ['c', 'put', { b: 1 }], true],
    [['c', 'put', { b: 1 }], ['c', 'put', { b: 1 }], false],
    [['c', 'text', 'x'], ['c', 'text', 'y'], false],
    [['c', 'delete', ['a', 0]], ['c', 'patch', ['a', 5], 1], true],
    [['c', 'copy', 'd'], ['c', 'append', [1]], true],
    [['c', 'set', 1], ['d', 'set', 1], false],
    [['c', 'patch', ['a\0b'], 1], ['c', 'patch', ['a', 'b'], 1], false],
    [['c', 'patch', ['__proto__'], 1], ['c', 'patch', ['constructor'], 1], false],
    [['__proto__', 'set', 1], ['constructor', 'set', 1], false],
    [['c', 'patch', [0], 1], ['c', 'patch', [-0], 1], true],
    [['c', 'delete', []], ['c', 'patch', ['a'], 1], true],
  ];
  for (const [one, two, expected] of pairs) {
    it(`${expected ? 'refuses' : 'takes'} ${one[1]} beside ${two[1]} of ${JSON.stringify([one[2], two[2]])}`, () => {
      expect([conflicts(task('a', one), task('b', two)), conflicts(task('b', two), task('a', one))]).to.deep.equal([
        expected,
        expected,
      ]);
    });
  }

  it('takes updates of a reducer beside each other, and refuses a set beside them', () => {
    const update: TaskWrites = { node: 'a', writes: [], updates: [['sum', 1]] };
    expect(mergeWrites([update, { ...update, node: 'b' }])).to.deep.equal([]);
    expect(conflicts(update, task('b', ['sum', 'set', 1]))).to.equal(true);
    expect(conflicts(task('b', ['sum', 'set', 1]), update)).to.equal(true);
  });

  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 });
  const write: fc.Arbitrary<Write> = fc.oneof(
    path.map((at): Write => ['doc', 'patch', at, 1]),
    path.map((at): Write => ['doc', 'delete', at]),
    fc.integer().map((item): Write => ['list', 'append', [item]]),
    fc.integer().map((item): Write => ['list', 'set', [item]]),
  );
  const writes = fc.array(write, { maxLength: 3 });

  /** The rule itself, write against write. */
  const meets = (one: Write, two: Write): boolean => {
    if (one[0] !== two[0] || (one[1] === 'append' && two[1] === 'append')) return false;
    const [p, q] = [one, two].map((each) => (Array.isArray(each[2]) && each[0] === 'doc' ? (each[2] as string[]) : []));
    return (p ?? []).every((key, index) => index >= (q ?? []).length || key === q?.[index]);
  };

  it('finds a conflict exactly where two writes of different tasks meet, in every order', () => {
    fc.assert(
      fc.property(writes, writes, writes, (a, b, c) => {
        const lists = [a, b, c];
        const expected = lists.some((one, i) =>
          lists.some((two, j) => i < j && one.some((x) => two.some((y) => meets(x, y)))),
        );
        const tasks = lists.map((list, index) => task(String(index), ...list));
        expect(conflicts(...tasks)).to.equal(expected);
        expect(conflicts(...tasks.toReversed())).to.equal(expected);
      }),
    );
  });

  it('merges to what the tasks make one after the other', () => {
    const deep = { a: { a: { a: 0 }, b: { b: 0 }, c: 0 }, b: { a: {}, b: {} }, c: { a: {}, c: {} } };
    const safe = fc.array(
      fc
        .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y'))
        .map(([at, key]): Write => ['doc', 'patch', [at, key], at]),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(safe, safe, (a, b) => {
        fc.pre(!conflicts(task('a', ...a), task('b', ...b)));
        const base = { doc: deep };
        const merged = plain(apply(base, mergeWrites([task('a', ...a), task('b', ...b)])));
        expect(merged).to.deep.equal(plain(apply(apply(base, b), a)));
      }),
    );
  });
});
