/** What nodes, runs and threads may be told: tries, deadlines, error edges, joins, commands, limits, durability. */
import { expect } from 'chai';
import fc from 'fast-check';
import {
  AgentError,
  append,
  Command,
  createMemoryCheckpointer,
  draftNode,
  END,
  last,
  reduce,
  Send,
  START,
  StateGraph,
} from '../../src/engine.ts';
import type { Checkpointer, Context, NodeOptions, RunEvent, RunOptions } from '../../src/engine.ts';
import { backoff } from '../../src/engine/policy.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';

const channels = { n: last(() => 0), log: append<string>() };
const builder = (id = 'policy') => new StateGraph({ id, version: '1', channels });
const checkpointer = createMemoryCheckpointer();
let threads = 0;
const fresh = () => `t${threads++}`;

/** One turn of the realm's message loop. */
const turn = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Waits until told to stop, and rejects with the reason. */
const untilStopped = ({ signal }: Context): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

const say = (name: string) => () => ({ log: [name] });
const withNode = (node: Parameters<ReturnType<typeof builder>['addNode']>[1], options: NodeOptions) =>
  builder().addNode('a', node, options).addEdge(START, 'a');

/** The error of a result that failed. */
const errorOf = (result: { readonly status: string; readonly error?: AgentError }): AgentError => {
  if (result.error) return result.error;
  throw new Error(`It ended as ${result.status}.`);
};

/** The entries of a thread's log. */
const entriesOf = async (from: Checkpointer, threadId: string) => {
  const log = await from.open(threadId, '', { signal: new AbortController().signal });
  const entries = [];
  for await (const entry of log.entries()) entries.push(entry);
  return entries;
};

describe('backoff', () => {
  it('doubles with every try up to 30 s, of which between half and all is waited', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, delay, chance) => {
          const whole = Math.min(delay * 2 ** (attempt - 1), 30_000);
          expect(backoff(attempt, delay, 0)).to.equal(whole);
          expect(backoff(attempt, delay, chance)).to.be.within(whole / 2, whole);
        },
      ),
    );
    expect([1, 2, 3, 4].map((attempt) => backoff(attempt, 100, 0))).to.deep.equal([100, 200, 400, 800]);
    expect(backoff(1, 100, 0.5)).to.equal(75);
  });
});

describe('retry', () => {
  it('tries as often as it may, tells the node which try it is, and fails with the last error', async () => {
    const events: RunEvent[] = [];
    const result = await withNode(
      async (_, { attempt }) => {
        await Promise.resolve();
        throw new Error(`try ${attempt}`);
      },
      { retry: { attempts: 3, delay: 1 } },
    )
      .compile()
      .invoke({}, { onEvent: (event) => events.push(event) });
    expect(errorOf(result).message).to.equal('Node "a" failed: try 3');
    const told = events.flatMap((event): (number | string)[] => {
      if (event.type === 'node-start') return [event.attempt];
      return event.type === 'node-end' ? [event.outcome] : [];
    });
    expect(told).to.deep.equal([1, 'failed', 2, 'failed', 3, 'failed']);
  });

  it('stops trying when a try succeeds, and keeps what that one gave alone', async () => {
    const { state } = await withNode(
      (_, ctx) => {
        ctx.write(ctx.attempt);
        if (ctx.attempt < 3) throw new Error('no luck');
        return { n: ctx.attempt, log: ['done'] };
      },
      { retry: { attempts: 5, delay: 1 } },
    )
      .compile()
      .invoke({});
    expect(state).to.deep.equal({ n: 3, log: ['done'] });
  });

  it('tries a draft node with a draft of its own each time', async () => {
    const graph = builder()
      .addNode(
        'a',
        draftNode((draft, { attempt }) => {
          draft.n += 1;
          draft.log.push(`try ${attempt}`);
          if (attempt < 3) throw new Error('no luck');
        }),
        { retry: { attempts: 3, delay: 1 } },
      )
      .addEdge(START, 'a')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 1, log: ['try 3'] });
  });

  it('does not try again what waits for an answer', async () => {
    let tries = 0;
    const graph = withNode(
      async (_, ctx) => {
        tries++;
        return { log: [await ctx.interrupt<string>('?')] };
      },
      { retry: { attempts: 3, delay: 1 } },
    ).compile({ checkpointer });
    const threadId = fresh();
    const { status, interrupts } = await graph.invoke({}, { threadId });
    expect([status, tries]).to.deep.equal(['interrupted', 1]);
    const { state } = await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 'yes' }).result;
    expect([state.log, tries]).to.deep.equal([['yes'], 2]);
  });

  it('does not try again after a cancel, neither in the node nor while it waits', async () => {
    for (const when of ['within', 'waiting'] as const) {
      let tries = 0;
      const stop = new AbortController();
      const graph = withNode(
        () => {
          tries++;
          if (when === 'within') stop.abort();
          throw new Error('no luck');
        },
        { retry: { attempts: 3, delay: when === 'within' ? 1 : 5000 } },
      ).compile();
      const onEvent = ({ type }: RunEvent) => {
        if (type === 'node-end') stop.abort();
      };
      const { status } = await graph.invoke({}, { signal: stop.signal, onEvent });
      await turn();
      expect([when, status, tries]).to.deep.equal([when, 'cancelled', 1]);
    }
  });

  it('asks `when` about each failure, which may be another each time', async () => {
    const codes: string[] = [];
    const result = await withNode(
      async (_, ctx) => {
        if (ctx.attempt === 1) throw new TypeError('first');
        await untilStopped(ctx);
      },
      {
        timeout: 10,
        retry: {
          attempts: 9,
          delay: 1,
          when: ({ code }) => {
            codes.push(code);
            return code !== 'node-timeout';
          },
        },
      },
    )
      .compile()
      .invoke({});
    expect([errorOf(result).code, codes]).to.deep.equal(['node-timeout', ['node-failed', 'node-timeout']]);
  });

  it('tries one task of a fan-out again, and not the others', async () => {
    const tries: string[] = [];
    const graph = builder()
      .addSendNode<string>(
        'work',
        (input, { attempt }) => {
          tries.push(`${input}${attempt}`);
          if (input === 'b' && attempt === 1) throw new Error('no luck');
          return { log: [input] };
        },
        { retry: { attempts: 2, delay: 1 } },
      )
      .addConditionalEdges(START, () => ['a', 'b'].map((input) => new Send('work', input)), ['work'])
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['a', 'b']);
    expect(tries).to.deep.equal(['a1', 'b1', 'b2']);
  });

  it('does an effect of once() once over all tries', async () => {
    let effects = 0;
    const { state } = await withNode(
      async (_, ctx) => {
        const value = await ctx.once('k', () => ++effects);
        if (ctx.attempt < 3) throw new Error('no luck');
        return { n: value };
      },
      { retry: { attempts: 3, delay: 1 } },
    )
      .compile()
      .invoke({});
    expect([state.n, effects]).to.deep.equal([1, 1]);
  });
});

describe('timeout', () => {
  it('fails the node, tells it to stop, and hears nothing of it from then on', async () => {
    const gate = deferred();
    const over = deferred<{ readonly once: unknown; readonly reason: unknown }>();
    const seen: RunEvent[] = [];
    const graph = withNode(
      async (_, ctx) => {
        await gate.promise;
        ctx.write('late');
        over.resolve({ once: await rejection(ctx.once('k', () => 1)), reason: ctx.signal.reason });
        return { log: ['late'] };
      },
      { timeout: 10 },
    )
      .addNode('b', say('b'))
      .addEdge('a', 'b')
      .compile({ checkpointer });
    const threadId = fresh();
    const result = await graph.invoke({}, { threadId, onEvent: (event) => seen.push(event) });
    expect(errorOf(result).code).to.equal('node-timeout');
    gate.resolve();
    const { once, reason } = await over.promise;
    expect(once).to.include({ code: 'node-timeout' });
    expect(reason).to.include({ code: 'node-timeout' });
    expect(seen.some(({ type }) => type === 'custom')).to.equal(false);
    const snapshot = await graph.getState(threadId);
    expect([snapshot?.version, snapshot?.state.log, snapshot?.next]).to.deep.equal([result.version, [], ['a']]);
  });

  it('takes what the next try gives, whatever the late one says meanwhile', async () => {
    const late = deferred();
    const done = deferred();
    const seen: unknown[] = [];
    const graph = withNode(
      async (_, ctx) => {
        if (ctx.attempt === 1) {
          await late.promise;
          ctx.write('late');
          done.resolve();
          return { log: ['late'] };
        }
        late.resolve();
        await done.promise;
        ctx.write('in time');
        return { log: ['in time'] };
      },
      { timeout: 15, retry: { attempts: 2, delay: 1 } },
    ).compile();
    const { state } = await graph.invoke({}, { onEvent: (event) => event.type === 'custom' && seen.push(event.value) });
    expect([state.log, seen]).to.deep.equal([['in time'], ['in time']]);
  });

  it('revokes the draft of a node that is late', async () => {
    const gate = deferred();
    const over = deferred<unknown>();
    const graph = builder()
      .addNode(
        'a',
        draftNode(async (draft) => {
          await gate.promise;
          over.resolve(await rejection(Promise.resolve().then(() => draft.log.push('late'))));
        }),
        { timeout: 10 },
      )
      .addEdge(START, 'a')
      .compile();
    expect(errorOf(await graph.invoke({})).code).to.equal('node-timeout');
    gate.resolve();
    expect(await over.promise).to.include({ code: 'draft-revoked' });
  });

  it('does not count against a node that ends in time, a hundred times over', async () => {
    const graph = withNode(async ({ n }) => Promise.resolve({ n: n + 1 }), { timeout: 2000 })
      .addConditionalEdges('a', ({ n }) => (n < 100 ? 'a' : END), ['a', END])
      .compile();
    expect(await graph.invoke({})).to.deep.include({ status: 'completed', state: { n: 100, log: [] } });
  });

  it('stops the nodes of a subgraph whose time is up', async () => {
    let ran = 0;
    const gate = deferred();
    const inner = builder('inner')
      .addNode('waits', async () => gate.promise)
      .addNode('late', () => {
        ran++;
      })
      .addEdge(START, 'waits')
      .addEdge('waits', 'late')
      .compile();
    const stopped = deferred();
    const graph = builder()
      .addNode('sub', inner, { timeout: 10, onError: 'mend' })
      .addNode('mend', async () => {
        gate.resolve();
        await turn();
        await turn();
        stopped.resolve();
        return { log: ['mended'] };
      })
      .addEdge(START, 'sub')
      .compile({ checkpointer });
    const threadId = fresh();
    const { status, state } = await graph.invoke({}, { threadId });
    await stopped.promise;
    expect([status, state.log, ran]).to.deep.equal(['completed', ['mended'], 0]);
    const names = (await entriesOf(checkpointer, threadId)).at(-1)?.writes.map(([name]) => name) ?? [];
    expect(names.filter((name) => name.includes('sub'))).to.deep.equal([]);
  });
});

describe('idleTimeout', () => {
  const beats = {
    heartbeat: (ctx: Context) => {
      ctx.heartbeat();
    },
    write: (ctx: Context) => {
      ctx.write('alive');
    },
    emit: (ctx: Context) => {
      ctx.emit({ type: 'text-delta', id: '1', text: 'alive' });
    },
  };
  for (const [name, beat] of Object.entries(beats)) {
    it(`begins anew with ${name}()`, async () => {
      const began = performance.now();
      const graph = withNode(
        async (_, ctx) => {
          // Long enough in all to be over, were it not for the beats between.
          while (performance.now() - began < 220) {
            await turn();
            beat(ctx);
          }
          return { n: 1 };
        },
        { idleTimeout: 100 },
      ).compile();
      expect((await graph.invoke({})).status).to.equal('completed');
    });
  }

  it('fails a node that says nothing for so long, though it did before', async () => {
    const graph = withNode(
      async (_, ctx) => {
        ctx.heartbeat();
        await untilStopped(ctx);
      },
      { idleTimeout: 15, timeout: 5000 },
    ).compile();
    const error = errorOf(await graph.invoke({}));
    expect([error.code, error.details]).to.deep.equal(['node-timeout', { node: 'a', ms: 15 }]);
  });

  it('does not lengthen the timeout', async () => {
    const graph = withNode(
      async (_, ctx) => {
        while (!ctx.signal.aborted) {
          await turn();
          ctx.heartbeat();
        }
        throw ctx.signal.reason;
      },
      { idleTimeout: 1000, timeout: 20 },
    ).compile();
    expect(errorOf(await graph.invoke({})).details).to.deep.equal({ node: 'a', ms: 20 });
  });

  it('is fed by the nodes of a subgraph', async () => {
    const began = performance.now();
    const inner = builder('inner')
      .addNode('a', async (_, ctx) => {
        while (performance.now() - began < 220) {
          await turn();
          ctx.heartbeat();
        }
      })
      .addEdge(START, 'a')
      .compile();
    const graph = builder().addNode('sub', inner, { idleTimeout: 100 }).addEdge(START, 'sub').compile();
    expect((await graph.invoke({})).status).to.equal('completed');
  });
});

describe('onError', () => {
  const handled = (fail: () => never, options: NodeOptions = {}) =>
    withNode(fail, { ...options, onError: 'mend' })
      .addNode('mend', (_, { failures }) => ({
        log: failures.map(({ node, task, error }) => `${node} ${task} ${error.code} ${error.message}`),
      }))
      .addNode('after', say('after'))
      .addEdge('a', 'after')
      .compile({ checkpointer });

  it('leads to the handler, with the failure, in place of the edges', async () => {
    const { status, state } = await handled(() => {
      throw new Error('no luck');
    }).invoke({});
    expect([status, state.log]).to.deep.equal(['completed', ['a 1:a node-failed Node "a" failed: no luck']]);
  });

  it('keeps the code of an AgentError, its fix and its details', async () => {
    const graph = withNode(
      () => {
        throw new AgentError('tool-failed', 'The shop is shut.', { fix: 'Come back.', details: { until: 9 } });
      },
      { onError: 'mend' },
    )
      .addNode('mend', (_, { failures: [failure] }) => ({
        log: [JSON.stringify([failure?.error.code, failure?.error.fix, failure?.error.details])],
      }))
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['["tool-failed","Come back.",{"until":9}]']);
  });

  it('finds the failure also when the run stops between the two, and another goes on', async () => {
    const graph = handled(() => {
      throw new Error('no luck');
    });
    const threadId = fresh();
    const first = await graph.invoke({}, { threadId, stepLimit: 1 });
    expect([first.status, first.state.log]).to.deep.equal(['limit', []]);
    expect((await graph.getState(threadId))?.next).to.deep.equal(['mend']);
    const reloaded = graph.with({});
    const { status, state } = await reloaded.invoke(null, { threadId });
    expect([status, state.log]).to.deep.equal(['completed', ['a 1:a node-failed Node "a" failed: no luck']]);
  });

  it('comes after the tries, and for a deadline', async () => {
    let tries = 0;
    const graph = withNode(
      async (_, ctx) => {
        tries++;
        await untilStopped(ctx);
      },
      { retry: { attempts: 2, delay: 1 }, timeout: 10, onError: 'mend' },
    )
      .addNode('mend', (_, { failures }) => ({ log: failures.map(({ error }) => error.code) }))
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['node-timeout']);
    expect(tries).to.equal(2);
  });

  it('gathers the failures of parallel nodes in one handler, and lets siblings finish', async () => {
    const fail = (name: string) => async () => {
      await Promise.resolve();
      throw new Error(name);
    };
    const graph = builder()
      .addNode('a', fail('A'), { onError: 'mend' })
      .addNode('b', fail('B'), { onError: 'mend' })
      .addNode('good', async (_, { signal }) => {
        await turn();
        return { log: [`good ${signal.aborted}`] };
      })
      .addNode('mend', (_, { failures }) => ({ log: failures.map(({ node }) => `mend ${node}`) }))
      .addEdge(START, 'a')
      .addEdge(START, 'b')
      .addEdge(START, 'good')
      .compile();
    const { status, state } = await graph.invoke({});
    expect([status, state.log]).to.deep.equal(['completed', ['good false', 'mend a', 'mend b']]);
  });

  it('has no failures in a node that was reached another way, nor in the handler the next time', async () => {
    const graph = builder()
      .addNode(
        'a',
        ({ n }) => {
          if (n === 0) throw new Error('once');
          return { log: ['a'] };
        },
        { onError: 'mend' },
      )
      .addNode('mend', (_, { failures }) => ({ n: 1, log: [`mend ${failures.length}`] }))
      .addEdge(START, 'a')
      .addEdge('mend', 'a')
      .addConditionalEdges('a', ({ log }) => (log.length < 3 ? 'mend' : END), ['mend', END])
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['mend 1', 'a', 'mend 0', 'a']);
  });

  it('does not take an interrupt or a cancel for a failure', async () => {
    const graph = withNode(
      async (_, ctx) => {
        await ctx.interrupt('?');
      },
      { onError: 'mend' },
    )
      .addNode('mend', say('mend'))
      .compile({ checkpointer });
    expect((await graph.invoke({})).status).to.equal('interrupted');
    const stop = new AbortController();
    const waiting = withNode(
      async (_, ctx) => {
        stop.abort();
        await untilStopped(ctx);
      },
      { onError: 'mend' },
    )
      .addNode('mend', say('mend'))
      .compile();
    expect(await waiting.invoke({}, { signal: stop.signal })).to.deep.include({
      status: 'cancelled',
      state: { n: 0, log: [] },
    });
  });
});

describe('defer', () => {
  it('waits until nothing else is due, over branches of different lengths', async () => {
    const graph = builder()
      .addNode('split', () => undefined)
      .addNode('short', say('short'))
      .addNode('long1', say('long1'))
      .addNode('long2', say('long2'))
      .addNode('end', say('end'), { defer: true })
      .addEdge(START, 'split')
      .addEdge('split', 'short')
      .addEdge('split', 'long1')
      .addEdge('long1', 'long2')
      .addEdge('short', 'end')
      .addEdge('long2', 'end')
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['short', 'long1', 'long2', 'end']);
  });

  it('waits also when START leads to the node', async () => {
    const graph = builder()
      .addNode('end', say('end'), { defer: true })
      .addNode('a', say('a'))
      .addNode('b', say('b'))
      .addEdge(START, 'end')
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['a', 'b', 'end']);
  });

  it('is told in what comes next, and survives a reload while it waits', async () => {
    const graph = builder()
      .addNode('a', say('a'))
      .addNode('b', say('b'))
      .addNode('end', say('end'), { defer: true })
      .addEdge(START, 'a')
      .addEdge('a', 'end')
      .addEdge('a', 'b')
      .compile({ checkpointer });
    const threadId = fresh();
    await graph.invoke({}, { threadId, stepLimit: 1 });
    expect((await graph.getState(threadId))?.next).to.have.members(['b', 'end']);
    expect((await graph.with({}).invoke(null, { threadId })).state.log).to.deep.equal(['a', 'b', 'end']);
  });
});

describe('a join', () => {
  const joined = () =>
    builder()
      .addNode('split', ({ n }) => ({ n: n + 1 }))
      .addNode('a', say('a'))
      .addNode('b1', say('b1'))
      .addNode('b2', say('b2'))
      .addNode('c', say('c'))
      .addEdge(START, 'split')
      .addEdge('split', 'a')
      .addEdge('split', 'b1')
      .addEdge('b1', 'b2')
      .addEdge(['a', 'b2'], 'c');

  it('waits for all of its nodes, over different numbers of steps', async () => {
    const { state } = await joined().compile().invoke({});
    expect(state.log).to.deep.equal(['a', 'b1', 'b2', 'c']);
  });

  it('waits anew each time in a loop', async () => {
    const graph = joined()
      .addConditionalEdges('c', ({ n }) => (n < 3 ? 'split' : END), ['split', END])
      .compile();
    const round = ['a', 'b1', 'b2', 'c'];
    expect((await graph.invoke({})).state.log).to.deep.equal([...round, ...round, ...round]);
  });

  it('forgets who had come once it has led on, so that the next round waits for all again', async () => {
    const graph = builder()
      .addNode('split', ({ n }) => ({ n: n + 1 }))
      .addNode('a1', say('a1'))
      .addNode('a', say('a'))
      .addNode('b1', say('b1'))
      .addNode('b', say('b'))
      .addNode('c', ({ log }) => ({ log: [`c after ${log.at(-1) ?? ''}`] }))
      .addEdge(START, 'split')
      // Of the two it is another that comes first in each round.
      .addConditionalEdges('split', ({ n }) => (n % 2 === 1 ? ['a', 'b1'] : ['a1', 'b']), ['a', 'a1', 'b', 'b1'])
      .addEdge('a1', 'a')
      .addEdge('b1', 'b')
      .addEdge(['a', 'b'], 'c')
      .addConditionalEdges('c', ({ n }) => (n < 3 ? 'split' : END), ['split', END])
      .compile();
    const odd = ['a', 'b1', 'b', 'c after b'];
    expect((await graph.invoke({})).state.log).to.deep.equal([...odd, 'a1', 'b', 'a', 'c after a', ...odd]);
  });

  it('remembers over a reload who has come', async () => {
    for (const stepLimit of [1, 2, 3]) {
      const graph = joined().compile({ checkpointer });
      const threadId = fresh();
      expect((await graph.invoke({}, { threadId, stepLimit })).status).to.equal('limit');
      const { state } = await joined().compile({ checkpointer }).invoke(null, { threadId });
      expect(state.log, `after ${stepLimit}`).to.deep.equal(['a', 'b1', 'b2', 'c']);
    }
  });

  it('never leads on when one of its nodes is not reached', async () => {
    const graph = builder()
      .addNode('a', say('a'))
      .addNode('b', say('b'))
      .addNode('c', say('c'))
      .addConditionalEdges(START, () => 'a', ['a', 'b'])
      .addEdge(['a', 'b'], 'c')
      .compile();
    expect(await graph.invoke({})).to.deep.include({ status: 'completed', state: { n: 0, log: ['a'] } });
  });

  it('is not reached by a node whose failure another one handles', async () => {
    const graph = builder()
      .addNode(
        'a',
        () => {
          throw new Error('no luck');
        },
        { onError: 'mend' },
      )
      .addNode('b', say('b'))
      .addNode('mend', say('mend'))
      .addNode('c', say('c'))
      .addEdge(START, 'a')
      .addEdge(START, 'b')
      .addEdge(['a', 'b'], 'c')
      .compile();
    expect((await graph.invoke({})).state.log).to.deep.equal(['b', 'mend']);
  });
});

describe('addSequence', () => {
  it('runs its nodes one after the other, with their options', async () => {
    let tries = 0;
    const graph = builder()
      .addSequence([
        ['a', say('a')],
        [
          'b',
          () => {
            if (++tries < 2) throw new Error('no luck');
            return { log: ['b'] };
          },
          { retry: { attempts: 2, delay: 1 } },
        ],
        ['c', ({ log }) => ({ n: log.length })],
      ])
      .addEdge(START, 'a')
      .addEdge('c', END)
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 2, log: ['a', 'b'] });
    expect(graph.describe().edges.map(({ from, to }) => [from, to])).to.deep.equal([
      ['a', 'b'],
      ['b', 'c'],
      [START, 'a'],
      ['c', END],
    ]);
  });
});

describe('a Command', () => {
  it('updates, goes where it says, and leaves the edges of its node in force', async () => {
    const graph = builder()
      .addNode('a', () => new Command({ update: { n: 2, log: ['a'] }, goto: ['b', new Send('work', 'sent'), END] }), {
        ends: ['b', 'work'],
      })
      .addNode('b', ({ n }) => ({ log: [`b${n}`] }))
      .addNode('c', say('c'))
      .addSendNode<string>('work', (input) => ({ log: [input] }))
      .addEdge(START, 'a')
      .addEdge('a', 'c')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 2, log: ['a', 'b2', 'c', 'sent'] });
  });

  it('of a draft node adds to what the draft took', async () => {
    const graph = builder()
      .addNode(
        'a',
        draftNode((draft) => {
          draft.log.push('drafted');
          return new Command<typeof channels>({ update: { n: 5 }, goto: 'b' });
        }),
        { ends: ['b'] },
      )
      .addNode('b', ({ n, log }) => ({ log: [`b${n}${log.length}`] }))
      .addEdge(START, 'a')
      .compile();
    expect((await graph.invoke({})).state).to.deep.equal({ n: 5, log: ['drafted', 'b51'] });
  });

  it('of a draft node has the last word on a channel that both write, as a whole', async () => {
    const pair = { pair: last(() => ({ x: 1, y: 1 })) };
    const graph = new StateGraph({ id: 'pair', version: '1', channels: pair })
      .addNode(
        'a',
        draftNode((draft) => {
          draft.pair.x = 2;
          return new Command<typeof pair>({ update: { pair: { x: 1, y: 5 } } });
        }),
      )
      .addEdge(START, 'a')
      .compile();
    expect((await graph.invoke({})).state.pair).to.deep.equal({ x: 1, y: 5 });
  });

  it('fails typed for what is no node, and for a parent where there is none', async () => {
    for (const command of [new Command({ goto: 'nowhere' }), new Command({ graph: 'parent' })]) {
      const result = await withNode(() => command, {})
        .compile()
        .invoke({});
      expect(errorOf(result).code).to.equal('invalid-goto');
    }
  });

  const within = (inner: (child: ReturnType<typeof builder>) => ReturnType<typeof builder>) =>
    builder()
      .addNode('sub', inner(builder('inner')).compile(), { ends: ['other', 'work'] })
      .addNode('next', say('next'))
      .addNode('other', say('other'))
      .addSendNode<string>('work', (input) => ({ log: [input] }))
      .addEdge(START, 'sub')
      .addEdge('sub', 'next')
      .compile({ checkpointer });

  it('for the parent ends the subgraph, and updates and goes on in the parent', async () => {
    const graph = within((child) =>
      child
        .addNode('a', () => ({ log: ['a'] }))
        .addNode(
          'leave',
          () => new Command({ graph: 'parent', update: { n: 3 }, goto: ['other', new Send('work', 'sent')] }),
        )
        .addNode('never', say('never'))
        .addEdge(START, 'a')
        .addEdge('a', 'leave')
        .addEdge('leave', 'never'),
    );
    expect((await graph.invoke({})).state).to.deep.equal({ n: 3, log: ['a', 'next', 'other', 'sent'] });
  });

  it('for the parent is not lost when the run stops before the subgraph has handed it on', async () => {
    const graph = within((child) =>
      child
        .addNode('leave', () => new Command({ graph: 'parent', update: { n: 3 }, goto: 'other' }))
        .addEdge(START, 'leave'),
    );
    const threadId = fresh();
    const { version } = await graph.invoke({}, { threadId });
    for (let at = 1; at <= version; at++) {
      const copy = await graph.fork(threadId, at);
      expect((await graph.invoke(null, { threadId: copy })).state, `version ${at}`).to.deep.equal({
        n: 3,
        log: ['next', 'other'],
      });
    }
  });

  it('for the parent from each of two parallel nodes is heard from both', async () => {
    const leave = (name: string, goto: string) => () => new Command({ graph: 'parent', update: { log: [name] }, goto });
    const graph = within((child) =>
      child
        .addNode('one', leave('one', 'other'))
        .addNode('two', leave('two', 'other'))
        .addEdge(START, 'one')
        .addEdge(START, 'two'),
    );
    expect((await graph.invoke({})).state.log).to.deep.equal(['one', 'two', 'next', 'other']);
  });

  it('for the parent fails typed when the parent has no such channel or node', async () => {
    const failing = (command: Command) => within((child) => child.addNode('a', () => command).addEdge(START, 'a'));
    const lost = await failing(new Command({ graph: 'parent', goto: 'nowhere' })).invoke({});
    expect(errorOf(lost).code).to.equal('invalid-goto');
    const unknown = await failing(new Command({ graph: 'parent', update: { nothing: 1 } })).invoke({});
    expect(errorOf(unknown).code).to.equal('unknown-channel');
  });
});

describe('limits', () => {
  const ping = (options: { write: boolean }) =>
    builder()
      .addNode('a', ({ n }) => (options.write ? { n: n + 1 } : undefined))
      .addNode('b', () => undefined)
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .addEdge('b', 'a');

  it('by visits names the node, and lets the thread go on', async () => {
    const graph = ping({ write: true }).compile({ checkpointer });
    const threadId = fresh();
    const result = await graph.invoke({}, { threadId, visitLimit: 2 });
    expect([result.status, result.state.n]).to.deep.equal(['limit', 2]);
    expect(result.status === 'limit' && result.limit).to.include({ kind: 'visits', node: 'a' });
    const more = await graph.invoke(null, { threadId, visitLimit: 3 });
    expect([more.status, more.state.n]).to.deep.equal(['limit', 5]);
  });

  it('by visits counts every send to a node', async () => {
    const graph = builder()
      .addSendNode('work', () => ({ log: ['work'] }))
      .addConditionalEdges(START, () => [1, 2, 3].map((n) => new Send('work', n)), ['work'])
      .compile();
    const { status, state } = await graph.invoke({}, { visitLimit: 2 });
    expect([status, state.log]).to.deep.equal(['limit', []]);
    expect((await graph.invoke({}, { visitLimit: 3 })).status).to.equal('completed');
  });

  it('stop a run in which nothing changes any more, and tell the nodes', async () => {
    const result = await ping({ write: false }).compile().invoke({});
    expect(result.status === 'limit' && result.limit.kind).to.equal('progress');
    expect(result.status === 'limit' && result.limit.message).to.match(/\((a|b)\)/);
  });

  it('do not stop a run that writes between, however long it idles in a circle', async () => {
    const graph = builder()
      .addNode('a', () => undefined)
      .addNode('b', () => undefined)
      .addNode('count', ({ n }) => ({ n: n + 1 }))
      .addSequence([
        ['c', () => undefined],
        ['d', () => undefined],
      ])
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .addEdge('b', 'c')
      .addEdge('d', 'count')
      .addConditionalEdges('count', ({ n }) => (n < 50 ? 'a' : END), ['a', END])
      .compile();
    expect(await graph.invoke({})).to.deep.include({ status: 'completed', state: { n: 50, log: [] } });
  });

  it('of steps count the steps of subgraphs, and the thread goes on inside', async () => {
    const inner = builder('inner')
      .addSequence([
        ['x', say('x')],
        ['y', say('y')],
        ['z', say('z')],
      ])
      .addEdge(START, 'x')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addNode('end', say('end'))
      .addEdge(START, 'sub')
      .addEdge('sub', 'end')
      .compile({ checkpointer });
    // One step of the parent holds three of the subgraph, then comes one more.
    expect((await graph.invoke({}, { stepLimit: 5 })).status).to.equal('completed');
    for (const stepLimit of [1, 2, 3, 4]) {
      const threadId = fresh();
      expect((await graph.invoke({}, { threadId, stepLimit })).status, String(stepLimit)).to.equal('limit');
      const { status, state } = await graph.invoke(null, { threadId });
      expect([status, state.log]).to.deep.equal(['completed', ['x', 'y', 'z', 'end']]);
    }
  });
});

describe('pause', () => {
  it('ends the run after the step under way, and the thread goes on from there', async () => {
    const graph = builder()
      .addNode('a', async ({ n }) => {
        await turn();
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 4 ? 'a' : END), ['a', END])
      .compile({ checkpointer });
    const threadId = fresh();
    const run = graph.stream({}, { threadId });
    for await (const event of run) if (event.type === 'node-start' && event.task === '2:a') run.pause();
    expect(await run.result).to.deep.include({ status: 'paused', state: { n: 2, log: [] } });
    expect((await graph.getState(threadId))?.next).to.deep.equal(['a']);
    expect((await graph.invoke(null, { threadId })).state.n).to.equal(4);
  });

  it('ends a run inside a subgraph, beside a node that finishes, and repeats neither', async () => {
    const runs: string[] = [];
    const note = (name: string) => async () => {
      runs.push(name);
      await turn();
      return { log: [name] };
    };
    const inner = builder('inner')
      .addSequence([
        ['x', note('x')],
        ['y', note('y')],
      ])
      .addEdge(START, 'x')
      .compile();
    const graph = builder()
      .addNode('sub', inner)
      .addNode('beside', note('beside'))
      .addEdge(START, 'sub')
      .addEdge(START, 'beside')
      .compile({ checkpointer });
    const threadId = fresh();
    const run = graph.stream({}, { threadId });
    for await (const event of run) if (event.type === 'node-start' && event.node === 'x') run.pause();
    expect((await run.result).status).to.equal('paused');
    const { status, state } = await graph.with({}).invoke(null, { threadId });
    expect([status, state.log]).to.deep.equal(['completed', ['x', 'y', 'beside']]);
    expect(runs.sort()).to.deep.equal(['beside', 'x', 'y']);
  });
});

describe('a busy thread', () => {
  /** A graph whose node waits at the gate of its turn: 0 for the first that begins, and so on. */
  const held = () => {
    const begun = [deferred(), deferred(), deferred()] as const;
    const gates = [deferred(), deferred(), deferred()] as const;
    let runs = 0;
    const graph = builder()
      .addNode('a', async ({ n }) => {
        const at = runs++;
        begun[at]?.resolve();
        await gates[at]?.promise;
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const threadId = fresh();
    const start = (options: RunOptions = {}) => graph.invoke({}, { threadId, ...options });
    return { begun, gates, start, runs: () => runs };
  };

  it('lets runs wait in the order in which they came', async () => {
    const { begun, gates, start, runs } = held();
    const results = [start(), start({ whenBusy: 'queue' }), start()];
    for (const [at, result] of results.entries()) {
      await begun[at]?.promise;
      expect(runs()).to.equal(at + 1);
      gates[at]?.resolve();
      expect((await result).state.n).to.equal(at + 1);
    }
  });

  it('refuses a run that does not want to wait, and is free again after the last', async () => {
    const { begun, gates, start } = held();
    const first = start();
    await begun[0].promise;
    expect(await rejection(start({ whenBusy: 'reject' }))).to.include({ code: 'thread-busy' });
    gates[0].resolve();
    await first;
    gates[1].resolve();
    expect((await start({ whenBusy: 'reject' })).state.n).to.equal(2);
  });

  it('gives its place to a run that replaces, which also clears the queue', async () => {
    const { begun, gates, start, runs } = held();
    const first = start();
    await begun[0].promise;
    const waiting = start();
    const instead = start({ whenBusy: 'replace' });
    expect((await first).status).to.equal('cancelled');
    expect((await waiting).status).to.equal('cancelled');
    gates[1].resolve();
    expect(await instead).to.deep.include({ status: 'completed', state: { n: 1, log: [] } });
    expect(runs()).to.equal(2);
  });
});

describe('durability', () => {
  const graphWith = (ports: { checkpointer: Checkpointer }) =>
    builder()
      .addNode('a', ({ n }) => ({ n: n + 1, log: [`a${n}`] }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 5 ? 'a' : END), ['a', END])
      .compile(ports);

  for (const durability of ['sync', 'async', 'exit'] as const) {
    it(`of ${durability} leaves the same state and position behind`, async () => {
      const graph = graphWith({ checkpointer });
      const threadId = fresh();
      const limited = await graph.invoke({}, { threadId, durability, stepLimit: 3 });
      expect(limited.state.n).to.equal(3);
      const snapshot = await graph.getState(threadId);
      expect(snapshot).to.deep.include({ state: limited.state, version: limited.version, next: ['a'] });
      const { state, version } = await graph.invoke(null, { threadId, durability });
      expect(state).to.deep.equal({ n: 5, log: ['a0', 'a1', 'a2', 'a3', 'a4'] });
      expect((await graph.getState(threadId))?.version).to.equal(version);
      expect(await entriesOf(checkpointer, threadId)).to.have.length(durability === 'exit' ? 2 : 6);
    });
  }

  it('of exit stores before an effect, and before it asks', async () => {
    const headAt: number[] = [];
    const graph = builder()
      .addNode('first', say('first'))
      .addNode('effect', async (_, ctx) => {
        await ctx.once('k', async () => {
          const log = await checkpointer.open(ctx.threadId, '', { signal: ctx.signal });
          headAt.push(log.head);
        });
        await ctx.interrupt('?');
      })
      .addEdge(START, 'first')
      .addEdge('first', 'effect')
      .compile({ checkpointer });
    const threadId = fresh();
    const { status, interrupts, version } = await graph.invoke({}, { threadId, durability: 'exit' });
    expect([status, headAt]).to.deep.equal(['interrupted', [1]]);
    expect((await graph.getState(threadId))?.interrupts).to.deep.equal(interrupts);
    expect((await graph.getState(threadId))?.version).to.equal(version);
  });

  it('of exit stores a channel that was set in every step once', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 50 ? 'a' : END), ['a', END])
      .compile({ checkpointer });
    const threadId = fresh();
    await graph.invoke({}, { threadId, durability: 'exit' });
    const entries = await entriesOf(checkpointer, threadId);
    const writes = entries.flatMap((entry) => entry.writes.filter(([name]) => name === 'n'));
    expect([entries.length, writes]).to.deep.equal([1, [['n', 'set', 50]]]);
  });
});

describe('now() and random()', () => {
  it('give the same when the node runs again, and others in the next step', async () => {
    let time = 1000;
    const seen: unknown[][] = [];
    const graph = builder()
      .addNode('a', async ({ n }, ctx) => {
        seen.push([ctx.now(), ctx.now(), ctx.random(), ctx.random()]);
        await ctx.interrupt('?', { key: 'q' });
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 2 ? 'a' : END), ['a', END])
      .compile({ checkpointer, clock: { now: () => time++ } });
    const threadId = fresh();
    let result = await graph.invoke({}, { threadId });
    while (result.status === 'interrupted') {
      // Another object over the same checkpointer, as after a reload.
      result = await graph.with({}).resume(threadId, { [result.interrupts[0]?.id ?? '']: 1 }).result;
    }
    const [first = [], again, second = [], secondAgain] = seen;
    expect(seen).to.have.length(4);
    expect(again).to.deep.equal(first);
    expect(secondAgain).to.deep.equal(second);
    expect(first[0]).to.equal(first[1]);
    expect(second[0]).not.to.equal(first[0]);
    expect(first[2]).not.to.equal(first[3]);
    expect(second[2]).not.to.equal(first[2]);
  });

  it('differ between the tasks of a fan-out, and random() is spread from 0 up to 1', async () => {
    const values: number[] = [];
    const graph = builder()
      .addSendNode('work', (_, ctx) => {
        values.push(ctx.random());
      })
      .addConditionalEdges(START, () => Array.from({ length: 500 }, (_, n) => new Send('work', n)), ['work'])
      .compile();
    await graph.invoke({}, { threadId: 'fixed' });
    expect(new Set(values).size).to.equal(500);
    expect(Math.min(...values)).to.be.within(0, 0.05);
    expect(Math.max(...values)).to.be.within(0.95, 1);
    expect(values.reduce((sum, value) => sum + value, 0) / 500).to.be.within(0.4, 0.6);
  });
});

describe('breakpoints', () => {
  const parallel = (options: { interruptBefore?: readonly string[]; interruptAfter?: readonly string[] }) =>
    builder()
      .addNode('a', say('a'))
      .addNode('b', say('b'))
      .addNode('end', say('end'))
      .addEdge(START, 'a')
      .addEdge(START, 'b')
      .addEdge('a', 'end')
      .addEdge('b', 'end')
      .compile({ checkpointer, ...options });

  for (const option of ['interruptBefore', 'interruptAfter'] as const) {
    it(`of ${option} open by invoke(null), and by resume with any answer`, async () => {
      for (const how of ['invoke', 'resume'] as const) {
        const graph = parallel({ [option]: ['a', 'b'] });
        const threadId = fresh();
        const { interrupts } = await graph.invoke({}, { threadId });
        expect(interrupts).to.have.length(2);
        const answers = Object.fromEntries(interrupts.map(({ id }) => [id, false]));
        const { status, state } =
          how === 'invoke' ? await graph.invoke(null, { threadId }) : await graph.resume(threadId, answers).result;
        expect([how, status, state.log]).to.deep.equal([how, 'completed', ['a', 'b', 'end']]);
      }
    });

    it(`of ${option} stay open, each once, while only the other was answered`, async () => {
      const graph = parallel({ [option]: ['a', 'b'] });
      const threadId = fresh();
      const [first, second] = (await graph.invoke({}, { threadId })).interrupts;
      const half = await graph.resume(threadId, { [first?.id ?? '']: true }).result;
      expect([half.status, half.interrupts]).to.deep.equal(['interrupted', [second]]);
      expect((await graph.getState(threadId))?.interrupts).to.deep.equal([second]);
      const { status, state } = await graph.resume(threadId, { [second?.id ?? '']: true }).result;
      expect([status, state.log]).to.deep.equal(['completed', ['a', 'b', 'end']]);
    });
  }

  it('stop at every round of a loop', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 3 ? 'a' : END), ['a', END])
      .compile({ checkpointer, interruptBefore: ['a'] });
    const threadId = fresh();
    const seen = [(await graph.invoke({}, { threadId })).state.n];
    for (let round = 0; round < 3; round++) seen.push((await graph.invoke(null, { threadId })).state.n);
    expect(seen).to.deep.equal([0, 1, 2, 3]);
    expect((await graph.getState(threadId))?.interrupts).to.deep.equal([]);
  });

  it('stop before a node that a send reaches', async () => {
    const graph = builder()
      .addSendNode<string>('work', (input) => ({ log: [input] }))
      .addConditionalEdges(START, () => ['x', 'y'].map((input) => new Send('work', input)), ['work'])
      .compile({ checkpointer, interruptBefore: ['work'] });
    const threadId = fresh();
    expect((await graph.invoke({}, { threadId })).interrupts).to.have.length(1);
    expect((await graph.invoke(null, { threadId })).state.log).to.deep.equal(['x', 'y']);
  });
});

describe('a stream', () => {
  it('gives several modes at once, each event once and in order', async () => {
    const graph = new StateGraph({
      id: 'modes',
      version: '1',
      channels: {
        ...channels,
        sum: reduce(
          (sum: number, n: number) => sum + n,
          () => 0,
        ),
      },
    })
      .addNode('a', (_, ctx) => {
        ctx.write('hello');
        ctx.emit({ type: 'text-delta', id: '1', text: 'hi' });
        return { n: 1, sum: 4 };
      })
      .addNode('b', () => ({ log: ['b'] }))
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .compile({ checkpointer });
    const seen: RunEvent[] = [];
    for await (const event of graph.stream({}, { modes: ['values', 'updates', 'custom', 'messages'] }))
      seen.push(event);
    expect(seen.map(({ type }) => type)).to.deep.equal([
      'custom',
      'text-delta',
      'update',
      'values',
      'update',
      'values',
      'run-end',
    ]);
    expect(seen.map(({ seq }) => seq)).to.deep.equal(seen.map(({ seq }) => seq).sort((a, b) => a - b));
    const states = seen.flatMap((event) => (event.type === 'values' ? [event.state] : []));
    expect(states).to.deep.equal([
      { n: 1, log: [], sum: 4 },
      { n: 1, log: ['b'], sum: 4 },
    ]);
    const updates = seen.flatMap((event) => (event.type === 'update' ? [[event.node, event.writes]] : []));
    expect(updates[1]).to.deep.equal(['b', [['log', 'append', ['b']]]]);
  });

  it('gives the version of the thread with the state of that version', async () => {
    const graph = builder()
      .addNode('a', ({ n }) => ({ n: n + 1 }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ n }) => (n < 4 ? 'a' : END), ['a', END])
      .compile({ checkpointer });
    const threadId = fresh();
    const seen: [number, unknown][] = [];
    for await (const event of graph.stream({}, { threadId, modes: ['values'] })) {
      if (event.type === 'values') seen.push([event.version, event.state]);
    }
    expect(seen).to.have.length(4);
    for (const [version, state] of seen) {
      expect((await graph.getState(threadId, version))?.state).to.deep.equal(state);
    }
  });
});

describe('updateState', () => {
  const counting = () =>
    builder()
      .addNode('a', async ({ n }) => {
        await turn();
        return { n: n + 1 };
      })
      .addEdge(START, 'a')
      .compile({ checkpointer });

  it('changes the channels by their rules, and leaves what is due as it is', async () => {
    const graph = counting();
    const threadId = fresh();
    const { version } = await graph.invoke({}, { threadId, signal: AbortSignal.abort() });
    expect(version).to.equal(0);
    const paused = graph.stream({ log: ['x'] }, { threadId });
    paused.pause();
    const begun = await paused.result;
    expect(begun.status).to.equal('paused');
    const changed = await graph.updateState(threadId, { n: 10, log: ['y'] }, { version: begun.version });
    expect(changed).to.equal(begun.version + 1);
    expect(await graph.getState(threadId)).to.deep.include({
      state: { n: 10, log: ['x', 'y'] },
      version: changed,
      parent: begun.version,
      next: ['a'],
    });
    expect((await graph.invoke(null, { threadId })).state).to.deep.equal({ n: 11, log: ['x', 'y'] });
  });

  it('is refused for another version, an unknown thread, another graph and a wrong update, and changes nothing', async () => {
    const graph = counting();
    const threadId = fresh();
    const { version } = await graph.invoke({}, { threadId });
    const other = new StateGraph({ id: 'other', version: '1', channels })
      .addNode('a', () => undefined)
      .addEdge(START, 'a')
      .compile({ checkpointer });
    const codes = [
      graph.updateState(threadId, { n: 1 }, { version: version - 1 }),
      graph.updateState(fresh(), { n: 1 }, { version: 0 }),
      other.updateState(threadId, { n: 1 }, { version }),
      graph.updateState(threadId, { m: 1 } as never, { version }),
      graph.updateState(threadId, { log: 'x' } as never, { version }),
      graph.updateState(threadId, { n: (() => 1) as never }, { version }),
    ].map(async (work) => ((await rejection(work)) as { code: string }).code);
    expect(await Promise.all(codes)).to.deep.equal([
      'version-conflict',
      'unknown-thread',
      'graph-mismatch',
      'unknown-channel',
      'invalid-update',
      'unstorable-value',
    ]);
    expect((await graph.getState(threadId))?.version).to.equal(version);
  });

  it('waits behind a run, and is then told that the thread has moved on', async () => {
    const graph = counting();
    const threadId = fresh();
    const { version } = await graph.invoke({}, { threadId });
    const run = graph.invoke({}, { threadId });
    const update = graph.updateState(threadId, { n: 100 }, { version });
    const [{ state }, error] = await Promise.all([run, rejection(update)]);
    expect(state.n).to.equal(2);
    expect(error).to.include({ code: 'version-conflict' });
    expect((await graph.getState(threadId))?.state.n).to.equal(2);
  });

  it('keeps an open question open', async () => {
    const graph = builder()
      .addNode('ask', async ({ n }, ctx) => ({ log: [`${n} ${await ctx.interrupt<string>('?')}`] }))
      .addEdge(START, 'ask')
      .compile({ checkpointer });
    const threadId = fresh();
    const { interrupts, version } = await graph.invoke({}, { threadId });
    await graph.updateState(threadId, { n: 7 }, { version });
    expect((await graph.getState(threadId))?.interrupts).to.deep.equal(interrupts);
    const { state } = await graph.resume(threadId, { [interrupts[0]?.id ?? '']: 'yes' }).result;
    expect(state.log).to.deep.equal(['7 yes']);
  });
});

describe('the history of a thread', () => {
  const graph = builder()
    .addNode('a', ({ n }) => ({ n: n + 1, log: [`a${n}`] }))
    .addEdge(START, 'a')
    .addConditionalEdges('a', ({ n }) => (n < 3 ? 'a' : END), ['a', END])
    .compile({ checkpointer });

  it('is told newest first, and is what getState() gives for each version', async () => {
    const threadId = fresh();
    const { version } = await graph.invoke({}, { threadId });
    const versions: number[] = [];
    for await (const snapshot of graph.getStateHistory(threadId)) {
      versions.push(snapshot.version);
      expect(snapshot).to.deep.equal(await graph.getState(threadId, snapshot.version));
      expect(snapshot.parent).to.equal(snapshot.version - 1);
    }
    expect(versions).to.deep.equal(Array.from({ length: version }, (_, at) => version - at));
    for await (const snapshot of graph.getStateHistory(fresh())) expect.fail(`There is version ${snapshot.version}.`);
  });

  it('can be forked at every version; the copy goes on by itself, and the original does not notice', async () => {
    const threadId = fresh();
    const whole = await graph.invoke({}, { threadId });
    for (let at = 1; at <= whole.version; at++) {
      const copy = await graph.fork(threadId, at);
      expect(await graph.getState(copy)).to.deep.equal(await graph.getState(threadId, at));
      const { status, state } = await graph.invoke(null, { threadId: copy });
      expect([status, state]).to.deep.equal(['completed', whole.state]);
    }
    const branch = await graph.fork(threadId, 1);
    await graph.updateState(branch, { n: 100 }, { version: 1 });
    expect((await graph.invoke(null, { threadId: branch })).state).to.deep.equal({ n: 101, log: ['a100'] });
    expect(await graph.getState(threadId)).to.deep.include({ state: whole.state, version: whole.version });
    expect(await rejection(graph.fork(threadId, whole.version + 1))).to.include({ code: 'unknown-version' });
  });
});
