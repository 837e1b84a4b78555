/** Mirrors a thread in the page: a snapshot once, then the writes of every version as they come. */
import { apply, interrupts, INTERRUPTS, userState } from '../state/index.ts';
import type { Values } from '../state/index.ts';
import type { Message, RunEvent } from '../core/index.ts';
import type { CallView, TaskView, Thread, ThreadView } from './types.ts';

/** The view of a thread that has not been read yet. */
export const EMPTY_VIEW: ThreadView = Object.freeze({
  loaded: false,
  version: 0,
  state: {},
  messages: [],
  interrupts: [],
  running: false,
  streaming: '',
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
      return { ...view, running: false, streaming: '', ended: { status, ...(error ? { error } : {}) } };
    }
    case 'node-start': {
      const step = Number.parseInt(event.task, 10);
      const task: TaskView = { task: event.task, node: event.node, step, status: 'running' };
      return { ...view, tasks: [...view.tasks, task] };
    }
    case 'node-end': {
      const { task, outcome } = event;
      return { ...view, tasks: view.tasks.map((each) => (each.task === task ? { ...each, status: outcome } : each)) };
    }
    case 'text-start':
      return { ...view, streaming: '' };
    case 'text-delta':
      return { ...view, streaming: view.streaming + event.text };
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
      const { code, message } = event;
      return { ...view, notices: [...view.notices, { code, message }] };
    }
    default:
      return view;
  }
}

function withValues(view: ThreadView, values: Values, version: number): ThreadView {
  const state = userState(values);
  const messages = (state['messages'] ?? []) as readonly Message[];
  // What was streaming is stored now, so it must not show twice.
  const streaming = messages.length === view.messages.length ? view.streaming : '';
  return { ...view, loaded: true, version, state, messages, interrupts: interrupts(values), streaming };
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
  let stopped = false;
  let reading: Promise<void> | undefined;
  /** Versions that arrived while the snapshot was on its way. */
  let early: Extract<RunEvent, { type: 'state-delta' }>[] = [];

  const read = async (): Promise<void> => {
    const stored = await thread.state();
    // The engine's own channels come with the deltas; of the snapshot only the open questions are shown.
    values = { ...stored?.state, [INTERRUPTS]: stored?.interrupts ?? [] };
    view = withValues(view, values, stored?.version ?? 0);
    reading = undefined;
    const late = early;
    early = [];
    for (const event of late) advance(event);
  };

  const advance = (event: Extract<RunEvent, { type: 'state-delta' }>): void => {
    if (reading) early.push(event);
    else if (event.version === view.version + 1) {
      values = apply(values, event.writes);
      view = withValues(view, values, event.version);
    } else if (event.version > view.version) {
      early.push(event);
      refresh();
    }
  };

  const refresh = (): void => {
    reading ??= read().then(
      () => {
        if (!stopped) onChange(view);
      },
      () => {
        // The host is gone or cannot be started: whoever sends learns why.
        reading = undefined;
      },
    );
  };

  const unsubscribe = thread.subscribe(
    (batch) => {
      for (const event of batch) {
        if (event.type === 'state-delta') advance(event);
        else view = reduce(view, event);
      }
      if (!stopped) onChange(view);
    },
    { from: 0 },
  );
  onChange(view);
  refresh();
  return () => {
    stopped = true;
    unsubscribe();
  };
}
