/** The states of the timeline of a thread. */
import { html } from 'lit';
import { AgentError } from '../src/core/index.ts';
import type { AnyEventBody, HistoryEntry, HistoryKind, Message } from '../src/core/index.ts';
import { approval, FakeAgent, FakeThread } from '../test/components/fake-agent.ts';
import { found, press, seen } from './state.ts';
import type { Scene, State } from './state.ts';

/** A version of the log. */
function entry(version: number, kind: HistoryKind, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return { version, parent: version - 1, runId: 'r0', step: 0, ns: '', kind, tasks: [], writes: [], ...more };
}

const wrote = (channel: string, ...tasks: string[]): HistoryEntry['writes'][number] => ({
  channel,
  op: 'append',
  tasks,
});

/** A conversation of the tea shop, as it was stored some time ago: a message, a search, and an answer. */
function stored(): { readonly log: readonly HistoryEntry[]; readonly messages: readonly Message[] } {
  const noon = new Date().setHours(12, 0, 0, 0);
  const model = (version: number, step: number): HistoryEntry =>
    entry(version, 'step', { step, tasks: [`${step}:model`], writes: [wrote('messages', `${step}:model`)] });
  const tools = ['1:tool:0', '1:tool:1'];
  return {
    log: [
      entry(1, 'input', { writes: [wrote('messages')] }),
      model(2, 0),
      entry(3, 'step', { step: 1, tasks: tools, writes: tools.map((task) => wrote('messages', task)) }),
      model(4, 2),
    ],
    messages: [
      { id: 'a', at: noon, role: 'user', content: [{ type: 'text', text: 'Is there tea without caffeine?' }] },
      {
        id: 'b',
        at: noon + 1_840,
        role: 'assistant',
        usage: { inputTokens: 1_204, outputTokens: 61 },
        content: [
          { type: 'tool-call', toolCallId: 'c1', toolName: 'search_products', input: { text: 'caffeine free tea' } },
          { type: 'tool-call', toolCallId: 'c2', toolName: 'get_stock', input: { product: 'rooibos' } },
        ],
      },
      ...(['search_products', 'get_stock'] as const).map((toolName, index): Message => ({
        id: `t${index}`,
        at: noon + 2_310,
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: `c${index + 1}`,
            toolName,
            output: { type: 'json', value: index === 0 ? [{ name: 'Rooibos', price: 4.5 }] : { left: 12 } },
          },
        ],
      })),
      {
        id: 'd',
        at: noon + 4_020,
        role: 'assistant',
        usage: { inputTokens: 1_322, outputTokens: 48 },
        content: [{ type: 'text', text: 'Yes: rooibos, at 4.50, and 12 are left.' }],
      },
    ],
  };
}

/** How the thread stood at each of them. */
function past(thread: FakeThread, messages: readonly Message[]): void {
  const counts = [0, 1, 2, 4, 5];
  for (const [version, count] of counts.entries()) {
    if (version > 0)
      thread.stood.set(version, { messages: messages.slice(0, count), tainted: version > 2 ? 'no' : '' });
  }
}

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

type Play = (thread: FakeThread, place: HTMLElement) => void | Promise<void>;

function trace(name: string, play: Play, isEmpty = false): State {
  const make = (): Scene => {
    const { log, messages } = stored();
    const thread = new FakeThread('main', isEmpty ? [] : messages);
    if (!isEmpty) {
      thread.log = log;
      past(thread, messages);
    }
    const agent = new FakeAgent(thread);
    return {
      view: html`<inpage-trace .agent=${agent}></inpage-trace>`,
      async then(place) {
        await seen(() => thread.listeners > 0);
        await found(place, 'inpage-trace', isEmpty ? '.empty' : '[data-key]');
        await play(thread, place);
      },
    };
  };
  return { name: `trace: ${name}`, make };
}

const begin = (thread: FakeThread): void => {
  at(thread, 0, { type: 'run-start', threadId: 'main', graph: 'agent@1', version: 4 });
  at(thread, 2, { type: 'state-delta', version: 5, writes: [['~input', 'set', 1]] });
  at(thread, 4, { type: 'node-start', node: 'model', task: '3:model', attempt: 1 });
  at(thread, 620, { type: 'text-delta', id: 'x', text: 'Let me' });
  at(
    thread,
    1_400,
    { type: 'tool-call', callId: 'c8', tool: 'add_to_cart', input: { product: 'rooibos', count: 2 } },
    { type: 'tool-call', callId: 'c9', tool: 'get_shipping', input: { country: 'NL' } },
    { type: 'usage', inputTokens: 1_500, outputTokens: 70 },
    { type: 'node-end', node: 'model', task: '3:model', outcome: 'ok' },
    { type: 'state-delta', version: 6, writes: [['~next', 'set', { step: 4, nodes: [] }]] },
  );
  at(
    thread,
    1_410,
    { type: 'node-start', node: 'tool', task: '4:tool:0', attempt: 1 },
    { type: 'node-start', node: 'tool', task: '4:tool:1', attempt: 1 },
    { type: 'tool-start', callId: 'c8', tool: 'add_to_cart', input: { product: 'rooibos', count: 2 } },
    { type: 'tool-start', callId: 'c9', tool: 'get_shipping', input: { country: 'NL' } },
  );
  at(
    thread,
    1_640,
    { type: 'tool-end', callId: 'c8', tool: 'add_to_cart', outcome: 'ok', output: { count: 2 } },
    { type: 'node-end', node: 'tool', task: '4:tool:0', outcome: 'ok' },
  );
};

const failure = (): AgentError => new AgentError('tool-timeout', '“get_shipping” took longer than 5 s.', { fix: '' });

const choose = (place: HTMLElement, key: string): Promise<void> => press(place, 'inpage-trace', `[data-key="${key}"]`);

const chosen: Play = async (_, place) => {
  await choose(place, 'r0||1');
  await found(place, 'inpage-trace', '.changes');
};

/** A graph with graphs within it, told live. */
const nested: Play = async (thread, place) => {
  const start = (ms: number, ns: string, task: string, attempt = 1): void => {
    const node = task.slice(task.lastIndexOf(':') + 1);
    inside(thread, ms, ns, { type: 'node-start', node, task, attempt });
  };
  const end = (ms: number, ns: string, task: string, version: number, step: number): void => {
    const next = ns === '' ? '~next' : `${ns}/~next`;
    inside(
      thread,
      ms,
      ns,
      { type: 'node-end', node: '', task, outcome: 'ok' },
      { type: 'state-delta', version, writes: [[next, 'set', { step, nodes: [] }]] },
    );
  };
  inside(thread, 0, '', { type: 'run-start', threadId: 'main', graph: 'order@1', version: 0 });
  inside(thread, 0, '', { type: 'state-delta', version: 1, writes: [['~input', 'set', 1]] });
  start(2, '', '0:prepare');
  end(40, '', '0:prepare', 2, 1);
  start(42, '', '1:research');
  start(44, '1:research', '1:research/0:plan');
  end(410, '1:research', '1:research/0:plan', 3, 1);
  start(412, '1:research', '1:research/1:sources');
  start(414, '1:research/1:sources', '1:research/1:sources/0:fetch', 2);
  end(1_250, '1:research/1:sources', '1:research/1:sources/0:fetch', 4, 1);
  end(1_255, '1:research', '1:research/1:sources', 5, 2);
  end(1_260, '', '1:research', 6, 2);
  start(1_262, '', '2:write');
  end(1_900, '', '2:write', 7, 3);
  inside(thread, 1_905, '', {
    type: 'profile',
    phases: { limits: 0.4, interrupts: 0.2, node: 1_842, reduce: 1.2, route: 0.7, events: 3.4, checkpoint: 21 },
  });
  inside(thread, 1_906, '', { type: 'run-end', status: 'completed' });
  await choose(place, 'r1|1:research/1:sources|0');
  await press(place, 'inpage-trace', '.part:last-child > summary');
};

function inside(thread: FakeThread, ms: number, ns: string, ...events: readonly AnyEventBody[]): void {
  at(thread, ms, ...events.map((event) => ({ ...event, ns })));
}

/** A run of a thousand steps. */
export function longLog(steps = 1_000): readonly HistoryEntry[] {
  return [
    entry(1, 'input', { writes: [wrote('messages')] }),
    ...Array.from({ length: steps }, (_, step) => {
      const node = ['fetch_page', 'read_page', 'note_result'][step % 3] ?? '';
      return entry(step + 2, 'step', { step, tasks: [`${step}:${node}`], writes: [wrote('notes', `${step}:${node}`)] });
    }),
  ];
}

const long: State = {
  name: 'trace: a long run',
  make: () => {
    const thread = new FakeThread('main');
    // More of them take axe longer than a test may.
    thread.log = longLog(120);
    return {
      view: html`<inpage-trace .agent=${new FakeAgent(thread)}></inpage-trace>`,
      async then(place) {
        await found(place, 'inpage-trace', '[data-key]');
      },
    };
  },
};

export const traceStates: readonly State[] = [
  trace('nothing yet', () => undefined, true),
  trace('stored before', () => undefined),
  trace('one version', chosen),
  trace('the state of a version', async (_, place) => {
    await choose(place, 'r0||2');
    await press(place, 'inpage-trace', '.part:last-child > summary');
    await press(place, 'inpage-trace', '.part:last-child .tree summary');
    await press(place, 'inpage-trace', '.part:last-child .tree .tree summary');
  }),
  trace('running', begin),
  trace('done', async (thread, place) => {
    begin(thread);
    at(
      thread,
      2_080,
      { type: 'tool-end', callId: 'c9', tool: 'get_shipping', outcome: 'cached', output: { days: 2 } },
      { type: 'node-end', node: 'tool', task: '4:tool:1', outcome: 'ok' },
      { type: 'state-delta', version: 7, writes: [['~next', 'set', { step: 5, nodes: [] }]] },
      { type: 'node-start', node: 'model', task: '5:model', attempt: 1 },
    );
    at(
      thread,
      3_900,
      { type: 'node-end', node: 'model', task: '5:model', outcome: 'ok' },
      { type: 'state-delta', version: 8, writes: [['~next', 'set', { step: 6, nodes: [] }]] },
      { type: 'run-end', status: 'completed' },
    );
    await choose(place, 'r1||4');
  }),
  trace('failed', async (thread, place) => {
    begin(thread);
    at(
      thread,
      6_410,
      { type: 'tool-end', callId: 'c9', tool: 'get_shipping', outcome: 'failed', error: failure() },
      { type: 'node-end', node: 'tool', task: '4:tool:1', outcome: 'failed' },
      { type: 'run-end', status: 'failed', error: failure() },
    );
    await choose(place, 'r1||4');
  }),
  trace('waiting for a person', (thread) => {
    begin(thread);
    at(
      thread,
      1_700,
      { type: 'node-end', node: 'tool', task: '4:tool:1', outcome: 'interrupted' },
      { ...approval(), type: 'interrupt' },
      { type: 'run-end', status: 'interrupted' },
    );
  }),
  trace('graphs within graphs', nested, true),
  long,
];
