import { expect } from 'chai';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import type { RunEvent } from '../../src/core/index.ts';
import { START, StateGraph } from '../../src/engine/index.ts';
import type { Node } from '../../src/engine/index.ts';
import { append } from '../../src/state/index.ts';
import { deferred } from '../helpers/deferred.ts';

const channels = { log: append<string>() };
type Race = Node<typeof channels, unknown>;

/** A graph in which nodes race, with a node behind each of them. */
function raceOf(nodes: Readonly<Record<string, Race>>, enough = 1) {
  const builder = new StateGraph({ id: 'race', version: '1', channels });
  for (const [name, node] of Object.entries(nodes)) {
    builder.addNode(name, node, { race: { name: 'r', enough } });
    builder.addNode(`${name}2`, () => ({ log: [`${name}2`] }));
    builder.addEdge(START, name).addEdge(name, `${name}2`);
  }
  return builder.compile({ checkpointer: createMemoryCheckpointer() });
}

const says =
  (text: string): Race =>
  () => ({ log: [text] });

describe('nodes that race', () => {
  it('go on with the first that succeeds; the others hear of it, write nothing and lead nowhere', async () => {
    const heard: string[] = [];
    const events: RunEvent[] = [];
    const late = deferred<{ log: string[] }>();
    const graph = raceOf({
      slow: (_, { signal }) => {
        signal.addEventListener('abort', () => heard.push((signal.reason as Error).message));
        return late.promise;
      },
      quick: () => Promise.resolve({ log: ['quick'] }),
    });
    const { status, state } = await graph.invoke({}, { onEvent: (event) => events.push(event) });
    late.resolve({ log: ['too late'] });
    await late.promise;
    expect({ status, log: state.log }).to.deep.equal({ status: 'completed', log: ['quick', 'quick2'] });
    expect(heard).to.deep.equal(['Enough nodes beside it have finished.']);
    const ends = events.flatMap((event) => (event.type === 'node-end' ? [`${event.node} ${event.outcome}`] : []));
    expect(ends).to.deep.equal(['quick ok', 'slow cancelled', 'quick2 ok']);
  });

  it('do not begin any more once it is won', async () => {
    const begun: string[] = [];
    const node =
      (name: string): Race =>
      () => {
        begun.push(name);
        return { log: [name] };
      };
    const { state } = await raceOf({ a: node('a'), b: node('b'), c: node('c') }, 2).invoke({}, { concurrency: 1 });
    expect(begun).to.deep.equal(['a', 'b']);
    expect(state.log).to.deep.equal(['a', 'b', 'a2', 'b2']);
  });

  it('take back what they have asked', async () => {
    const open = deferred<undefined>();
    const graph = raceOf({
      asks: async (_, { interrupt }) => ({ log: [await interrupt<string>('Well?')] }),
      quick: async () => {
        await open.promise;
        return { log: ['quick'] };
      },
    });
    const run = graph.invoke({}, { threadId: 't' });
    open.resolve(undefined);
    expect((await run).interrupts).to.deep.equal([]);
    expect((await graph.getState('t'))?.interrupts).to.deep.equal([]);
  });

  it('wait together where too few have succeeded, and go on when one is answered', async () => {
    const graph = raceOf(
      {
        asks: async (_, { interrupt }) => ({ log: [await interrupt<string>('Well?')] }),
        quick: says('quick'),
        never: async (_, { interrupt }) => ({ log: [await interrupt<string>('Never?')] }),
      },
      2,
    );
    const { status, interrupts } = await graph.invoke({}, { threadId: 't' });
    expect({ status, count: interrupts.length }).to.deep.equal({ status: 'interrupted', count: 2 });
    const first = interrupts.find(({ payload }) => payload === 'Well?');
    const result = await graph.resume('t', { [first?.id ?? '']: 'yes' }).result;
    expect(result.status).to.equal('completed');
    expect(result.interrupts).to.deep.equal([]);
    expect(result.state.log).to.deep.equal(['yes', 'quick', 'asks2', 'quick2']);
  });

  it('fail with the one that fails first', async () => {
    const graph = raceOf({
      bad: () => Promise.reject(new Error('No.')),
      slow: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    });
    const result = await graph.invoke({});
    expect(result.status === 'failed' && result.error.message).to.equal('Node "bad" failed: No.');
  });
});
