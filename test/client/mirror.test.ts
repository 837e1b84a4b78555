/** The view of a thread, by events alone. */
import { expect } from 'chai';
import { watchThread } from '../../src/index.ts';
import type { RunEvent, Thread, ThreadView, Write } from '../../src/index.ts';

/** A thread that was stored at version 1, and the way to tell its watcher something. */
async function watched(): Promise<{ tell: (...events: object[]) => void; view: () => ThreadView }> {
  let listener: (batch: readonly RunEvent[]) => void = () => undefined;
  const snapshot = { state: { n: 1 }, version: 1, parent: 0, next: ['a'], interrupts: [], graph: 'g@1' };
  const thread = {
    id: 't',
    graph: 'g',
    subscribe(given: typeof listener) {
      listener = given;
      return () => undefined;
    },
    state: () => Promise.resolve(snapshot),
  } as unknown as Thread;
  let view: ThreadView | undefined;
  watchThread(thread, (next) => (view = next));
  await new Promise((resolve) => setTimeout(resolve));
  return {
    tell: (...events) => {
      // Each stands for what the host sends, as far as the view looks at it.
      listener(events.map((event) => ({ seq: 0, runId: 'r', ns: '', ...event }) as RunEvent));
    },
    view: () => view as ThreadView,
  };
}

const delta = (version: number, ...writes: readonly Write[]): object => ({ type: 'state-delta', version, writes });

describe('the view of a thread', () => {
  it('goes on through a subgraph that had begun before it was looked at', async () => {
    const { tell, view } = await watched();
    tell(
      { type: 'run-start', threadId: 't', graph: 'g@1', version: 1 },
      delta(2, ['1:sub/data', 'patch', ['x'], 1], ['1:sub/~next', 'set', { step: 2, nodes: ['b'] }]),
      delta(3, ['~memo', 'patch', ['key'], 1], ['n', 'set', 2]),
    );
    expect([view().version, view().state['n']]).to.deep.equal([3, 2]);
  });

  it('shows another try of a task in the place of the one before', async () => {
    const { tell, view } = await watched();
    tell(
      { type: 'run-start', threadId: 't', graph: 'g@1', version: 1 },
      ...[1, 2].map((attempt) => ({ type: 'node-start', node: 'a', task: '1:a', attempt })),
    );
    expect(view().tasks.map(({ task, attempt }) => [task, attempt])).to.deep.equal([['1:a', 2]]);
  });
});
