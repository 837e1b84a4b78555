/** What every checkpointer must do. Each adapter's test runs this suite and adds only what is its own. */
import { expect } from 'chai';
import type { Checkpointer, LogEntry, ThreadLog, Write } from '../../src/core/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { told } from '../helpers/told.ts';

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

    it('opens a thread with all that was appended to it here, flushed or not', async () => {
      const log = await open();
      for (const n of [1, 2, 3]) {
        log.append(entry(['n', 'set', n]));
        const reader = await open();
        expect([reader.head, (await reader.fold()).get('n')]).to.deep.equal([n, n]);
      }
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

    it('renames a thread for good, whatever its title channel says later', async () => {
      const log = await open();
      log.append(entry(['title', 'set', 'Coffee']));
      await log.flushed(1);
      await subject.checkpointer.rename('thread', 'Tea');
      log.append(entry(['title', 'set', 'Milk']));
      await log.close();
      const fork = await log.fork(2);
      for await (const { id, title } of subject.checkpointer.threads()) expect([id, title]).to.deep.equal([id, 'Tea']);
      expect((await reopened(fork)).head).to.equal(2);
      expect(await rejection(subject.checkpointer.rename('none', 'x'))).to.include({ code: 'unknown-thread' });
    });

    it('exports a thread as one file, and imports it as another one that is the same', async () => {
      const log = await open();
      log.append(entry(['title', 'set', 'Coffee'], ['~interrupts', 'set', [{ id: 'i' }]]));
      for (let n = 2; n <= 1100; n++) log.append(entry(['n', 'set', n], ['date', 'set', new Date(n)]));
      await log.tidy();
      const file = await subject.checkpointer.export('thread');
      await subject.checkpointer.delete('thread');
      const [one, two] = [await subject.checkpointer.import(file), await subject.checkpointer.import(file)];
      expect(new Set(['thread', one, two]).size).to.equal(3);
      for (const id of [one, two]) {
        const copy = await reopened(id);
        expect([copy.head, copy.graph, copy.damage]).to.deep.equal([1100, 'g@1', undefined]);
        expect((await copy.fold()).get('date')).to.deep.equal(new Date(1100));
        expect((await copy.fold(7)).get('n')).to.equal(7);
        copy.append(entry(['n', 'set', 0]));
        await copy.flushed(1101);
      }
      for await (const { title, status } of subject.checkpointer.threads())
        expect([title, status]).to.deep.equal(['Coffee', 'interrupted']);
      expect(await rejection(subject.checkpointer.export('thread'))).to.include({ code: 'unknown-thread' });
    });

    it('imports nothing of a file that is damaged, cut off, or none', async () => {
      const log = await open();
      for (let n = 1; n <= 3; n++) log.append(entry(['n', 'set', n]));
      await log.close();
      const file = await subject.checkpointer.export('thread');
      const files = [file.slice(0, -1), file.slice(0, 3), new Uint8Array(), new Uint8Array(100)];
      for (let at = 7; at < file.length; at += 3)
        files.push(file.map((byte, index) => (index === at ? byte ^ 1 : byte)));
      for (const bad of files) {
        expect(await rejection(subject.checkpointer.import(bad))).to.include({ code: 'corrupt-record' });
      }
      const later = file.map((byte, index) => (index === 6 ? 99 : byte));
      expect(await rejection(subject.checkpointer.import(later))).to.include({ code: 'unknown-format' });
      expect((await subject.checkpointer.usage()).threads).to.equal(1);
    });

    describe('with threads to prune', () => {
      const ids = async (): Promise<string[]> => {
        const found = [];
        for await (const { id } of subject.checkpointer.threads()) found.push(id);
        return found.sort();
      };

      beforeEach(async () => {
        for (const id of ['a', 'b', 'c', 'd']) {
          const log = await open(id);
          log.append(entry(['bytes', 'set', new Uint8Array(1000)]));
          if (id === 'a') log.append(entry(['~interrupts', 'set', [{ id: 'i' }]]));
          await log.close();
        }
      });

      it('says how much there is', async () => {
        const { threads, bytes } = await subject.checkpointer.usage();
        expect(threads).to.equal(4);
        expect(bytes).to.be.within(4000, 4400);
      });

      it('removes all but the last ones, but none with an open question', async () => {
        const gone = await subject.checkpointer.prune({ keepLast: 1 });
        expect([gone.threads, await ids()]).to.deep.equal([2, ['a', 'd']]);
        expect(gone.bytes).to.be.within(2000, 2200);
      });

      it('keeps the last ones, however many older ones wait for an answer', async () => {
        for (const id of ['b', 'c']) {
          const log = await open(id);
          log.append(entry(['~interrupts', 'set', [{ id: 'i' }]]));
          await log.close();
        }
        const log = await open('newest');
        log.append(entry(['n', 'set', 1]));
        await log.close();
        await subject.checkpointer.prune({ keepLast: 2 });
        expect(await ids()).to.deep.equal(['a', 'b', 'c', 'newest']);
      });

      it('removes no more when two do it at once', async () => {
        const { checkpointer } = subject;
        await Promise.all([checkpointer.prune({ keepLast: 1 }), checkpointer.prune({ keepLast: 1 })]);
        expect(await ids()).to.deep.equal(['a', 'd']);
      });

      it('removes the oldest until there are few enough bytes', async () => {
        await subject.checkpointer.prune({ maxBytes: 3500 });
        expect(await ids()).to.deep.equal(['a', 'c', 'd']);
      });

      it('removes what is too old, whatever it waits for', async () => {
        await subject.checkpointer.prune({ maxAge: time - 2 });
        expect(await ids()).to.deep.equal(['a', 'b', 'c', 'd']);
        time += 100;
        const log = await open('d');
        log.append(entry(['n', 'set', 1]));
        await log.close();
        await subject.checkpointer.prune({ maxAge: 50 });
        expect(await ids()).to.deep.equal(['d']);
      });

      it('removes nothing without a limit', async () => {
        expect(await subject.checkpointer.prune({})).to.deep.equal({ threads: 0, bytes: 0 });
      });
    });

    it('removes history that two snapshots make needless before it removes threads, and keeps the rest', async () => {
      const log = await open();
      for (let round = 1; round <= 3; round++) {
        for (let n = 0; n < 1000; n++) log.append(entry(['n', 'set', log.head + 1], ['list', 'append', [n]]));
        await log.tidy();
      }
      const fork = await log.fork(2500);
      const before = await subject.checkpointer.usage();
      const gone = await subject.checkpointer.prune({ maxBytes: before.bytes - 1 });
      expect(gone.threads).to.equal(0);
      expect(gone.bytes).to.be.above(10_000);
      expect((await subject.checkpointer.usage()).bytes).to.equal(before.bytes - gone.bytes);
      const again = await reopened();
      for (const at of [2000, 2001, 3000]) expect((await again.fold(at)).get('n')).to.equal(at);
      for (const at of [0, 1, 1999]) expect(await rejection(again.fold(at))).to.include({ code: 'unknown-version' });
      let first = 0;
      for await (const { version } of again.entries()) first ||= version;
      expect(first).to.equal(2001);
      again.append(entry(['n', 'set', -1]));
      await again.close();
      const copies = [
        await again.fork(2000),
        await subject.checkpointer.import(await subject.checkpointer.export('thread')),
      ];
      for (const [index, id] of copies.entries()) {
        const copy = await reopened(id);
        expect([copy.damage, (await copy.fold()).get('n')]).to.deep.equal([undefined, [2000, -1][index]]);
      }
      expect((await (await reopened(fork)).fold(1)).get('n')).to.equal(1);
    });

    describe('with Blobs and Files in the state', () => {
      const file = (text: string): File => new File([text], `${text}.txt`, { type: 'text/plain', lastModified: 5 });
      const stateOf = async (log: ThreadLog, at?: number): Promise<unknown> =>
        told(Object.fromEntries(await log.fold(at)));

      it('brings them back as they were, wherever they lie, at every version and in the entries', async () => {
        const blob = new Blob(['bytes'], { type: 'image/png' });
        const writes: Write[] = [
          [
            'deep',
            'set',
            { map: new Map<unknown, unknown>([['k', blob]]), set: new Set([file('a')]), list: [blob, 0] },
          ],
          ['deep', 'patch', ['list', 1], file('b')],
          ['files', 'put', { one: file('c'), two: new Blob([]) }],
          ['list', 'append', [[file('d')], blob]],
          ['deep', 'set', 0],
        ];
        const log = await open();
        for (const each of writes) log.append(entry(each));
        const states = await Promise.all([1, 2, 3, 4, 5].map((at) => stateOf(log, at)));
        await log.close();
        const again = await reopened();
        expect(again.damage).to.equal(undefined);
        for (const [index, state] of states.entries()) {
          expect(await stateOf(again, index + 1)).to.deep.equal(state);
          expect(await stateOf(log, index + 1)).to.deep.equal(state);
        }
        expect(states[3]).to.deep.include({
          list: [
            [
              {
                kind: 'File',
                type: 'text/plain',
                name: 'd.txt',
                lastModified: 5,
                bytes: new TextEncoder().encode('d'),
              },
            ],
            await told(blob),
          ],
        });
        let index = 0;
        for await (const { writes: found } of again.entries())
          expect(await told(found)).to.deep.equal(await told([writes[index++]]));
        expect(index).to.equal(5);
      });

      it('brings them along into snapshots, forks and files, and keeps them when the original goes', async () => {
        const log = await open();
        log.append(entry(['photo', 'set', file('a')], ['list', 'append', [file('b')]]));
        for (let n = 2; n <= 1100; n++) log.append(entry(['list', 'append', [n === 600 ? file('c') : n]]));
        log.append(entry(['photo', 'set', file('d')]));
        await log.tidy();
        const [early, late] = [await log.fork(500), await log.fork(1101)];
        const imported = await subject.checkpointer.import(await subject.checkpointer.export('thread'));
        const states = [await stateOf(log, 500), await stateOf(log), await stateOf(log)];
        await subject.checkpointer.delete('thread');
        for (const [index, id] of [early, late, imported].entries()) {
          const copy = await reopened(id);
          expect([copy.damage, await stateOf(copy)]).to.deep.equal([undefined, states[index]]);
          expect(((await stateOf(copy, 1)) as { photo: object }).photo).to.include({ name: 'a.txt' });
        }
      });

      it('counts their bytes once for each thread', async () => {
        const blob = new Blob([new Uint8Array(10_000)]);
        for (const id of ['a', 'b']) {
          const log = await open(id);
          log.append(entry(['x', 'set', blob], ['y', 'set', [blob]]));
          await log.flushed(1);
          log.append(entry(['x', 'set', 0], ['z', 'set', blob]));
          await log.close();
        }
        expect((await subject.checkpointer.usage()).bytes).to.be.within(20_000, 21_000);
        await subject.checkpointer.delete('a');
        expect((await subject.checkpointer.usage()).bytes).to.be.within(10_000, 10_500);
      });

      it('removes those that only history named together with it', async () => {
        const log = await open();
        log.append(entry(['old', 'set', new Blob([new Uint8Array(50_000)])], ['kept', 'set', file('a')]));
        log.append(entry(['old', 'set', 0]));
        for (const round of [1, 2]) {
          while (log.head < 1000 * round) log.append(entry(['n', 'set', log.head]));
          await log.tidy();
        }
        const before = (await subject.checkpointer.usage()).bytes;
        const gone = await subject.checkpointer.prune({ maxBytes: before - 1 });
        expect([gone.threads, gone.bytes > 50_000]).to.deep.equal([0, true]);
        const again = await reopened();
        expect([again.damage, ((await again.fold()).get('kept') as File).name]).to.deep.equal([undefined, 'a.txt']);
        expect((await subject.checkpointer.usage()).bytes).to.equal(before - gone.bytes);
      });
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
