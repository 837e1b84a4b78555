/** Mirrors a thread in the page: a snapshot once, then the writes of every version as they come. */
import { apply, frontier, interrupts, INTERRUPTS, NEXT, SENDS, sends, userState } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import type { Message, RunEvent } from '../core/index.ts';
import type { CallView, TaskView, Thread, ThreadView } from './types.ts';

type Delta = Extract<RunEvent, { type: 'state-delta' }>;

/** The graph whose messages are conversations. */
const AGENT = 'agent';

/** The view of a thread that has not been read yet. */
export const EMPTY_VIEW: ThreadView = Object.freeze({
  loaded: false,
  version: 0,
  state: {},
  messages: [],
  interrupts: [],
  running: false,
  unfinished: false,
  streaming: '',
  streamingId: '',
  calls: [],
  tasks: [],
  notices: [],
});

function withCall(calls: readonly CallView[], callId: string, change: Partial<CallView>): readonly CallView[] {
  return calls.map((call) => (call.callId === callId ? { ...call, ...change } : call));
}

/** What an event changes in the view, the stored state aside. */
function reduce(view: ThreadView, event: RunEvent): ThreadView {
  switch (event.type) {
    case 'run-start': {
      const { loaded, version, state, messages, interrupts: open } = view;
      return { ...EMPTY_VIEW, loaded, version, state, messages, interrupts: open, running: true };
    }
    case 'run-end': {
      const { status, error } = event;
      return { ...view, running: false, ended: { status, ...(error ? { error } : {}) } };
    }
    case 'node-start': {
      const step = Number.parseInt(event.task, 10);
      const { task, node, attempt } = event;
      const begun: TaskView = { task, node, step, attempt, status: 'running' };
      // Another try is the same task.
      const others = view.tasks.filter((each) => each.task !== task);
      return { ...view, tasks: [...others, begun] };
    }
    case 'node-end': {
      const { task, outcome } = event;
      return { ...view, tasks: view.tasks.map((each) => (each.task === task ? { ...each, status: outcome } : each)) };
    }
    case 'tool-call': {
      const { callId, tool, input } = event;
      return { ...view, calls: [...view.calls, { callId, tool, input, status: 'called' }] };
    }
    case 'tool-start': {
      const { callId, tool, input } = event;
      // After a reload the call itself was made by an earlier run.
      if (!view.calls.some((call) => call.callId === callId)) {
        return { ...view, calls: [...view.calls, { callId, tool, input, status: 'running' }] };
      }
      return { ...view, calls: withCall(view.calls, callId, { status: 'running', input }) };
    }
    case 'tool-end':
      return { ...view, calls: withCall(view.calls, event.callId, { status: event.outcome }) };
    case 'notice': {
      const { code, message, model } = event;
      return { ...view, notices: [...view.notices, { code, message, ...(model ? { model } : {}) }] };
    }
    default:
      return view;
  }
}

/** The messages of a thread of the agent; another graph may call anything so. */
function messagesOf(thread: Thread, state: Values): readonly Message[] {
  return thread.graph === AGENT ? ((state['messages'] ?? []) as readonly Message[]) : [];
}

/** Channels of the engine that the view is made of. */
const SHOWN: readonly string[] = [INTERRUPTS, NEXT, SENDS];

/** The writes that the view shows: the snapshot that it begins with has nothing else, such as subgraphs that are open. */
const shown = ({ writes }: Delta): Delta['writes'] =>
  writes.filter(([name]) => SHOWN.includes(name) || !(name.startsWith('~') || name.includes('/')));

/** The text of a message that is being written. */
interface Live {
  readonly id: string;
  readonly text: string;
}

function withText(live: Live | undefined, event: RunEvent): Live | undefined {
  switch (event.type) {
    case 'text-start':
      return { id: event.id, text: '' };
    case 'text-delta':
      return { id: event.id, text: (live?.id === event.id ? live.text : '') + event.text };
    case 'run-start':
    case 'run-end':
      return undefined;
    default:
      return live;
  }
}

/**
 * Watches a thread.
 *
 * @param onChange called with the whole view whenever something has changed: once per batch of events.
 * @returns the function that ends it.
 * @example
 * const stop = watchThread(agent.thread(), ({ messages, streaming }) => render(messages, streaming));
 */
export function watchThread(thread: Thread, onChange: (view: ThreadView) => void): () => void {
  let view = EMPTY_VIEW;
  let values: Values = {};
  let live: Live | undefined;
  let stopped = false;
  let reading: Promise<void> | undefined;
  /** How often something has asked to look: also while a look is under way. */
  let looks = 0;
  /** Versions that arrived while the snapshot was on its way. */
  const early: Delta[] = [];

  const show = (): void => {
    if (stopped) return;
    // A message that is stored is shown as such, whether its text came before or after it.
    const stored = live === undefined || view.messages.some(({ id }) => id === live?.id);
    const { loaded, running } = view;
    const due = frontier(values).nodes.length + sends(values).length > 0;
    const unfinished = loaded && !running && due && view.interrupts.length === 0;
    const { id: streamingId, text: streaming } = (stored ? undefined : live) ?? { id: '', text: '' };
    onChange({ ...view, unfinished, streaming, streamingId });
  };

  const take = (next: Values, version: number): void => {
    values = next;
    const state = userState(values);
    view = {
      ...view,
      loaded: true,
      version,
      state,
      messages: messagesOf(thread, state),
      interrupts: interrupts(values),
    };
  };

  const advance = (event: Delta): void => {
    if (reading) early.push(event);
    else if (event.version === view.version + 1) take(apply(values, shown(event)), event.version);
    else if (event.version > view.version) refresh();
  };

  const read = async (): Promise<void> => {
    for (let asked = -1; asked !== looks;) {
      // What came in before something asked to look again may never have been stored.
      if (asked >= 0) early.length = 0;
      asked = looks;
      const stored = await thread.state();
      if (stopped) return;
      const own = { [INTERRUPTS]: stored?.interrupts ?? [], [NEXT]: { step: 0, nodes: stored?.next ?? [] } };
      take({ ...stored?.state, ...own }, stored?.version ?? 0);
    }
    reading = undefined;
    for (const event of early.splice(0)) {
      // A gap that is left closes with the checkpoint at the end of the run.
      if (event.version === view.version + 1) take(apply(values, shown(event)), event.version);
    }
    show();
  };

  const refresh = (): void => {
    looks++;
    reading ??= read().catch(() => {
      // The host is gone or cannot be started: whoever sends learns why.
      reading = undefined;
    });
  };

  const unsubscribe = thread.subscribe(
    (batch) => {
      for (const event of batch) {
        live = withText(live, event);
        if (event.type === 'state-delta') advance(event);
        else view = reduce(view, event);
        // What began elsewhere than here, was not stored in the end, or was stored by another tab asks for a fresh look.
        if (event.type === 'run-start' && !reading && event.version !== view.version) refresh();
        if (event.type === 'run-end' && event.status === 'failed') refresh();
        if (event.type === 'checkpoint' && (reading || event.version !== view.version)) refresh();
      }
      show();
    },
    { from: 0 },
  );
  show();
  refresh();
  return () => {
    stopped = true;
    unsubscribe();
  };
}
