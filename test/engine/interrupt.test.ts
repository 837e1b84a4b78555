import { expect } from 'chai';
import { append, createMemoryCheckpointer, last, START, StateGraph } from '../../src/engine.ts';
import type { Interrupt, RunResult } from '../../src/engine.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';

const channels = { n: last(() => 0), log: append<string>() };
const builder = () => new StateGraph({ id: 'test', version: '1', channels });
let threads = 0;
const fresh = () => `t${threads++}`;
const open = (result: RunResult<unknown>): readonly Interrupt[] =>
  result.status === 'interrupted' ? result.interrupts : [];

describe('interrupt', () => {
  it('stops inside a node and gives the answer when the node runs again from its top', async () => {
    let tops = 0;
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        tops++;
        const answer = await ctx.interrupt({ question: 'How many?' });
        return { n: answer as number };
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [question, ...more] = open(await graph.invoke({}, { threadId }));
    expect(more).to.deep.equal([]);
    expect(question).to.include({ kind: 'input', task: '1:ask' });
    expect(question?.payload).to.deep.equal({ question: 'How many?' });
    const { status, state } = await graph.resume(threadId, { [question?.id ?? '']: 5 }).result;
    expect([status, state.n, tops]).to.deep.equal(['completed', 5, 2]);
  });

  it('takes false, 0, null and empty text for answers', async () => {
    for (const answer of [false, 0, null, '']) {
      let got: unknown = 'nothing';
      const graph = builder()
        .addNode('ask', async (_, ctx) => {
          got = await ctx.interrupt('?');
        })
        .addEdge(START, 'ask')
        .compile({ checkpointer: createMemoryCheckpointer() });
      const threadId = fresh();
      const [question] = open(await graph.invoke({}, { threadId }));
      await graph.resume(threadId, { [question?.id ?? '']: answer }).result;
      expect(got).to.equal(answer);
    }
  });

  it('asks twice in one node, one after the other, and remembers the first answer', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        const first = await ctx.interrupt('first');
        const second = await ctx.interrupt('second');
        return { log: [`${String(first)} ${String(second)}`] };
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [one] = open(await graph.invoke({}, { threadId }));
    const [two] = open(await graph.resume(threadId, { [one?.id ?? '']: 'a' }).result);
    expect(two?.payload).to.equal('second');
    const { state } = await graph.resume(threadId, { [two?.id ?? '']: 'b' }).result;
    expect(state.log).to.deep.equal(['a b']);
  });

  it('asks both of two that a node makes at once', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        const answers = await Promise.all([ctx.interrupt('x'), ctx.interrupt('y')]);
        return { log: answers.map(String) };
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [x, y] = open(await graph.invoke({}, { threadId }));
    const still = open(await graph.resume(threadId, { [y?.id ?? '']: 'Y' }).result);
    expect(still.map(({ payload }) => payload)).to.deep.equal(['x']);
    const { state } = await graph.resume(threadId, { [x?.id ?? '']: 'X' }).result;
    expect(state.log).to.deep.equal(['X', 'Y']);
  });

  it('runs again only the branch that was answered, and never one that has finished', async () => {
    const runs: string[] = [];
    const asking = (name: string) => async (_: unknown, ctx: { interrupt(payload: unknown): Promise<unknown> }) => {
      runs.push(name);
      return { log: [`${name}:${String(await ctx.interrupt(name))}`] };
    };
    const graph = builder()
      .addNode('a', asking('a'))
      .addNode('b', asking('b'))
      .addNode('c', () => {
        runs.push('c');
        return { log: ['c'] };
      })
      .addEdge(START, 'a')
      .addEdge(START, 'b')
      .addEdge(START, 'c')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [a, b] = open(await graph.invoke({}, { threadId }));
    await graph.resume(threadId, { [b?.id ?? '']: 2 }).result;
    expect(runs).to.deep.equal(['a', 'b', 'c', 'b']);
    const { state } = await graph.resume(threadId, { [a?.id ?? '']: 1 }).result;
    expect(runs).to.deep.equal(['a', 'b', 'c', 'b', 'a']);
    expect(state.log).to.deep.equal(['a:1', 'b:2', 'c']);
  });

  it('changes nothing when the node catches what it throws, and lets finally run', async () => {
    let finals = 0;
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        try {
          await ctx.interrupt('?');
        } catch {
          return { n: 99 };
        } finally {
          finals++;
        }
        return { n: 1 };
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const result = await graph.invoke({}, { threadId: fresh() });
    expect([result.status, result.state.n, finals]).to.deep.equal(['interrupted', 0, 1]);
  });

  it('refuses new input while a question is open, and answers to nothing, and stays as it was', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        await ctx.interrupt('?');
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [question] = open(await graph.invoke({}, { threadId }));
    expect(await rejection(graph.invoke({ n: 1 }, { threadId }))).to.include({ code: 'awaiting-answer' });
    expect(await rejection(graph.resume(threadId, { wrong: 1 }).result)).to.include({ code: 'unknown-interrupt' });
    expect((await graph.getState(threadId))?.interrupts).to.deep.equal([question]);
    const again = await graph.invoke(null, { threadId });
    expect(open(again)).to.deep.equal([question]);
  });

  it('is durable before anybody is asked', async () => {
    const checkpointer = createMemoryCheckpointer();
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        await ctx.interrupt('?');
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer });
    const threadId = fresh();
    for await (const event of graph.stream({}, { threadId })) {
      if (event.type !== 'interrupt') continue;
      const stored = await checkpointer.open(threadId, '', { signal: new AbortController().signal });
      expect((await stored.fold()).get('~interrupts')).to.have.length(1);
    }
  });

  it('answers a question only once', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => ({ log: [String(await ctx.interrupt('?'))] }))
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [question] = open(await graph.invoke({}, { threadId }));
    const answer = (value: string) => graph.resume(threadId, { [question?.id ?? '']: value }).result;
    const [first, second] = await Promise.allSettled([answer('yes'), answer('no')]);
    expect(first.status).to.equal('fulfilled');
    expect(second.status === 'rejected' && second.reason).to.include({ code: 'unknown-interrupt' });
    expect((await graph.getState(threadId))?.state.log).to.deep.equal(['yes']);
  });

  it('may be asked twice before the first await', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        const [x, y] = [ctx.interrupt('x'), ctx.interrupt('y')];
        return { log: [String(await x), String(await y)] };
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    expect(open(await graph.invoke({}, { threadId: fresh() }))).to.have.length(2);
  });

  it('is asked anew when what it asks has changed, also within a Map', async () => {
    let amount = 1;
    const graph = builder()
      .addNode('ask', async (_, ctx) => ({ log: [String(await ctx.interrupt(new Map([['amount', amount]])))] }))
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [question] = open(await graph.invoke({}, { threadId }));
    amount = 1_000_000;
    const again = await graph.resume(threadId, { [question?.id ?? '']: 'yes' }).result;
    expect(again.status).to.equal('interrupted');
  });

  it('is told also beside a node that fails', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        await ctx.interrupt('?');
      })
      .addNode('fail', () => {
        throw new Error('no');
      })
      .addEdge(START, 'ask')
      .addEdge(START, 'fail')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const { status, interrupts } = await graph.invoke({}, { threadId: fresh() });
    expect([status, interrupts.length]).to.deep.equal(['failed', 1]);
  });

  it('takes null, but not undefined, for an answer, and only what can be stored', async () => {
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        await ctx.interrupt('?');
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [question] = open(await graph.invoke({}, { threadId }));
    const answer = (value: unknown) => rejection(graph.resume(threadId, { [question?.id ?? '']: value }).result);
    expect(await answer(undefined)).to.include({ code: 'invalid-answer' });
    expect(await answer(() => 1)).to.include({ code: 'unstorable-value' });
    expect((await graph.getState(threadId))?.interrupts).to.have.length(1);
  });
});

describe('answered', () => {
  it('is the answer to the question of exactly that key', async () => {
    const seen: unknown[] = [];
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        seen.push(ctx.answered('a'), ctx.answered('a#b'));
        await ctx.interrupt('?', { key: 'a#b' });
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [question] = open(await graph.invoke({}, { threadId }));
    await graph.resume(threadId, { [question?.id ?? '']: 'B' }).result;
    expect(seen).to.deep.equal([undefined, undefined, undefined, 'B']);
  });

  it('is the newest answer where the question has changed since an earlier one', async () => {
    const seen: unknown[] = [];
    let price = 5;
    const graph = builder()
      .addNode('ask', async (_, ctx) => {
        seen.push(ctx.answered('pay'));
        await ctx.interrupt({ price }, { key: 'pay' });
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const threadId = fresh();
    const [first] = open(await graph.invoke({}, { threadId }));
    price = 7;
    const [second] = open(await graph.resume(threadId, { [first?.id ?? '']: 'yes' }).result);
    price = 5;
    await graph.resume(threadId, { [second?.id ?? '']: 'no' }).result;
    expect(seen).to.deep.equal([undefined, 'yes', 'no']);
  });
});

describe('intent', () => {
  it('lets nothing begin that was stopped while it was being noted', async () => {
    const checkpointer = createMemoryCheckpointer();
    const stop = new AbortController();
    const outcome = deferred<unknown>();
    const graph = builder()
      .addNode('effect', async (_, ctx) => {
        const noting = ctx.intent('pay');
        stop.abort();
        outcome.resolve(await rejection(noting));
      })
      .addEdge(START, 'effect')
      .compile({ checkpointer });
    const { status } = await graph.invoke({}, { threadId: 't', signal: stop.signal });
    expect(status).to.equal('cancelled');
    expect(await outcome.promise).to.include({ code: 'aborted' });
  });

  it('cannot be noted after the run has ended', async () => {
    const late = deferred<unknown>();
    const ended = deferred();
    const graph = builder()
      .addNode('deaf', async (_, ctx) => {
        void ended.promise.then(async () => {
          late.resolve(await rejection(ctx.intent('pay')));
        });
        return Promise.resolve({ n: 1 });
      })
      .addEdge(START, 'deaf')
      .compile({ checkpointer: createMemoryCheckpointer() });
    const { version } = await graph.invoke({}, { threadId: 't' });
    ended.resolve();
    expect(await late.promise).to.include({ code: 'aborted' });
    expect((await graph.getState('t'))?.version).to.equal(version);
  });

  it('is new once, and known from then on, also to another process', async () => {
    const checkpointer = createMemoryCheckpointer();
    const seen: boolean[] = [];
    const graph = builder()
      .addNode('effect', async (_, ctx) => {
        seen.push(await ctx.intent('pay'));
        throw new Error('cut off');
      })
      .addEdge(START, 'effect')
      .compile({ checkpointer });
    await graph.invoke({}, { threadId: 't' });
    await graph.with({}).invoke(null, { threadId: 't' });
    expect(seen).to.deep.equal([true, false]);
  });
});
