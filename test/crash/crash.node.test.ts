import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildPage } from './build.ts';
import { playSchedules } from './serial.ts';
import { KINDS, Suite } from './suite.ts';
import type { Kind } from './suite.ts';

const ENTRIES = ['page', 'worker'];

/** Kills once of each kind; a seed whose run was over before is followed by the next. Returns what was wrong. */
async function killEach(folder: string, kinds: readonly Kind[]): Promise<readonly string[]> {
  const suite = await Suite.start(folder);
  try {
    const faults: string[] = [];
    for (const kind of kinds) {
      for (let seed = 1; seed < 10; seed++) {
        const result = await suite.run(kind, seed);
        faults.push(...result.faults.map((fault) => `${kind} ${seed}: ${fault}`));
        if (result.killed) break;
        assert.notEqual(seed, 9, `${kind} comes within nine runs`);
      }
    }
    return faults;
  } finally {
    await suite.close();
  }
}

describe('a browser, a worker or a tab that is killed', () => {
  it('loses nothing that somebody was told, and does nothing twice without being asked', async () => {
    const folder = await buildPage('crash', ENTRIES);
    const half = Math.ceil(KINDS.length / 2);
    const faults = await Promise.all([killEach(folder, KINDS.slice(0, half)), killEach(folder, KINDS.slice(half))]);
    assert.deepEqual(faults.flat(), []);
  });

  it('would lose what nobody waited for', async () => {
    const folder = await buildPage('crash-without-flushed', ENTRIES, { flushes: false });
    assert.notDeepEqual(await killEach(folder, ['effect', 'intent']), []);
  });
});

describe('four tabs that send to one thread and change it at once', () => {
  it('leave what they would have left one after the other', async () => {
    assert.deepEqual(await playSchedules(1, 36, 4), []);
  });
});
