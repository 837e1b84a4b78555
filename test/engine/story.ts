/** The story of a thread: a random graph run to its end, over every stop and question on the way, and checked on it. */
import { assert } from 'chai';
import { createMemoryCheckpointer } from '../../src/engine.ts';
import type {
  Checkpointer,
  CompiledGraph,
  Run,
  RunEvent,
  RunResult,
  State,
  StreamMode,
  Write,
} from '../../src/engine.ts';
import { apply, NO_VALUES, plain, userState } from '../../src/state/index.ts';
import type { Values } from '../../src/state/index.ts';
import { same } from '../helpers/same.ts';
import { answerTo, build, World } from './random-graph.ts';
import type { Root, Spec } from './random-graph.ts';
import { Scheduler } from './scheduler.ts';

export type Result = RunResult<State<Root>>;
type Graph = CompiledGraph<Root, World>;

/** What a brake can do to the run that it sees the events of. */
export interface Controls {
  readonly abort: () => void;
  readonly pause: () => void;
}

export interface Course {
  readonly spec: Spec;
  /** Who goes on next, among those that wait. */
  readonly choices: readonly number[];
  readonly concurrency?: number;
  readonly durability?: 'sync' | 'async' | 'exit';
  /** The step limit of the first run. */
  readonly stepLimit?: number;
  readonly failAt?: number;
  readonly modes?: readonly StreamMode[];
  /** Called with every event of the thread, in order. */
  readonly onEvent?: (event: RunEvent, controls: Controls) => void;
  /** Called before the scheduler lets a node through. */
  readonly onPass?: (passed: number, controls: Controls) => void;
}

export interface Chapter {
  readonly events: readonly RunEvent[];
  readonly result: Result;
}

export interface Story {
  readonly threadId: string;
  readonly checkpointer: Checkpointer;
  readonly world: World;
  readonly chapters: readonly Chapter[];
  readonly state: State<Root>;
  readonly version: number;
}

/** More runs than any thread of these graphs takes. */
const MAX_CHAPTERS = 200;
const INPUT = { log: ['begin'], sum: 1 };

let threads = 0;

/** Begins a thread and goes on until it has completed. */
export function play(course: Course): Promise<Story> {
  return goOn(
    course,
    createMemoryCheckpointer(() => 0),
    `thread-${threads++}`,
  );
}

/** Takes a thread up where it is, each time with a graph that is built anew, until it has completed. */
export async function goOn(course: Course, checkpointer: Checkpointer, threadId: string): Promise<Story> {
  const { spec, choices, failAt, durability, concurrency } = course;
  const scheduler = new Scheduler(choices);
  const world = new World(scheduler, failAt);
  const chapters: Chapter[] = [];
  const done = new Set<string>();
  for (;;) {
    const graph = build(spec, checkpointer);
    const head = (await graph.getState(threadId))?.version ?? 0;
    const before = await fold(checkpointer, threadId);
    const events: RunEvent[] = [];
    const controller = new AbortController();
    let run: Run<State<Root>> | undefined = undefined;
    const controls = {
      abort: () => {
        world.cancelled = true;
        controller.abort();
      },
      pause: () => run?.pause(),
    };
    const options = {
      threadId,
      context: world,
      signal: controller.signal,
      ...(durability ? { durability } : {}),
      ...(course.modes ? { modes: course.modes } : {}),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(course.stepLimit === undefined || chapters.length > 0 ? {} : { stepLimit: course.stepLimit }),
      onEvent: (event: RunEvent) => {
        events.push(event);
        course.onEvent?.(event, controls);
      },
    };
    scheduler.onPass = (passed) => course.onPass?.(passed, controls);
    run = start(graph, head, chapters.at(-1)?.result, options, choices);
    const result = await scheduler.drive(run.result);
    assert.deepEqual(world.late, [], 'no node is called after a cancel');
    world.cancelled = false;
    chapters.push({ events, result });
    checkChapter(events, result, done);
    checkMirror(events, before, await fold(checkpointer, threadId), result);
    if (result.status === 'completed') {
      return { threadId, checkpointer, world, chapters, state: result.state, version: result.version };
    }
    if (chapters.length > MAX_CHAPTERS) throw new Error(`It never completes: ${result.status} again and again.`);
  }
}

function start(
  graph: Graph,
  head: number,
  before: Result | undefined,
  options: Parameters<Graph['stream']>[1] & { readonly threadId: string },
  choices: readonly number[],
): Run<State<Root>> {
  if (head === 0) return graph.stream(INPUT, options);
  if (before?.status !== 'interrupted') return graph.stream(null, options);
  const { interrupts } = before;
  // Sometimes one answer at a time, so that the others stay open.
  const answered = (choices[0] ?? 0) % 2 === 0 ? interrupts : interrupts.slice(0, 1);
  const answers = Object.fromEntries(answered.map(({ id, payload }) => [id, answerTo(payload)]));
  return graph.resume(options.threadId, answers, options);
}

/** All channels of a stored thread, the engine's own among them. */
export async function fold(checkpointer: Checkpointer, threadId: string, at?: number): Promise<Values> {
  const log = await checkpointer.open(threadId, 'random@1', { signal: new AbortController().signal });
  return log.head === 0 ? NO_VALUES : Object.fromEntries(await log.fold(at));
}

export const deltas = (events: readonly RunEvent[]): readonly { version: number; writes: readonly Write[] }[] =>
  events.flatMap((event) => (event.type === 'state-delta' ? event : []));

/** What must hold for the events of every run, however it ended. */
function checkChapter(events: readonly RunEvent[], result: Result, done: Set<string>): void {
  const types = events.map(({ type }) => type);
  assert.equal(types[0], 'run-start');
  assert.equal(types.at(-1), 'run-end');
  assert.equal(types.lastIndexOf('run-start'), 0, 'one run-start');
  assert.equal(types.indexOf('run-end'), types.length - 1, 'one run-end, and nothing after it');
  const open = new Set<string>();
  const steps = new Map<string, number>();
  let version = -1;
  for (const [index, event] of events.entries()) {
    assert.equal(event.seq, index, 'seq has no gaps');
    assert.equal(event.runId, result.runId);
    switch (event.type) {
      case 'run-start':
        version = event.version;
        break;
      case 'step-start': {
        const before = steps.get(event.ns);
        if (before !== undefined) assert.equal(event.step, before + 1, `steps of "${event.ns}" follow one another`);
        steps.set(event.ns, event.step);
        break;
      }
      case 'node-start':
        assert.isFalse(open.has(event.task), `${event.task} starts once`);
        assert.isFalse(done.has(event.task), `${event.task} has finished and does not run again`);
        assert.match(
          event.task,
          new RegExp(`^${event.ns === '' ? '' : `${event.ns}/`}${steps.get(event.ns)}:${event.node}`),
        );
        open.add(event.task);
        break;
      case 'node-end':
        assert.isTrue(open.delete(event.task), `${event.task} ends once, after its start`);
        if (event.outcome === 'ok') done.add(event.task);
        break;
      case 'state-delta':
        assert.equal(event.version, ++version, 'versions follow one another');
        break;
      case 'checkpoint':
        assert.equal(event.version, result.version, 'all that the run has made is durable at its end');
        break;
      case 'run-end':
        assert.equal(event.status, result.status);
        assert.deepEqual(event.interrupts ?? [], result.interrupts);
        break;
      default:
    }
  }
  assert.deepEqual([...open], [], 'every task that starts also ends');
  assert.equal(result.version, version, 'the result has the version of the last delta');
  const asked = events.flatMap((event) => (event.type === 'interrupt' ? event.id : []));
  assert.deepEqual(
    asked,
    result.interrupts.map(({ id }) => id),
  );
}

/** What a mirror makes of a run is what was stored, and what the run gave back. */
function checkMirror(events: readonly RunEvent[], before: Values, after: Values, result: Result): void {
  const mirrored = deltas(events).reduce((values, { writes }) => apply(values, writes), before);
  assertSame(plain(mirrored), after, 'the mirror is the stored thread');
  if (result.version > 0) assertState(result.state, userState(after), 'the result is the stored state');
}

/** The same channels, in whatever order, with the same values to the last detail. */
export function assertState(actual: object, expected: object, message: string): void {
  const sorted = (state: object): unknown =>
    Object.fromEntries(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)));
  assertSame(sorted(actual), sorted(expected), message);
}

/** The same to the last detail; chai tells the difference where it can. */
export function assertSame(actual: unknown, expected: unknown, message: string): void {
  if (same(actual, expected)) return;
  assert.deepEqual(actual, expected, message);
  assert.fail(`${message}: equal, but for kinds or order`);
}
