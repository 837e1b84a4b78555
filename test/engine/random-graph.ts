/** Random graphs for properties: every node is a pure function of the state, so that every run must end the same. */
import fc from 'fast-check';
import { append, Command, END, last, map, reduce, Send, START, StateGraph, text, draftNode } from '../../src/engine.ts';
import type { Checkpointer, CompiledGraph, Context, Draft, State, Update } from '../../src/engine.ts';
import type { Scheduler } from './scheduler.ts';

/** The channels of every random graph: one of each stored kind, and a record that draft nodes change at their own keys. */
export const channels = {
  log: append<string>(),
  sum: reduce(
    (sum: number, n: number) => sum + n,
    () => 0,
  ),
  order: reduce(
    (hash: number, n: number) => (Math.imul(hash, 31) + n) | 0,
    () => 7,
  ),
  marks: map<number>(),
  note: text(),
  board: last<Readonly<Record<string, { readonly n: number; readonly seen: readonly number[] }>>>(() => ({})),
  turns: last(() => 0),
};
/** Those that a subgraph shares, and one of its own. A subgraph's changes of any other kind would replace the whole. */
const shared = { log: channels.log, marks: channels.marks, note: channels.note };
const inner = { ...shared, own: last(() => 0) };

export type Root = typeof channels;
type Inner = typeof inner;
type Shared = State<typeof shared>;

/** What a run tells its nodes: when they may go on, and which of their calls has to fail. */
export class World {
  readonly scheduler: Scheduler;
  /** How often each task has called its node. */
  readonly calls = new Map<string, number>();
  /** The number of the call that fails. */
  readonly failAt: number;
  /** The most nodes that were under way at once, by the subgraph that they belong to. */
  readonly most = new Map<string, number>();
  /** Tasks whose node was called after the run had been cancelled. */
  readonly late: string[] = [];
  cancelled = false;
  #count = 0;
  readonly #running = new Map<string, number>();

  constructor(scheduler: Scheduler, failAt = -1) {
    this.scheduler = scheduler;
    this.failAt = failAt;
  }

  /** How many calls there have been. */
  get count(): number {
    return this.#count;
  }

  enter(task: string): void {
    if (this.cancelled) this.late.push(task);
    this.calls.set(task, (this.calls.get(task) ?? 0) + 1);
    this.#move(task, 1);
    if (this.#count++ === this.failAt) throw new TypeError('on purpose');
  }

  leave(task: string): void {
    this.#move(task, -1);
  }

  #move(task: string, by: number): void {
    const ns = task.slice(0, Math.max(0, task.lastIndexOf('/')));
    const running = (this.#running.get(ns) ?? 0) + by;
    this.#running.set(ns, running);
    this.most.set(ns, Math.max(this.most.get(ns) ?? 0, running));
  }
}

type Ctx = Context<World>;
const KINDS = ['plain', 'async', 'draft', 'asyncDraft', 'command', 'ask', 'askDraft', 'broken', 'once', 'sub'] as const;
const EXITS = ['edges', 'edges', 'route', 'asyncRoute', 'fan', 'asyncFan', 'fanSub'] as const;

interface NodeSpec {
  readonly kind: (typeof KINDS)[number];
  /** How often it waits for its turn. */
  readonly waits: number;
  readonly defer: boolean;
  /** The nodes of the next layer that it leads to, as bits. */
  readonly to: number;
  readonly exit: (typeof EXITS)[number];
  readonly stop: 'none' | 'before' | 'after';
}

interface SubSpec {
  readonly kinds: readonly ('plain' | 'async' | 'draft' | 'ask')[];
  readonly nested: boolean;
  readonly ask: boolean;
  readonly parent: boolean;
}

export interface Spec {
  readonly layers: readonly (readonly NodeSpec[])[];
  /** Whether the first node of the layer behind also waits for a whole layer. */
  readonly joins: readonly boolean[];
  /** How often the graph goes round. */
  readonly rounds: number;
  readonly turnDefers: boolean;
  readonly sub: SubSpec;
}

interface SpecOptions {
  readonly asks: boolean;
  /** How many layers of nodes, and nodes in each, there are at most. */
  readonly layers?: number;
  readonly width?: number;
}

/** How often a node is any of these, against a hundred. */
const seldom = (weight: number): fc.Arbitrary<boolean> => fc.nat(99).map((n) => n >= 100 - weight);

/** @param asks whether nodes ask and breakpoints stop the run. */
export function specs({ asks, layers = 3, width = 3 }: SpecOptions): fc.Arbitrary<Spec> {
  const kinds = KINDS.filter((kind) => asks || !kind.startsWith('ask'));
  const node = fc.record({
    kind: fc.constantFrom(...kinds),
    waits: fc.nat(2),
    defer: seldom(15),
    to: fc.integer({ min: 1, max: 7 }),
    exit: fc.constantFrom(...EXITS),
    stop: asks
      ? fc.nat(19).map((n) => (n === 19 ? 'before' : n === 18 ? 'after' : 'none'))
      : fc.constant('none' as const),
  });
  return fc.record({
    layers: fc.array(fc.array(node, { minLength: 1, maxLength: width }), { minLength: 1, maxLength: layers }),
    joins: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    rounds: fc.nat(1),
    turnDefers: fc.boolean(),
    sub: fc.record({
      kinds: fc.array(fc.constantFrom('plain', 'async', 'draft', ...(asks ? (['ask'] as const) : [])), {
        minLength: 1,
        maxLength: 2,
      }),
      nested: fc.boolean(),
      ask: asks ? fc.boolean() : fc.constant(false),
      parent: seldom(30),
    }),
  });
}

/** A number that stands for what a node has read. */
function digest({ log, marks, note }: Shared): number {
  return (log.length * 7 + note.length * 3 + marks.size + (marks.get('latest') ?? 0)) % 97;
}

function change(name: string, state: Shared, more = ''): Update<typeof shared> {
  const n = digest(state);
  return { log: [`${name}${more}@${n}`], marks: { [name]: n, latest: n }, note: name.slice(0, 1) };
}

function changeDraft(name: string, draft: Draft<Shared>, more = ''): void {
  const n = digest(draft);
  draft.log.push(`${name}${more}@${n}`);
  draft.marks.set(name, n);
  draft.note += name.slice(0, 1);
}

function changeBoard(name: string, { board }: Draft<State<Root>>, n: number): void {
  const entry = (board[name] ??= { n: 0, seen: [] });
  entry.n += n;
  entry.seen.push(n);
}

async function pass({ context }: Ctx, waits: number): Promise<void> {
  for (let wait = 0; wait < waits; wait++) await context.scheduler.gate();
}

/** Tells the world when a node is called and when it ends. */
function watched<I, R>(run: (input: I, ctx: Ctx) => R): (input: I, ctx: Ctx) => R {
  return (input, ctx) => {
    const { context, task } = ctx;
    let left = false;
    const leave = (): void => {
      if (!left) context.leave(task);
      left = true;
    };
    try {
      context.enter(task);
      const result = run(input, ctx);
      if (result instanceof Promise) result.then(leave, leave);
      else leave();
      return result;
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** The same question gets the same answer in every thread. */
export const answerTo = (payload: unknown): number => JSON.stringify(payload).length;

const ask = (ctx: Ctx, name: string, state: Shared): Promise<number> =>
  ctx.interrupt<number>({ name, n: digest(state) });

/** A graph that runs as a node: some nodes together, then one that waits for all of them. */
function subgraph({ kinds, nested, ask: asks, parent }: SubSpec, depth = 0): CompiledGraph<Inner, World> {
  const builder = new StateGraph<Inner, World>({ id: `sub${depth}`, version: '1', channels: inner });
  const names = kinds.map((kind, index) => `p${index}${kind}`);
  names.forEach((name, index) => {
    const kind = kinds[index];
    if (kind === 'draft') {
      builder.addNode(
        name,
        draftNode<Inner, World>(
          watched((draft: Draft<State<Inner>>) => {
            changeDraft(name, draft);
          }),
        ),
      );
    } else if (kind === 'plain') {
      builder.addNode(
        name,
        watched((state: State<Inner>) => change(name, state, String(state.own))),
      );
    } else {
      builder.addNode(
        name,
        watched(async (state: State<Inner>, ctx: Ctx) => {
          const more = kind === 'ask' ? `=${await ask(ctx, name, state)}` : '';
          await pass(ctx, 1);
          return change(name, state, more);
        }),
      );
    }
    builder.addEdge(START, name);
  });
  if (nested && depth === 0)
    builder.addNode('q', subgraph({ kinds: ['async'], nested: false, ask: asks, parent: false }, 1));
  else {
    builder.addNode(
      'q',
      watched(async (state: State<Inner>, ctx: Ctx) => {
        await pass(ctx, 1);
        const more = asks ? `=${await ask(ctx, 'q', state)}` : '';
        return { ...change('q', state, more), own: state.own + 1 };
      }),
    );
  }
  builder.addEdge(names, 'q');
  builder.addNode(
    'r',
    watched((state: State<Inner>) => {
      if (!parent || depth > 0) return { own: state.own * 2, note: 'r' };
      return new Command<Inner>({ graph: 'parent', update: { log: ['up'] }, goto: 'turn' });
    }),
  );
  builder.addEdge('q', 'r');
  return builder.compile();
}

type Builder = StateGraph<Root, World>;

function addNode(
  builder: Builder,
  name: string,
  { kind, waits, defer, stop }: NodeSpec,
  sub: SubSpec,
  first: string,
): void {
  const options = { defer, ends: [first] };
  const more = { sum: name.length + waits, order: name.charCodeAt(0) + name.charCodeAt(1) };
  switch (kind) {
    case 'plain':
      builder.addNode(
        name,
        watched((state: State<Root>) => ({ ...change(name, state), ...more })),
        options,
      );
      return;
    case 'draft':
    case 'asyncDraft':
    case 'askDraft':
      builder.addNode(
        name,
        draftNode<Root, World>(
          watched((draft: Draft<State<Root>>, ctx: Ctx): Promise<void> | undefined => {
            const n = digest(draft);
            changeBoard(name, draft, n);
            if (kind === 'draft') {
              changeDraft(name, draft);
              return undefined;
            }
            return (async () => {
              await pass(ctx, waits);
              const answer = kind === 'askDraft' ? await ctx.interrupt<number>({ name, n }) : 0;
              changeBoard(name, draft, answer);
              changeDraft(name, draft, `=${answer}`);
            })();
          }),
        ),
        options,
      );
      return;
    case 'command':
      builder.addNode(
        name,
        watched(async (state: State<Root>, ctx: Ctx) => {
          await pass(ctx, waits);
          return new Command<Root>({ update: { ...change(name, state), ...more }, goto: first });
        }),
        options,
      );
      return;
    case 'broken':
      builder.addNode(
        name,
        watched(async (state: State<Root>, ctx: Ctx): Promise<Update<Root>> => {
          await pass(ctx, waits);
          throw new RangeError(`broken at ${digest(state)}`);
        }),
        { ...options, onError: 'rescue' },
      );
      return;
    case 'sub':
      builder.addNode(name, subgraph(sub), options);
      return;
    default:
      builder.addNode(
        name,
        watched(async (state: State<Root>, ctx: Ctx) => {
          await pass(ctx, waits);
          const n = digest(state);
          if (kind === 'once') await ctx.once('effect', () => ({ n }));
          const answer = kind === 'ask' ? await ask(ctx, name, state) : 0;
          ctx.write({ name, stop });
          await pass(ctx, 1);
          return { ...change(name, state, `=${answer}`), ...more };
        }),
        options,
      );
  }
}

/** A random graph, ready to run. */
export function build(spec: Spec, checkpointer?: Checkpointer): CompiledGraph<Root, World> {
  const builder: Builder = new StateGraph<Root, World>({ id: 'random', version: '1', channels });
  const names = spec.layers.map((layer, at) => layer.map(({ kind }, index) => `${'abc'.charAt(at)}${index}${kind}`));
  const led = new Set<string>(names[0]);
  const stops = { before: [] as string[], after: [] as string[] };
  for (const [at, layer] of spec.layers.entries()) {
    const here = names[at] ?? [];
    const next = names[at + 1] ?? ['turn'];
    const first = next[0] ?? 'turn';
    for (const [index, node] of layer.entries()) {
      const name = here[index] ?? '';
      if (at === 0) builder.addEdge(START, name);
      if (!led.has(name)) builder.addEdge(names[at - 1]?.[0] ?? START, name);
      addNode(builder, name, node, spec.sub, first);
      if (node.stop !== 'none') stops[node.stop].push(name);
      const chosen = next.filter((_, bit) => (node.to >> bit) & 1);
      const targets = chosen.length > 0 ? chosen : [first];
      for (const target of targets) led.add(target);
      addExits(builder, name, node, targets, spec.sub);
    }
    if (spec.joins[at] && here.length > 1) {
      builder.addEdge(here, first);
      led.add(first);
    }
  }
  addTurn(builder, spec, names[0] ?? []);
  return builder.compile({
    interruptBefore: stops.before,
    interruptAfter: stops.after,
    ...(checkpointer ? { checkpointer } : {}),
  });
}

function addExits(
  builder: Builder,
  name: string,
  { exit, waits }: NodeSpec,
  targets: readonly string[],
  sub: SubSpec,
): void {
  const worker = `${name}w`;
  switch (exit) {
    case 'edges':
      for (const target of targets) builder.addEdge(name, target);
      return;
    case 'route':
      builder.addConditionalEdges(name, (state) => targets[digest(state) % targets.length] ?? END, targets);
      return;
    case 'asyncRoute':
      builder.addConditionalEdges(
        name,
        async (state) => Promise.resolve(targets.slice(digest(state) % targets.length)),
        targets,
      );
      return;
    case 'fanSub':
      builder.addNode(worker, subgraph(sub));
      break;
    default:
      builder.addSendNode<number>(
        worker,
        watched((input: number, ctx: Ctx): Update<Root> | Promise<Update<Root>> => {
          const update = {
            log: [`${worker}:${input}`],
            sum: input,
            order: input,
            marks: { [`${worker}${input}`]: input },
          };
          return exit === 'fan' ? update : pass(ctx, waits + 1).then(() => update);
        }),
      );
  }
  builder.addConditionalEdges(
    name,
    (state) =>
      Array.from({ length: 1 + (digest(state) % 3) }, (_, n) => new Send(worker, exit === 'fanSub' ? { own: n } : n)),
    [worker],
  );
  for (const target of targets) builder.addEdge(worker, target);
}

/** Where every branch ends: it goes round, or not. */
function addTurn(builder: Builder, { rounds, turnDefers }: Spec, begin: readonly string[]): void {
  builder.addNode(
    'turn',
    watched(({ turns }: State<Root>) => ({ turns: turns + 1, log: [`turn ${turns}`] })),
    { defer: turnDefers },
  );
  builder.addConditionalEdges('turn', ({ turns }) => (turns <= rounds ? begin : END), [...begin, END]);
  builder.addNode(
    'rescue',
    watched((_: State<Root>, { failures }: Ctx) => ({
      log: failures.map(({ node, task, error }) => `${node} ${task} ${error.message}`),
    })),
  );
  builder.addEdge('rescue', 'turn');
  builder.addConditionalEdges(START, () => END, ['rescue', 'turn']);
}
