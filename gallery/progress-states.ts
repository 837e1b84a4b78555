/** The states of the list of a run. */
import { html } from 'lit';
import { AgentError } from '../src/core/index.ts';
import type { AnyEventBody } from '../src/core/index.ts';
import { approval, FakeAgent } from '../test/components/fake-agent.ts';
import type { FakeThread } from '../test/components/fake-agent.ts';
import type { WorkflowOutline } from '../src/client/index.ts';
import { found, press, seen } from './state.ts';
import type { Scene, State } from './state.ts';

function progress(name: string, play: (thread: FakeThread) => void): State {
  const make = (): Scene => {
    const agent = new FakeAgent();
    return {
      view: html`<inpage-progress .agent=${agent}></inpage-progress>`,
      async then() {
        await seen(() => agent.current.listeners > 0);
        agent.current.start();
        play(agent.current);
      },
    };
  };
  return { name: `progress: ${name}`, make };
}

function calls(thread: FakeThread): void {
  thread.emit(
    { type: 'node-start', node: 'model', task: '0:model', attempt: 1 },
    { type: 'tool-call', callId: 'c1', tool: 'search_products', input: {} },
    { type: 'tool-call', callId: 'c2', tool: 'get_stock', input: {} },
    { type: 'node-end', node: 'model', task: '0:model', outcome: 'ok' },
    { type: 'node-start', node: 'tool', task: '1:tool:0', attempt: 1 },
    { type: 'node-start', node: 'tool', task: '1:tool:1', attempt: 1 },
    { type: 'tool-start', callId: 'c1', tool: 'search_products', input: {} },
    { type: 'tool-start', callId: 'c2', tool: 'get_stock', input: {} },
    { type: 'tool-end', callId: 'c1', tool: 'search_products', outcome: 'cached' },
    { type: 'node-end', node: 'tool', task: '1:tool:0', outcome: 'ok' },
  );
}

type Node = WorkflowOutline['nodes'][number];

const node = (id: string, type: Node['type'], to: readonly string[] = [], more: Partial<Node> = {}): Node => ({
  ...{ id, name: id, type, branches: [], leads: to.map((each) => ({ to: each })) },
  ...more,
});

/** A workflow of a shop, with branches of both kinds. */
export const ORDER: WorkflowOutline = {
  name: 'order',
  description: 'Orders something.',
  nodes: [
    node('look_up', 'parallel', ['enough'], {
      branches: [
        [node('price', 'agent', ['round']), node('round', 'transform')],
        [node('stock', 'compute')],
        [node('reviews', 'agent')],
      ],
    }),
    node('enough', 'condition', [], {
      leads: [
        { to: 'approve', value: 'true' },
        { to: 'reorder', value: 'false' },
      ],
    }),
    node('reorder', 'compute', ['report']),
    node('approve', 'hitl', ['place'], { name: 'Ask the buyer' }),
    node('place', 'compute', ['report']),
    node('report', 'transform'),
  ],
};

/** Plays events at so many milliseconds after a moment, whatever the clock says. */
function at(thread: FakeThread, ms: number, ...events: readonly AnyEventBody[]): void {
  const { now } = Date;
  const moment = new Date().setHours(12, 30, 0, 0) + ms;
  Date.now = () => moment;
  try {
    thread.emit(...events);
  } finally {
    Date.now = now;
  }
}

function workflow(name: string, play: (thread: FakeThread, place: HTMLElement) => void | Promise<void>): State {
  const make = (): Scene => {
    const agent = new FakeAgent();
    return {
      view: html`<inpage-progress .agent=${agent} .outline=${ORDER}></inpage-progress>`,
      async then(place) {
        // The list, what is beside it, and what has been done before all listen.
        await seen(() => agent.current.listeners > 1);
        await new Promise(requestAnimationFrame);
        await play(agent.current, place);
      },
    };
  };
  return { name: `progress: ${name}`, make };
}

const begun = (thread: FakeThread, ms: number, task: string, ns = '', attempt = 1): void => {
  at(thread, ms, { type: 'node-start', node: task.replace(/^.*:/, ''), task, attempt, ...{ ns } });
};

const done = (
  thread: FakeThread,
  ms: number,
  task: string,
  ns = '',
  outcome: 'ok' | 'cached' | 'failed' = 'ok',
): void => {
  at(thread, ms, { type: 'node-end', node: task.replace(/^.*:/, ''), task, outcome, ...{ ns } });
};

/** Up to the condition and the way that it takes. */
export function lookUp(thread: FakeThread): void {
  thread.start();
  begun(thread, 0, '0:look_up');
  const [price, stock, reviews] = ['price', 'stock', 'reviews'].map((id) => `0:look_up/0:${id}`) as [
    string,
    string,
    string,
  ];
  for (const task of [price, stock, reviews]) begun(thread, 10, task, '0:look_up');
  begun(thread, 12, `${price}/0:price`, price);
  at(thread, 20, { type: 'tool-start', callId: 'c1', tool: 'find_price', input: {}, ...{ ns: `${price}/0:price` } });
  at(thread, 30, {
    type: 'tool-end',
    callId: 'c1',
    tool: 'find_price',
    outcome: 'cached',
    ...{ ns: `${price}/0:price` },
  });
  done(thread, 210, reviews, '0:look_up', 'cached');
  done(thread, 640, stock, '0:look_up', 'failed');
  begun(thread, 650, stock, '0:look_up', 2);
  done(thread, 920, stock, '0:look_up');
}

export function enough(thread: FakeThread): void {
  lookUp(thread);
  const price = '0:look_up/0:price';
  done(thread, 1_840, `${price}/0:price`, price);
  begun(thread, 1_850, `${price}/1:round`, price);
  done(thread, 1_855, `${price}/1:round`, price);
  done(thread, 1_860, price, '0:look_up');
  done(thread, 1_870, '0:look_up');
  begun(thread, 1_880, '1:enough');
  done(thread, 1_884, '1:enough');
  begun(thread, 1_890, '2:approve');
}

export function over(thread: FakeThread): void {
  enough(thread);
  done(thread, 9_400, '2:approve');
  begun(thread, 9_410, '3:place');
  done(thread, 9_950, '3:place');
  begun(thread, 9_960, '4:report');
  done(thread, 9_966, '4:report');
  thread.store();
  thread.end('completed');
}

const showGraph = async (place: HTMLElement): Promise<void> => {
  await press(place, 'inpage-progress', '[part=graph-toggle]');
  await found(place, 'inpage-progress', '[part=graph] .node');
};

export const progressStates: readonly State[] = [
  progress('running', calls),
  progress('waiting', (thread) => {
    calls(thread);
    thread.ask(approval());
    thread.end('interrupted');
  }),
  progress('done', (thread) => {
    calls(thread);
    thread.emit(
      { type: 'tool-end', callId: 'c2', tool: 'get_stock', outcome: 'ok' },
      { type: 'node-end', node: 'tool', task: '1:tool:1', outcome: 'ok' },
    );
    thread.end('completed');
  }),
  progress('failed', (thread) => {
    calls(thread);
    thread.emit(
      { type: 'tool-end', callId: 'c2', tool: 'get_stock', outcome: 'failed' },
      { type: 'node-end', node: 'tool', task: '1:tool:1', outcome: 'failed' },
    );
    thread.end('failed', new AgentError('tool-timeout', '“get_stock” took longer than 5 s.', { fix: 'Try again.' }));
  }),
  workflow('a workflow that runs', lookUp),
  workflow('a workflow that waits', (thread) => {
    enough(thread);
    thread.emit({ type: 'node-end', node: 'approve', task: '2:approve', outcome: 'interrupted' });
    thread.ask({ ...approval(), task: '2:approve' });
    thread.end('interrupted');
  }),
  workflow('a workflow as a graph', async (thread, place) => {
    enough(thread);
    await showGraph(place);
  }),
  workflow('a workflow that is done, as a graph', async (thread, place) => {
    over(thread);
    await showGraph(place);
  }),
  workflow('going through a workflow', async (thread, place) => {
    over(thread);
    const range = (await found(place, 'inpage-progress', '[part=replay] input')) as HTMLInputElement;
    range.value = '9';
    range.dispatchEvent(new Event('input'));
    await found(place, 'inpage-progress', '[part=now]');
  }),
];
