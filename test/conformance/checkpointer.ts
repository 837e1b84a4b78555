/** What every checkpointer must do. Each adapter's test runs this suite and adds only what is its own. */
import { expect } from 'chai';
import type { Checkpointer, LogEntry, ThreadLog, Write } from '../../src/core/index.ts';
import { rejection } from '../helpers/rejection.ts';

const { signal } = new AbortController();

const entry = (...writes: Write[]): LogEntry => ({ ns: '', runId: 'run', step: 0, writes });

/** A checkpointer under test, and a way to open the same storage again as another process would. */
export interface Subject {
  readonly checkpointer: Checkpointer;
  reopen(): Promise<Checkpointer>;
  dispose(): Promise<void>;
}

/** @param make gets the clock that the adapter must use. */
export function testCheckpointer(name: string, make: (now: () => number) => Promise<Subject>): void {
  describe(`${name} as a checkpointer`, () => {
    let subject: Subject;
    let time = 0;
    const open = (id = 'thread', graph = 'g@1'): Promise<ThreadLog> => subject.checkpointer.open(id, graph, { signal });
    const reopened = async (id = 'thread'): Promise<ThreadLog> =>
      (await subject.reopen()).open(id, 'other@9', { signal });

    beforeEach(async () => {
      subject = await make(() => ++time);
    });
    afterEach(() => subject.dispose());

    it('opens a thread that is not there as empty, and stores nothing for it', async () => {
      const log = await open();
      expect([log.head, (await log.fold()).size]).to.deep.equal([0, 0]);
      const threads = [];
      for await (const thread of subject.checkpointer.threads()) threads.push(thread);
      expect(threads).to.deep.equal([]);
    });

    it('counts versions from 1 and keeps what was flushed', async () => {
      const log = await open();
      expect(log.append(entry(['n', 'set', 1]))).to.equal(1);
      expect(log.append(entry(['n', 'set', 2], ['list', 'append', ['a']]))).to.equal(2);
      await log.flushed(2);
      const again = await reopened();
      expect(again.head).to.equal(2);
      expect(again.graph).to.equal('g@1');
      expect(await again.fold()).to.deep.equal(
        new Map<string, unknown>([
          ['n', 2],
          ['list', ['a']],
        ]),
      );
    });

    it('gives the state at every version, flushed or not', async () => {
      const log = await open();
      for (const n of [1, 2, 3]) log.append(entry(['n', 'set', n]));
      for (const n of [1, 2, 3]) expect((await log.fold(n)).get('n')).to.equal(n);
      expect((await log.fold(0)).size).to.equal(0);
      for (const n of [-1, 4, 0.5]) expect(await rejection(log.fold(n))).to.include({ code: 'unknown-version' });
    });

    it('gives back the entries with namespace, run and step', async () => {
      const log = await open();
      const entries: LogEntry[] = [
        { ns: '', runId: 'a', step: 1, writes: [['deep', 'set', { x: [0], y: 1 }]] },
        {
          ns: 'sub',
          runId: 'b',
          step: 2,
          writes: [
            ['deep', 'patch', ['x', 0], 1],
            ['deep', 'delete', ['y']],
          ],
        },
      ];
      for (const each of entries) log.append(each);
      await log.close();
      const found = [];
      for await (const each of (await reopened()).entries(2)) found.push(each);
      expect(found).to.deep.equal([{ ...entries[1], version: 2 }]);
    });

    it('brings every storable value back as it was', async () => {
      const value = {
        date: new Date(86_400_000),
        map: new Map<unknown, unknown>([
          ['k', { deep: -0 }],
          [7, 'seven'],
        ]),
        set: new Set([1, 'x']),
        bytes: new Uint8Array([1, 2, 3]),
        floats: new Float64Array([0.5, -0]),
        big: 2n ** 70n,
        numbers: [-0, Number.NaN, Infinity, 2 ** 53, -1.5],
        nothing: [null, undefined],
        truth: [true, false],
        text: 'é 漢 🙂',
        records: [{ a: 1, b: 2 }, { a: 3, b: 4 }, { b: 5 }],
      };
      const log = await open();
      log.append(entry(['v', 'set', value]));
      await log.close();
      expect((await (await reopened()).fold()).get('v')).to.deep.equal(value);
    });

    it('refuses a value that could not come back, names its path, and goes on', async () => {
      const log = await open();
      log.append(entry(['n', 'set', 1]));
      expect(() => log.append(entry(['v', 'set', { a: [1, () => 1] }])))
        .to.throw(/"v\.a\.1"/)
        .with.property('code', 'unstorable-value');
      expect(log.append(entry(['n', 'set', 2]))).to.equal(2);
      await log.close();
      expect((await (await reopened()).fold()).get('n')).to.equal(2);
    });

    it('refuses the writes of a holder after another one has written', async () => {
      const first = await open();
      first.append(entry(['n', 'set', 1]));
      await first.flushed(1);
      const second = await reopened();
      second.append(entry(['n', 'set', 2]));
      await second.flushed(2);
      expect(second.epoch).to.equal(first.epoch + 1);
      first.append(entry(['n', 'set', 3]));
      expect(await rejection(first.flushed(2))).to.have.property('code', 'fenced');
      expect((await (await reopened()).fold()).get('n')).to.equal(2);
    });

    it('refuses the second of two that opened an empty thread together', async () => {
      const [first, second] = [await open(), await open()];
      first.append(entry(['n', 'set', 1]));
      await first.flushed(1);
      second.append(entry(['n', 'set', 2]));
      expect(await rejection(second.flushed(1))).to.have.property('code', 'fenced');
    });

    it('reads without disturbing the holder', async () => {
      const log = await open();
      log.append(entry(['n', 'set', 1]));
      await log.flushed(1);
      await (await reopened()).fold();
      log.append(entry(['n', 'set', 2]));
      await log.flushed(2);
      expect((await (await reopened()).fold()).get('n')).to.equal(2);
    });

    it('lists threads, the newest first, with their title and status', async () => {
      const one = await open('one');
      one.append(entry(['title', 'set', 'Coffee'], ['~next', 'set', { step: 1, nodes: ['a'] }]));
      await one.close();
      const two = await open('two');
      two.append(entry(['~next', 'set', { step: 1, nodes: ['a'] }], ['~interrupts', 'set', [{ id: 'i' }]]));
      await two.close();
      const threads = [];
      for await (const { id, title, status } of subject.checkpointer.threads()) threads.push({ id, title, status });
      expect(threads).to.deep.equal([
        { id: 'two', title: '', status: 'interrupted' },
        { id: 'one', title: 'Coffee', status: 'unfinished' },
      ]);
    });

    it('forks a thread at a version, and leaves the original alone', async () => {
      const log = await open();
      for (const n of [1, 2, 3]) log.append(entry(['n', 'set', n]));
      const fork = await open(await log.fork(2));
      expect([fork.head, (await fork.fold()).get('n'), fork.graph]).to.deep.equal([2, 2, 'g@1']);
      fork.append(entry(['n', 'set', 9]));
      await fork.close();
      expect((await log.fold()).get('n')).to.equal(3);
      expect(await rejection(log.fork(4))).to.have.property('code', 'unknown-version');
    });

    it('is the same to its readers after housekeeping, at every version', async () => {
      const log = await open();
      for (let n = 1; n <= 2100; n++) {
        log.append(entry(['n', 'set', n], ['list', 'append', [{ n }]], ['map', 'put', { [`k${n % 7}`]: n }]));
        if (n % 700 === 0) await log.tidy();
        else if (n % 10 === 0) await log.flushed(n);
      }
      const again = await reopened();
      expect([again.head, again.epoch, again.graph]).to.deep.equal([2100, 1, 'g@1']);
      for (const at of [1, 699, 1400, 1401, 2100]) {
        const found = await again.fold(at);
        expect(found.get('n')).to.equal(at);
        expect((found.get('list') as unknown[]).length).to.equal(at);
        expect((found.get('map') as ReadonlyMap<string, number>).get(`k${at % 7}`)).to.equal(at);
      }
      let next = 1;
      for await (const { version, writes } of again.entries()) {
        expect([version, writes[0]]).to.deep.equal([next, ['n', 'set', next]]);
        next++;
      }
      expect(next).to.equal(2101);
      const fork = await open(await again.fork(1500));
      expect([fork.head, (await fork.fold()).get('n'), (await fork.fold(1)).get('n')]).to.deep.equal([1500, 1500, 1]);
    });

    it('goes on with a fork after its original was deleted', async () => {
      const log = await open();
      for (let n = 1; n <= 1200; n++) log.append(entry(['list', 'append', ['x'.repeat(200)]]));
      await log.tidy();
      const id = await log.fork(1200);
      await subject.checkpointer.delete('thread');
      const fork = await reopened(id);
      fork.append(entry(['list', 'append', ['last']]));
      await fork.close();
      expect(((await (await reopened(id)).fold()).get('list') as string[]).at(-1)).to.equal('last');
    });

    it('begins a deleted thread anew, with nothing of what it was', async () => {
      const log = await open();
      for (let n = 1; n <= 1200; n++) log.append(entry(['n', 'set', n]));
      await log.tidy();
      await subject.checkpointer.delete('thread');
      const anew = await open();
      expect(anew.head).to.equal(0);
      anew.append(entry(['other', 'set', 1]));
      await anew.close();
      const again = await reopened();
      expect([again.head, again.damage, await again.fold()]).to.deep.equal([1, undefined, new Map([['other', 1]])]);
    });

    it('deletes a thread and nothing else', async () => {
      for (const id of ['a', 'b']) {
        const log = await open(id);
        log.append(entry(['n', 'set', 1]));
        await log.close();
      }
      await subject.checkpointer.delete('a');
      expect((await reopened('a')).head).to.equal(0);
      expect((await reopened('b')).head).to.equal(1);
    });

    it('asks the run to wait while much is pending, and not before', async () => {
      const log = await open();
      log.append(entry(['n', 'set', 0]));
      expect(log.full()).to.equal(undefined);
      for (let n = 1; n < 2000; n++) log.append(entry(['n', 'set', n]));
      await log.full();
      expect(log.full()).to.equal(undefined);
      expect((await log.fold()).get('n')).to.equal(1999);
    });

    it('asks the run to wait while few entries with many bytes are pending', async () => {
      const log = await open();
      for (let n = 0; n < 4; n++) {
        expect(log.full()).to.equal(undefined);
        log.append(entry(['bytes', 'set', new Uint8Array(1_000_000)]));
      }
      await log.full();
      expect([log.full(), (await reopened()).head]).to.deep.equal([undefined, 4]);
    });

    it('refuses a value that is too deep, and goes on without a trace of it', async () => {
      const log = await open();
      let deep: unknown = 'end';
      for (let level = 0; level < 600; level++) deep = [deep];
      log.append(entry(['n', 'set', { a: 1 }]));
      expect(() => log.append(entry(['other', 'set', { b: 1 }], ['deep', 'set', deep])))
        .to.throw(/"deep".*levels deep/)
        .with.property('code', 'unstorable-value');
      log.append(entry(['n', 'set', { b: 2 }]));
      await log.close();
      expect(await (await reopened()).fold()).to.deep.equal(new Map([['n', { b: 2 }]]));
    });
  });
}
