import { expect } from 'chai';
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
  text,
  undo,
} from '../../src/engine.ts';
import type { Checkpointer, CompiledGraph, Context, HistoryEntry, HistoryWrite } from '../../src/engine.ts';
import type { ThreadLog } from '../../src/core/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { Bench } from '../tools/call-scope.ts';

const channels = {
  n: last(() => 0),
  log: append<string>(),
  marks: map<number>(),
  sum: reduce(
    (sum: number, more: number) => sum + more,
    () => 0,
  ),
  doc: last<Readonly<Record<string, number>>>(() => ({})),
  note: text(),
};
type Chans = typeof channels;

const threadId = 't';
const { signal } = new AbortController();
let checkpointer: Checkpointer;

const builder = (version = '1'): StateGraph<Chans> => new StateGraph<Chans>({ id: 'g', version, channels });

async function historyOf(id = threadId, range = {}): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for await (const entry of getHistory(checkpointer, id, range)) entries.push(entry);
  return entries;
}

const line = ({ channel, op, path = [], tasks }: HistoryWrite): string =>
  `${tasks.join('+')} ${op} ${[channel, ...path].join('.')}`;

/** History as lines. */
const told = async (id?: string): Promise<readonly unknown[]> =>
  (await historyOf(id)).map(({ kind, ns, tasks, writes }) => [
    `${ns}|${kind}`,
    tasks.join(),
    writes.map(line).join(', '),
  ]);

const versionOf = async (graph: CompiledGraph<Chans>): Promise<number> =>
  (await graph.getState(threadId))?.version ?? 0;

async function back(graph: CompiledGraph<Chans>, what?: 'step' | 'input'): Promise<number> {
  const version = await versionOf(graph);
  return undo(checkpointer, threadId, { expect: { version }, ...(what && { last: what }) });
}

beforeEach(() => {
  checkpointer = createMemoryCheckpointer(() => 0);
});

describe('the history of a thread', () => {
  it('says which task of a step wrote what, also where a reducer has folded what several gave', async () => {
    const graph = builder()
      .addNode('a', () => ({ n: 1, log: ['a'], sum: 2 }))
      .addNode('b', () => ({ marks: { b: 1 } }))
      .addNode('c', () => undefined)
      .addNode('d', ({ doc }) => ({ log: ['d'], sum: 3, doc: { ...doc, x: 1 } }))
      .addSendNode<number>('w', (at) => ({ log: [`w${at}`] }))
      .addNode('z', ({ doc }) => ({ doc: { ...doc, x: 2 }, sum: 1 }))
      .addEdge(START, 'a')
      .addEdge(START, 'b')
      .addEdge(START, 'c')
      .addEdge(START, 'd')
      .addConditionalEdges('a', () => [new Send('w', 0), new Send('w', 1)], ['w'])
      .addEdge('w', 'z')
      .compile({ checkpointer });
    await graph.invoke({ n: 5, doc: { w: 0, x: 0, y: 0, z: 0 } }, { threadId });
    const [input, ...steps] = await told();
    expect(input).to.deep.equal([
      '|input',
      '',
      Object.keys(channels)
        .map((name) => ` set ${name}`)
        .concat(' set n', ' set doc')
        .join(', '),
    ]);
    expect(steps).to.deep.equal([
      [
        '|step',
        '1:a,1:b,1:c,1:d',
        '1:a set n, 1:a append log, 1:b put marks, 1:d append log, 1:d patch doc.x, 1:a+1:d set sum',
      ],
      ['|step', '2:w:0,2:w:1', '2:w:0 append log, 2:w:1 append log'],
      ['|step', '3:z', '3:z patch doc.x, 3:z set sum'],
    ]);
  });

  it('names questions, answers, effects, kept results, changes from outside and what subgraphs do', async () => {
    const inner = new StateGraph({ id: 'i', version: '1', channels: { log: channels.log, own: last(() => 0) } })
      .addNode('q', async (_, { interrupt, once }: Context) => {
        await once('effect', () => 1);
        return { log: [await interrupt<string>('?')], own: 2 };
      })
      .addEdge(START, 'q')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addNode('beside', () => ({ n: 1, sum: 1 }))
      .addEdge(START, 'sub')
      .addEdge(START, 'beside')
      .compile({ checkpointer });
    const { interrupts, runId } = await graph.invoke({}, { threadId });
    await graph.updateState(threadId, { note: 'x' }, { version: await versionOf(graph) });
    await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 'yes' }).result;
    expect((await told()).slice(1)).to.deep.equal([
      ['1:sub|begin', '1:sub', '1:sub set own, 1:sub copy log'],
      ['|note', '1:sub/1:q', ''],
      ['|kept', '1:beside', '1:beside set n, 1:beside reduce sum'],
      ['|update', '', ' text note'],
      ['|answer', '1:sub/1:q', ''],
      ['1:sub|step', '1:sub/1:q', '1:sub/1:q append log, 1:sub/1:q set own'],
      ['|step', '1:sub,1:beside', '1:sub append log, 1:beside set n, 1:beside set sum'],
    ]);
    const entries = await historyOf(threadId, { from: 3, to: 5 });
    expect(entries.map(({ version, parent, runId: run }) => [version, parent, run === runId])).to.deep.equal([
      [3, 2, true],
      [4, 3, true],
      [5, 4, false],
    ]);
  });

  it('costs nothing in steps of one task, and a byte or so for each of several', async () => {
    const graph = builder()
      .addNode('a', () => ({ n: 1 }))
      .addEdge(START, 'a')
      .compile({ checkpointer });
    await graph.invoke({}, { threadId });
    const log = await checkpointer.open(threadId, 'g@1', { signal });
    for await (const { version, writes } of log.entries(2)) {
      expect([version, writes.map(([name]) => name)]).to.deep.equal([2, ['n', '~next']]);
    }
  });

  it('folds the log once, however long it is', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1, log: [`${n}`] }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 300 ? 'a' : []), ['a'])
      .compile({ checkpointer });
    await graph.invoke({}, { threadId });
    const calls = { fold: 0, entries: 0 };
    const counting: Checkpointer = {
      ...checkpointer,
      open: async (...args) => {
        const log = await checkpointer.open(...args);
        return Object.create(log, {
          head: { get: () => log.head },
          graph: { get: () => log.graph },
          fold: { value: (at?: number) => (calls.fold++, log.fold(at)) },
          entries: { value: (from?: number) => (calls.entries++, log.entries(from)) },
        }) as ThreadLog;
      },
    };
    let seen = 0;
    for await (const { state, version } of graph.with({ checkpointer: counting }).getStateHistory(threadId)) {
      seen++;
      expect(state.n).to.equal(version - 1);
    }
    expect([seen, calls]).to.deep.equal([301, { fold: 0, entries: 1 }]);
    for await (const { version } of getHistory(counting, threadId, { from: 100 })) seen += version > 0 ? 1 : 0;
    expect([seen, calls]).to.deep.equal([301 + 202, { fold: 1, entries: 2 }]);
  });

  it('begins at the first version that is there, which an error for an earlier one names', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1, note: 'x'.repeat(70_000) }))
      .addEdge(START, 'a')
      .compile({ checkpointer });
    for (let turn = 0; turn < 3; turn++) {
      await graph.invoke({}, { threadId });
      await (await checkpointer.open(threadId, 'g@1', { signal })).tidy();
    }
    await checkpointer.prune({ maxBytes: (await checkpointer.usage()).bytes - 1 });
    const first = (await historyOf())[0]?.version ?? 0;
    expect(first).to.be.above(1);
    expect((await graph.getState(threadId, first))?.state.n).to.be.above(0);
    for (const work of [graph.getState(threadId, 1), graph.fork(threadId, 1)]) {
      expect(await rejection(work)).to.deep.include({
        code: 'unknown-version',
        details: { thread: threadId, first: first - 1, head: 6 },
      });
    }
    const states: number[] = [];
    for await (const { version } of graph.getStateHistory(threadId)) states.push(version);
    expect(states.at(-1)).to.equal(first);
    expect((await graph.getState(await graph.fork(threadId, first)))?.version).to.equal(first);
  });

  it('is empty for a thread that is not there', async () => {
    expect(await historyOf('nobody')).to.deep.equal([]);
  });
});

describe('a fork', () => {
  it('in the middle of a step with a subgraph and open questions goes on to the same end', async () => {
    const inner = new StateGraph({ id: 'i', version: '1', channels: { log: channels.log } })
      .addNode('q', async (_, { interrupt }: Context) => ({ log: [await interrupt<string>('inner?')] }))
      .addNode('r', ({ log }) => ({ log: [`after ${log.at(-1)}`] }))
      .addEdge(START, 'q')
      .addEdge('q', 'r')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addNode('ask', async (_, { interrupt }: Context) => ({ n: await interrupt<number>('n?') }))
      .addEdge(START, 'sub')
      .addEdge(START, 'ask')
      .compile({ checkpointer });
    const answer = async (id: string): Promise<unknown> => {
      const { interrupts = [] } = (await graph.getState(id)) ?? {};
      const all = interrupts.map(({ id: question, payload }) => [question, payload === 'n?' ? 7 : 'yes'] as const);
      const ended = await graph.resume(id, Object.fromEntries(all)).result;
      return ended.status === 'completed' ? ended.state : answer(id);
    };
    await graph.invoke({}, { threadId });
    const head = await versionOf(graph);
    const ends = [await answer(threadId)];
    for (let at = 1; at <= head; at++) {
      const copy = await graph.fork(threadId, at);
      const same = await graph.getState(copy);
      expect(same).to.deep.equal(await graph.getState(threadId, at));
      ends.push(await answer(copy));
    }
    for (const end of ends) expect(end).to.deep.equal(ends[0]);
  });
});

describe('undo', () => {
  const chain = (): CompiledGraph<Chans> =>
    builder()
      .addNode('a', ({ n }) => ({ n: n + 1, log: ['a'], marks: { a: n } }))
      .addNode('b', ({ n }) => ({ n: n + 10, log: ['b'], note: 'b' }))
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .compile({ checkpointer });

  it('takes back one step after the other, and the thread goes on from there', async () => {
    const graph = chain();
    await graph.invoke({}, { threadId });
    expect(await back(graph)).to.equal(4);
    expect(await graph.getState(threadId)).to.deep.include({
      ...(await graph.getState(threadId, 2)),
      version: 4,
      parent: 3,
    });
    expect(await back(graph)).to.equal(5);
    expect((await graph.getState(threadId))?.state).to.deep.equal((await graph.getState(threadId, 1))?.state);
    const { state, version } = await graph.invoke(null, { threadId });
    expect([state.n, state.log, version]).to.deep.equal([11, ['a', 'b'], 7]);
    expect((await historyOf()).map(({ kind, restored }) => [kind, restored])).to.deep.equal([
      ['input', undefined],
      ['step', undefined],
      ['step', undefined],
      ['undo', 2],
      ['undo', 1],
      ['step', undefined],
      ['step', undefined],
    ]);
  });

  it('takes back an input with all that followed it, back to the empty thread, which can begin anew', async () => {
    const graph = chain();
    await graph.invoke({}, { threadId });
    const first = await graph.getState(threadId);
    await graph.invoke({ n: 50 }, { threadId });
    await graph.updateState(threadId, { note: '!' }, { version: await versionOf(graph) });
    await back(graph, 'input');
    expect((await graph.getState(threadId))?.state).to.deep.equal(first?.state);
    await back(graph, 'input');
    expect(await graph.getState(threadId)).to.deep.include({ state: {}, next: [] });
    expect(await rejection(back(graph))).to.include({ code: 'undo-failed' });
    expect((await graph.invoke({}, { threadId })).state).to.deep.equal(first?.state);
  });

  it('takes back an update from outside by itself, and with a step what was asked and answered in it', async () => {
    const graph = builder()
      .addNode('a', () => ({ n: 1 }))
      .addNode('b', async (_, { interrupt }: Context) => ({ log: [await interrupt<string>('?')] }))
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .compile({ checkpointer });
    const { interrupts } = await graph.invoke({}, { threadId });
    const id = interrupts[0]?.id ?? '';
    const asked = await graph.getState(threadId);
    await graph.updateState(threadId, { n: 9 }, { version: asked?.version ?? 0 });
    await back(graph);
    expect(await graph.getState(threadId)).to.deep.include({ state: asked?.state, next: ['b'], interrupts });
    await graph.resume(threadId, { [id]: 'yes' }).result;
    await back(graph);
    expect(await graph.getState(threadId)).to.deep.include({ state: asked?.state, next: ['b'], interrupts: [] });
    // The answer was taken back with it.
    const again = await graph.invoke(null, { threadId });
    expect([again.status, again.interrupts]).to.deep.equal(['interrupted', interrupts]);
  });

  it('writes no more than has changed', async () => {
    const graph = chain();
    const many = Array.from({ length: 1000 }, (_, index) => `${index}`);
    await graph.invoke({ log: many, doc: Object.fromEntries(many.map((name) => [name, 1])) }, { threadId });
    await back(graph);
    const log = await checkpointer.open(threadId, 'g@1', { signal });
    for await (const { writes } of log.entries(log.head)) {
      expect(writes).to.deep.equal([
        ['n', 'set', 1],
        ['log', 'delete', [1001]],
        ['note', 'set', ''],
        ['~next', 'set', { step: 2, nodes: ['b'] }],
        ['~undo', 'set', 2],
      ]);
    }
  });

  it('needs no graph, and leaves the list of threads right', async () => {
    const graph = builder()
      .addNode('a', () => ({ n: 1 }))
      .addSendNode<number>('w', async (n, { interrupt }) => ({ n: n + (await interrupt<number>('?')) }))
      .addConditionalEdges('a', () => new Send('w', 1), ['w'])
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const status = async (): Promise<unknown> => {
      for await (const thread of checkpointer.threads()) return thread.status;
      return undefined;
    };
    const { interrupts } = await graph.invoke({}, { threadId });
    await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 2 }).result;
    expect(await status()).to.equal('idle');
    const later = builder('2')
      .addNode('x', () => undefined)
      .addEdge(START, 'x')
      .compile({ checkpointer });
    await back(later);
    expect([await status(), (await graph.getState(threadId))?.next]).to.deep.equal(['unfinished', ['w']]);
    expect(await graph.invoke(null, { threadId })).to.include({ status: 'interrupted' });
    expect(await status()).to.equal('interrupted');
    await back(later);
    expect(await status()).to.equal('unfinished');
  });

  it('is refused for another version, an unknown thread and what is not there, and changes nothing', async () => {
    const graph = chain();
    await graph.invoke({}, { threadId });
    expect(await rejection(undo(checkpointer, threadId, { expect: { version: 2 } }))).to.include({
      code: 'version-conflict',
    });
    expect(await rejection(undo(checkpointer, 'nobody', { expect: { version: 0 } }))).to.include({
      code: 'unknown-thread',
    });
    expect(await versionOf(graph)).to.equal(3);
  });

  it('asks before an effect is made again, and gives again what once() gave', async () => {
    const effects: string[] = [];
    const graph = builder()
      .addNode('decide', () => ({ n: 1 }))
      .addNode('pay', async (_, { intent, once, interrupt }: Context) => {
        const first = await once('receipt', () => effects.push('receipt'));
        if (!(await intent('pay')))
          return { log: [await interrupt<string>('Was it paid?', { kind: 'outcome-unknown' })] };
        effects.push('pay');
        return { log: [`paid ${first}`] };
      })
      .addNode('thank', () => ({ note: 'thanks' }))
      .addEdge(START, 'decide')
      .addEdge('decide', 'pay')
      .addEdge('pay', 'thank')
      .compile({ checkpointer });
    await graph.invoke({}, { threadId });
    await back(graph);
    await back(graph);
    expect(await graph.getState(threadId)).to.deep.include({ next: ['pay'] });
    // Whoever decides anew would not know.
    expect(await rejection(back(graph))).to.deep.include({
      code: 'undo-failed',
      details: { effects: ['2:pay#receipt', '2:pay!pay'] },
    });
    const { status, interrupts } = await graph.invoke(null, { threadId });
    expect([status, interrupts[0]?.kind, effects]).to.deep.equal([
      'interrupted',
      'outcome-unknown',
      ['receipt', 'pay'],
    ]);
    const { state } = await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 'yes' }).result;
    expect([state.log, state.note, effects.length]).to.deep.equal([['yes'], 'thanks', 2]);
    // A person who asks anew knows.
    await back(graph, 'input');
    await graph.invoke({}, { threadId });
    expect(effects).to.have.length(4);
  });

  it('has a person asked before a tool is called again that cannot be called twice, and calls a read again', async () => {
    const bench = new Bench();
    bench.add('write', 'low', { name: 'pay' });
    bench.add('read', 'low', { name: 'look' });
    const graph = builder()
      .addNode('think', () => ({ n: 1 }))
      .addSendNode<string>('call', async (toolName, ctx) => {
        const task = { type: 'tool-call', toolCallId: `c-${toolName}`, toolName, input: {} } as const;
        const { outcome, output } = await bench.executor.execute(task, ctx, (value) => value);
        return { log: [`${toolName} ${outcome} ${output.type}`] };
      })
      .addConditionalEdges('think', () => [new Send('call', 'pay'), new Send('call', 'look')], ['call'])
      .addEdge(START, 'think')
      .compile({ checkpointer });
    await graph.invoke({}, { threadId });
    expect(bench.runs).to.have.length(2);
    await back(graph);
    const { status, interrupts } = await graph.invoke(null, { threadId });
    expect([status, interrupts.map(({ kind }) => kind), bench.runs.length]).to.deep.equal([
      'interrupted',
      ['outcome-unknown'],
      3,
    ]);
    const { state } = await graph.resume(threadId, { [interrupts[0]?.id ?? '']: { outcome: 'done' } }).result;
    expect([state.log, bench.runs.length]).to.deep.equal([['pay ok json', 'look ok json'], 3]);
  });
});
