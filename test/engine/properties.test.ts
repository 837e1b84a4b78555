import { assert } from 'chai';
import fc from 'fast-check';
import {
  append,
  createMemoryCheckpointer,
  getHistory,
  last,
  map,
  reduce,
  Send,
  START,
  StateGraph,
  draftNode,
  undo,
} from '../../src/engine.ts';
import type { RunEvent } from '../../src/engine.ts';
import { apply, NO_VALUES, plain, userState } from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';
import { build, specs, World } from './random-graph.ts';
import { Scheduler } from './scheduler.ts';
import { assertSame, assertState, fold, goOn, play } from './story.ts';
import type { Controls, Course, Story } from './story.ts';

// A report without what failed says little.
fc.configureGlobal({ includeErrorInReport: true });

/** How often a property is tried: a slow machine tries it less often, for past the test's time it would say nothing. */
const tries = (numRuns: number) => ({
  numRuns,
  plugins: [fc.interruptAfterTimeLimit(4000, { failOnInterrupt: false })],
});

const choices = fc.array(fc.nat(5), { minLength: 1, maxLength: 12 });
const durability = fc.constantFrom('sync' as const, 'async' as const, 'exit' as const);
const quiet = specs({ asks: false });
const asking = specs({ asks: true });
/** For properties that run each graph dozens of times. */
const small = specs({ asks: true, layers: 2, width: 2 });

/** The types of events at which a brake is put on. What comes after them is the run's own ending. */
const BRAKABLE: readonly RunEvent['type'][] = [
  'run-start',
  'step-start',
  'node-start',
  'node-end',
  'state-delta',
  'custom',
];

/** The events of a thread in order, over all its runs. */
const eventsOf = ({ chapters }: Story): readonly RunEvent[] => chapters.flatMap(({ events }) => events);

/** Every number from `first` up to `end`; of very many only some, evenly spread. */
function spread(first: number, end: number, offset: number): readonly number[] {
  const all = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const stride = Math.ceil(all.length / 30);
  return all.filter((_, index) => index % stride === offset % stride);
}

/** The events of a thread that a property tries; see {@link spread}. */
function someOf(story: Story, offset: number): readonly (readonly [index: number, type: RunEvent['type']])[] {
  const types = eventsOf(story).map(({ type }) => type);
  return spread(0, types.length, offset).flatMap((index) => {
    const type = types[index];
    return type ? [[index, type] as const] : [];
  });
}

/** A course on which something happens at one event of the thread. */
function atEvent(course: Course, index: number, act: (controls: Controls) => void): Course {
  let seen = 0;
  return {
    ...course,
    onEvent: (_, controls) => {
      if (seen++ === index) act(controls);
    },
  };
}

describe('the order in which nodes settle', () => {
  it('does not change the result, and neither does how many run at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        asking,
        choices,
        choices,
        fc.integer({ min: 1, max: 4 }),
        async (spec, one, other, concurrency) => {
          const { state } = await play({ spec, choices: [0], concurrency: 1 });
          assertState((await play({ spec, choices: one })).state, state, 'one order');
          assertState((await play({ spec, choices: other, concurrency })).state, state, 'another order');
        },
      ),
      tries(60),
    );
  });

  it('does not change what a run gives that is not stored and that nobody listens to', async () => {
    await fc.assert(
      fc.asyncProperty(asking, choices, async (spec, order) => {
        const heard = (await play({ spec, choices: order })).chapters[0]?.result;
        const scheduler = new Scheduler(order);
        const alone = await scheduler.drive(
          build(spec).invoke({ log: ['begin'], sum: 1 }, { context: new World(scheduler) }),
        );
        assert.equal(alone.status, heard?.status);
        assertSame(alone.state, heard?.state, 'state');
        assert.deepEqual(
          alone.interrupts.map(({ payload }) => payload),
          heard?.interrupts.map(({ payload }) => payload),
        );
      }),
      tries(60),
    );
  });
});

describe('a limit of concurrency', () => {
  it('never runs more tasks at once, and runs every task once', async () => {
    await fc.assert(
      fc.asyncProperty(quiet, choices, async (spec, order) => {
        const free = await play({ spec, choices: order });
        const widest = Math.max(...free.world.most.values());
        for (let concurrency = 1; concurrency <= widest; concurrency++) {
          const running = new Map<string, number>();
          const { world } = await play({
            spec,
            choices: order,
            concurrency,
            onEvent: (event) => {
              if (event.type !== 'node-start' && event.type !== 'node-end') return;
              const now = (running.get(event.ns) ?? 0) + (event.type === 'node-start' ? 1 : -1);
              running.set(event.ns, now);
              assert.isAtMost(now, concurrency);
            },
          });
          assert.isAtMost(Math.max(...world.most.values()), concurrency);
          assert.deepEqual([...world.calls].sort(), [...free.world.calls].sort());
          assert.deepEqual([...new Set(world.calls.values())], [1]);
        }
      }),
      tries(40),
    );
  });
});

describe('a run that is stopped', () => {
  // A story checks by itself that each run has one end, and that what has finished does not run again.
  it('by a cancel at any event ends as cancelled and goes on to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(small, choices, durability, fc.nat(), async (spec, order, stored, offset) => {
        const course = { spec, choices: order, durability: stored };
        const calm = await play(course);
        for (const [index, type] of someOf(calm, offset)) {
          // With `exit`, versions come to be after the run has got its ending.
          if (!BRAKABLE.includes(type) || (stored === 'exit' && type === 'state-delta')) continue;
          const story = await play(
            atEvent(course, index, ({ abort }) => {
              abort();
            }),
          );
          assert.include(
            story.chapters.map(({ result }) => result.status),
            'cancelled',
            `${index}: ${type}`,
          );
          assertState(story.state, calm.state, `cancelled at ${index}: ${type}`);
        }
      }),
      tries(12),
    );
  });

  it('by a cancel that comes with its own ending has one ending all the same', async () => {
    await fc.assert(
      fc.asyncProperty(small, choices, durability, fc.nat(), async (spec, order, stored, offset) => {
        const course = { spec, choices: order, durability: stored };
        const calm = await play(course);
        for (const [index, type] of someOf(calm, offset)) {
          if (BRAKABLE.includes(type)) continue;
          const story = await play(
            atEvent(course, index, ({ abort }) => {
              abort();
            }),
          );
          assertState(story.state, calm.state, `cancelled at ${index}: ${type}`);
        }
      }),
      tries(20),
    );
  });

  it('by a cancel while its nodes wait ends as cancelled and goes on to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(small, choices, durability, fc.nat(), async (spec, order, stored, offset) => {
        const course = { spec, choices: order, durability: stored };
        const calm = await play(course);
        for (const at of spread(0, calm.world.scheduler.passed, offset)) {
          const story = await play({
            ...course,
            onPass: (passed, { abort }) => {
              if (passed === at) abort();
            },
          });
          assertState(story.state, calm.state, `cancelled at ${at}`);
        }
      }),
      tries(20),
    );
  });

  it('by a pause at any event begins no further step and goes on to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(small, choices, durability, fc.nat(), async (spec, order, stored, offset) => {
        const course = { spec, choices: order, durability: stored };
        const calm = await play(course);
        for (const [index, type] of someOf(calm, offset)) {
          if (!BRAKABLE.includes(type)) continue;
          const story = await play(
            atEvent(course, index, ({ pause }) => {
              pause();
            }),
          );
          assertState(story.state, calm.state, `paused at ${index}: ${type}`);
          const [chapter, begins] = chapterOf(story, index);
          const after = chapter.events.slice(index - begins + 1);
          assert.notInclude(
            after.map((event) => event.type),
            'step-start',
          );
          assert.include(['paused', 'completed', 'interrupted'], chapter.result.status);
        }
      }),
      tries(12),
    );
  });

  it('by the failure of any call ends as failed and goes on to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(small, choices, durability, fc.nat(), async (spec, order, stored, offset) => {
        const course = { spec, choices: order, durability: stored };
        const calm = await play(course);
        for (const failAt of spread(0, calm.world.count, offset)) {
          const story = await play({ ...course, failAt });
          const failed = story.chapters.filter(({ result }) => result.status === 'failed');
          // A node whose failure is handled does not fail the run: it fails on purpose already.
          if (failed.length === 0) continue;
          assert.equal(failed.length, 1);
          assertState(story.state, calm.state, `failed at call ${failAt}`);
        }
      }),
      tries(12),
    );
  });

  it('by any step limit goes on to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(small, choices, durability, fc.nat(), async (spec, order, stored, offset) => {
        const course = { spec, choices: order, durability: stored };
        const calm = await play(course);
        const steps = calm.chapters[0]?.events.filter(({ type }) => type === 'step-start').length ?? 0;
        for (const stepLimit of spread(1, steps, offset)) {
          const story = await play({ ...course, stepLimit });
          assert.equal(story.chapters[0]?.result.status, 'limit');
          assertState(story.state, calm.state, `limit ${stepLimit}`);
        }
      }),
      tries(20),
    );
  });
});

/** The run that an event of a thread belongs to, and the place of its first event. */
function chapterOf({ chapters }: Story, index: number): [Story['chapters'][number], number] {
  let begins = 0;
  for (const chapter of chapters) {
    if (index < begins + chapter.events.length) return [chapter, begins];
    begins += chapter.events.length;
  }
  throw new Error(`There is no event ${index}.`);
}

describe('history', () => {
  it('gives every version as it was when it came to be, through each way of reading it', async () => {
    await fc.assert(
      fc.asyncProperty(asking, choices, durability, fc.nat(200), async (spec, order, stored, cut) => {
        const copies = new Map<number, unknown>();
        let values: Values = NO_VALUES;
        let seen = 0;
        const story = await play({
          spec,
          choices: order,
          durability: stored,
          onEvent: (event, { abort }) => {
            if (event.type === 'state-delta') {
              values = apply(values, event.writes);
              copies.set(event.version, structuredClone(plain(values)));
            }
            if (seen++ === cut) abort();
          },
        });
        const graph = build(spec, story.checkpointer);
        assert.deepEqual(
          [...copies.keys()],
          Array.from({ length: story.version }, (_, index) => index + 1),
        );
        let version = story.version;
        for await (const snapshot of graph.getStateHistory(story.threadId)) {
          const copy = copies.get(version) as Values;
          assert.equal(snapshot.version, version);
          assertSame(snapshot.state, userState(copy), `history at ${version}`);
          assertSame(await graph.getState(story.threadId, version), snapshot, `getState at ${version}`);
          assertSame(await fold(story.checkpointer, story.threadId, version), copy, `fold at ${version}`);
          version--;
        }
        assert.equal(version, 0);
      }),
      tries(40),
    );
  });

  it('is not changed by what comes after it was read', async () => {
    await fc.assert(
      fc.asyncProperty(asking, choices, async (spec, order) => {
        const checkpointer = createMemoryCheckpointer(() => 0);
        const graph = build(spec, checkpointer);
        const course = { spec, choices: order };
        const read: Promise<Taken>[] = [];
        const told: Taken[] = [];
        const take = (value: unknown): Taken => ({ value, copy: structuredClone(value) });
        const story = await goOn(
          {
            ...course,
            durability: 'sync',
            onEvent: (event) => {
              if (event.type === 'state-delta') told.push(take(event.writes));
              if (event.type === 'step-start') read.push(graph.getState('thread').then(take));
            },
          },
          checkpointer,
          'thread',
        );
        for (const { result } of story.chapters) told.push(take(result.state), take(result.interrupts));
        for await (const snapshot of graph.getStateHistory('thread')) told.push(take(snapshot));
        await graph.updateState('thread', { log: ['changed'], marks: { latest: 1 } }, { version: story.version });
        await goOn(course, checkpointer, 'thread');
        for (const { value, copy } of [...told, ...(await Promise.all(read))]) assertSame(value, copy, 'what was read');
      }),
      tries(30),
    );
  });

  it('tells of each task of each step what it has written', async () => {
    await fc.assert(
      fc.asyncProperty(asking, choices, async (spec, order) => {
        const heard = new Map<string, string[]>();
        const story = await play({
          spec,
          choices: order,
          modes: ['updates'],
          onEvent: (event) => {
            if (event.type !== 'update') return;
            const reduced = event.updates.map(([channel]) => `reduce ${channel}`);
            heard.set(
              event.task,
              [...event.writes.map(([channel, op]) => `${op} ${channel}`), ...new Set(reduced)].sort(),
            );
          },
        });
        const told = new Map<string, string[]>();
        for await (const { kind, tasks, writes } of getHistory(story.checkpointer, story.threadId)) {
          if (kind !== 'step') continue;
          for (const task of tasks) told.set(task, told.get(task) ?? []);
          for (const { channel, op, tasks: by } of writes) {
            const reduces = channel === 'sum' || channel === 'order';
            for (const task of by) told.get(task)?.push(`${reduces ? 'reduce' : op} ${channel}`);
            assert.isAbove(by.length, 0, 'no write of a step is nobody’s');
          }
        }
        // What a reducer gives back unchanged is written by nobody.
        const without = (all: readonly string[]): readonly string[] => all.filter((each) => !each.startsWith('reduce'));
        assert.deepEqual([...told.keys()].sort(), [...heard.keys()].sort());
        for (const [task, writes] of told) {
          assert.deepEqual(without(writes.sort()), without(heard.get(task) ?? []), task);
          assert.includeMembers(heard.get(task) ?? [], writes);
        }
      }),
      tries(30),
    );
  });

  it('can be undone step by step, each time to the state before, from which the thread goes on to the same end', async () => {
    await fc.assert(
      fc.asyncProperty(
        small,
        choices,
        durability,
        fc.nat(100),
        fc.constantFrom('step' as const, 'input' as const),
        async (spec, order, stored, cut, what) => {
          const course = { spec, choices: order, durability: stored };
          const story = await play(
            atEvent(course, cut, ({ abort }) => {
              abort();
            }),
          );
          const { checkpointer, threadId } = story;
          const graph = build(spec, checkpointer);
          for (let version = story.version; ;) {
            const expected = { expect: { version }, last: what };
            const undone = await undo(checkpointer, threadId, expected).catch((error: unknown) => error);
            if (typeof undone !== 'number') {
              assert.include(undone as object, { code: 'undo-failed' });
              break;
            }
            assert.equal(undone, ++version);
            const [entry] = await gather(getHistory(checkpointer, threadId, { from: version }));
            const { restored = -1 } = entry ?? {};
            assert.isBelow(restored, version - 1);
            const before = restored === 0 ? undefined : await graph.getState(threadId, restored);
            const after = await graph.getState(threadId);
            assertState(after?.state ?? {}, before?.state ?? {}, `version ${version} is as ${restored} was`);
            assert.deepEqual(after?.next, before?.next ?? []);
            assert.deepEqual(after?.interrupts, before?.interrupts ?? []);
            if (restored === 0) continue;
            const copy = await graph.fork(threadId, version);
            const { state } = await goOn(course, checkpointer, copy);
            assertState(state, story.state, `from the undo ${version} of ${story.version}`);
          }
        },
      ),
      tries(20),
    );
  });

  it('leads to the same end from every version', async () => {
    await fc.assert(
      fc.asyncProperty(small, choices, durability, fc.nat(100), async (spec, order, stored, cut) => {
        const course = { spec, choices: order, durability: stored };
        const story = await play(
          atEvent(course, cut, ({ abort }) => {
            abort();
          }),
        );
        const graph = build(spec, story.checkpointer);
        for (const version of spread(1, story.version + 1, cut)) {
          const copy = await graph.fork(story.threadId, version);
          const { state } = await goOn(course, story.checkpointer, copy);
          assertState(state, story.state, `from version ${version} of ${story.version}`);
        }
        assertState((await graph.getState(story.threadId))?.state ?? {}, story.state, 'the thread that was copied');
      }),
      tries(15),
    );
  });
});

async function gather<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A value that somebody was given, and what it was then. */
interface Taken {
  readonly value: unknown;
  readonly copy: unknown;
}

/** Every way to change a value in place, here and below. */
function attempts(value: unknown): (() => unknown)[] {
  if (typeof value !== 'object' || value === null) return [];
  const own: (() => unknown)[] = [
    () => Object.assign(value, { added: 1 }),
    () => Object.defineProperty(value, 'added', { value: 1 }),
    () => Reflect.setPrototypeOf(value, null) || assert.fail('given another prototype'),
  ];
  for (const key of Object.keys(value)) {
    if (Array.isArray(value)) own.push(() => ((value as unknown[])[Number(key)] = 'changed'));
    else own.push(() => Object.assign(value, { [key]: 'changed' }));
    own.push(() => Reflect.deleteProperty(value, key) || assert.fail('deleted'));
  }
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    own.push(
      () => list.push(1),
      () => (list.length = list.length === 0 ? 1 : 0),
      () => list.unshift(1),
    );
  }
  if ('set' in value || 'add' in value) {
    const collection = value as Map<unknown, unknown> & Set<unknown>;
    if ('set' in value) own.push(() => collection.set('added', 1));
    else own.push(() => collection.add('added'));
    for (const key of collection.keys()) own.push(() => collection.delete(key));
    own.push(() => {
      collection.clear();
    });
  }
  const isMap = 'entries' in value && typeof value.entries === 'function';
  const inside: unknown[] = isMap ? [...(value as ReadonlyMap<unknown, unknown>).values()] : Object.values(value);
  return [...own, ...inside.flatMap(attempts)];
}

/** Uses of a draft, each of which has to throw once it has ended. */
function uses(draft: object): (() => unknown)[] {
  if (draft instanceof Map) {
    const entries: Map<unknown, unknown> = draft;
    return [() => entries.size, () => entries.get('k'), () => entries.set('k', 1), () => [...entries]];
  }
  if (draft instanceof Set) {
    const items: Set<unknown> = draft;
    return [() => items.size, () => items.has('k'), () => items.add('k'), () => [...items]];
  }
  return [() => Object.keys(draft), () => Object.assign(draft, { 0: 1 }), (): unknown => Reflect.get(draft, '0')];
}

describe('a node that tries to change in place what it was given', () => {
  const value = fc.letrec<{ leaf: unknown; value: unknown }>((tie) => ({
    leaf: fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.boolean()),
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.string({ minLength: 1, maxLength: 2 }).filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 3 },
      ),
      fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
      fc.array(tie('leaf'), { maxLength: 3 }).map((items) => new Set(items)),
    ),
  })).value;

  it('throws at each try, and leaks nothing to anybody', async () => {
    const all = {
      one: last<unknown>(() => null),
      many: append<unknown>(),
      by: map<unknown>(),
      made: reduce<readonly unknown[], unknown>(
        (items, item) => [...items, item],
        () => [],
      ),
      turns: last(() => 0),
    };
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 5 }), async (values) => {
        const run = async (tries: boolean): Promise<readonly [unknown, readonly unknown[]]> => {
          const attack = (given: unknown): void => {
            if (!tries) return;
            for (const [index, attempt] of attempts(given).entries()) {
              assert.throws(attempt, undefined, undefined, `attempt ${index} on ${JSON.stringify(given)}`);
            }
          };
          const graph = new StateGraph({ id: 'attacked', version: '1', channels: all })
            .addNode('take', (state) => {
              attack(state);
              const item = structuredClone(values[state.turns % values.length]);
              return {
                one: item,
                many: [item],
                by: { [`k${state.turns % 2}`]: item ?? 0 },
                made: item,
                turns: state.turns + 1,
              };
            })
            .addSendNode('sent', async (input, ctx) => {
              attack(input);
              const asked = await ctx.interrupt(input, { key: 'k' });
              attack(asked);
              attack(await ctx.once('effect', () => structuredClone(input)));
              return { many: [input, asked], made: input };
            })
            .addNode('end', (state) => {
              attack(state);
            })
            .addEdge(START, 'take')
            .addConditionalEdges('take', (state) => {
              attack(state);
              return state.turns < 4 ? 'take' : [new Send('sent', structuredClone(values))];
            })
            .addEdge('sent', 'end')
            .compile({ checkpointer: createMemoryCheckpointer(() => 0) });
          const asked = await graph.invoke({}, { threadId: 't' });
          if (asked.status === 'failed') throw asked.error;
          const [question] = asked.interrupts;
          const answers = { [question?.id ?? '']: structuredClone(values) };
          const result = await graph.resume('t', answers).result;
          if (result.status === 'failed') throw result.error;
          assert.equal(result.status, 'completed');
          const history: unknown[] = [];
          for await (const { state } of graph.getStateHistory('t')) history.push(state);
          return [result.state, history];
        };
        const attacked = await run(true);
        const left = await run(false);
        assertSame(attacked, left, 'state and history');
      }),
      tries(40),
    );
  });

  it('throws when a draft is used after its node, and leaks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, async (first, second) => {
        const kept: (() => unknown)[] = [];
        const run = async (isLate: boolean): Promise<readonly unknown[]> => {
          const channels = { one: last<unknown>(() => null), many: append<unknown>() };
          const graph = new StateGraph({ id: 'late', version: '1', channels })
            .addNode(
              'draft',
              draftNode((draft) => {
                draft.many.push(structuredClone(second));
                for (const item of [draft, draft.many, draft.one])
                  if (typeof item === 'object' && item !== null) kept.push(...uses(item));
              }),
            )
            .addNode('late', () => {
              if (isLate) for (const use of kept) assert.throws(use, /belongs to a node that has ended/);
            })
            .addEdge(START, 'draft')
            .addEdge('draft', 'late')
            .compile({ checkpointer: createMemoryCheckpointer(() => 0) });
          const result = await graph.invoke(
            { one: structuredClone(first), many: [structuredClone(first)] },
            { threadId: 't' },
          );
          if (result.status === 'failed') throw result.error;
          const states: unknown[] = [];
          for await (const { state } of graph.getStateHistory('t')) states.push(state);
          return states;
        };
        assertSame(await run(true), await run(false), 'history');
      }),
      tries(40),
    );
  });
});

describe('a stream', () => {
  it('gives the events that a listener hears, the states that are stored, and the writes that tasks return', async () => {
    await fc.assert(
      fc.asyncProperty(quiet, choices, async (spec, order) => {
        const checkpointer = createMemoryCheckpointer(() => 0);
        const scheduler = new Scheduler(order);
        const heard: RunEvent[] = [];
        const run = build(spec, checkpointer).stream(
          { log: ['begin'] },
          {
            context: new World(scheduler),
            onEvent: (event) => heard.push(event),
            modes: ['events', 'values', 'updates'],
          },
        );
        const read: RunEvent[] = [];
        await scheduler.drive(
          (async () => {
            for await (const event of run) read.push(event);
          })(),
        );
        assert.deepEqual(read, heard);
        const oks = read.filter((event) => event.type === 'node-end' && event.outcome === 'ok').length;
        assert.equal(read.filter(({ type }) => type === 'update').length, oks);
        for (const event of read) {
          if (event.type !== 'values' || event.ns !== '') continue;
          const stored = await fold(checkpointer, run.threadId, event.version);
          assertSame(event.state, userState(stored), `state at ${event.version}`);
        }
      }),
      tries(30),
    );
  });
});
