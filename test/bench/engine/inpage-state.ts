/** The engine with much state: each run is timed from its first node on, without the input that fills the channels. */
import { END, START, StateGraph } from '../../../src/engine.ts';
import { append, last, text } from '../../../src/state/index.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { largeData, message, messages, readMuch, smallData } from './data.ts';
import type { Data, Entry, Message } from './data.ts';

type Full = Data & { readonly n: number; readonly sum: number };

function filled(data: () => Data, node: (state: Full) => Partial<Full> | Promise<Partial<Full>>): Scenario {
  let input: Data | undefined;
  let limit = 0;
  let start = 0;
  let ms = 0;
  const channels = {
    n: last(() => 0),
    sum: last(() => 0),
    messages: append<Message>(),
    record: last<Readonly<Record<string, Entry>>>(() => ({})),
    text: text(),
  };
  const graph = new StateGraph({ id: 'filled', version: '1', channels })
    .addNode('a', (state) => {
      if (state.n === 0) start = performance.now();
      return node(state);
    })
    .addEdge(START, 'a')
    .addConditionalEdges(
      'a',
      ({ n }) => {
        if (n < limit) return 'a';
        ms = performance.now() - start;
        return END;
      },
      ['a', END],
    )
    .compile();
  return async (units) => {
    // Made on first use, for only one of these runs in a worker.
    input ??= data();
    limit = units;
    const { state } = await graph.invoke(input, { stepLimit: Infinity });
    verify(state.n, units, 'n');
    verify(state.messages.length, input.messages.length, 'the number of messages');
    return ms;
  };
}

/** Runs of few steps, so that the list stays about as long as it is at first. */
function appending(begin: number, steps: number, read: boolean): Scenario {
  const items = messages(begin, 20);
  const item = message(0, 20);
  let start = 0;
  let ms = 0;
  const graph = new StateGraph({
    id: 'appending',
    version: '1',
    channels: { n: last(() => 0), items: append<Message>() },
  })
    .addNode('a', (state) => {
      if (state.n === 0) start = performance.now();
      const more = !read || state.items.length > 0 ? 1 : 0;
      return { n: state.n + more, items: [item] };
    })
    .addEdge(START, 'a')
    .addConditionalEdges(
      'a',
      ({ n }) => {
        if (n < steps) return 'a';
        ms += performance.now() - start;
        return END;
      },
      ['a', END],
    )
    .compile();
  return async (units) => {
    ms = 0;
    for (let i = 0; i < units; i++) {
      const { state } = await graph.invoke({ items }, { stepLimit: Infinity });
      verify(state.items.length, begin + steps, 'the length');
    }
    return ms;
  };
}

contender({
  'write beside 1 KB': filled(smallData, ({ n }) => ({ n: n + 1 })),
  'write beside 10 MB': filled(largeData, ({ n }) => ({ n: n + 1 })),
  'read 10 MB': filled(largeData, readMuch),
  'append to 10': appending(10, 1000, false),
  'append to 10,000': appending(10_000, 1000, false),
  'append and read': appending(10_000, 100, true),
});
