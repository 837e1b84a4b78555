import { expect } from 'chai';
import fc from 'fast-check';
import { AppendLog } from '../../src/state/append-log.ts';

describe('AppendLog', () => {
  const appends = fc.array(fc.tuple(fc.nat(), fc.array(fc.integer(), { maxLength: 4 })), { maxLength: 40 });

  it('is a list at every length, whichever of them it grows on from', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 3 }), appends, (first, steps) => {
        const versions = [{ log: new AppendLog([...first]), model: first }];
        for (const [from, items] of steps) {
          const base = versions[from % versions.length];
          if (!base) continue;
          const log = base.log.append(items);
          const since = log.since(base.log);
          if (since) expect(since).to.deep.equal(items);
          versions.push({ log, model: [...base.model, ...items] });
          // Some are read while they are the newest, others only at the end.
          if (from % 2 === 0) log.read();
        }
        for (const { log, model } of versions) {
          expect(log.length).to.equal(model.length);
          expect(log.read()).to.deep.equal(model);
          expect(log.read()).to.equal(log.read());
          expect(Object.isFrozen(log.read()) && !Object.isFrozen(log.items())).to.equal(true);
          expect([log.at(model.length - 1), log.at(model.length)]).to.deep.equal([model.at(-1), undefined]);
        }
      }),
    );
  });

  it('knows what it has more than an older length of itself, and of no other list', () => {
    const one = new AppendLog([1]);
    const two = one.append([2]);
    const fork = one.append([3]);
    expect([two.since(one), two.since(two), one.since(two)]).to.deep.equal([[2], [], undefined]);
    expect([fork.since(two), fork.since(new AppendLog([1]))]).to.deep.equal([undefined, undefined]);
  });
});
