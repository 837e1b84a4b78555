/** The events of one run of a workflow, with its progress between them. */
import { abortError, asAgentError, createQueue, doneTasks, stopError } from '../core/index.ts';
import type { RunEvent } from '../core/index.ts';
import type { Thread, TurnResult, WorkflowStream } from '../client/index.ts';
import { createProgress } from '../workflow/index.ts';
import type { WorkflowEvent, WorkflowResult, WorkflowSpec } from '../workflow/index.ts';

export interface StreamOptions {
  readonly threadId: string;
  readonly signal: AbortSignal | undefined;
  /** Opens the thread. */
  readonly open: () => Promise<{ readonly thread: Thread; readonly spec: WorkflowSpec | undefined }>;
  readonly begin: (thread: Thread, signal: AbortSignal) => Promise<TurnResult>;
  readonly resultOf: (thread: Thread, turn: TurnResult) => Promise<WorkflowResult>;
}

/** Begins a run. Whoever asks for its result alone need not read its events. */
export function streamOf({ threadId, signal, open, begin, resultOf }: StreamOptions): WorkflowStream {
  const stop = new AbortController();
  const queue = createQueue<WorkflowEvent>(Infinity, () => {
    stop.abort(stopError());
  });
  if (signal?.aborted) stop.abort(abortError(signal));
  else {
    signal?.addEventListener(
      'abort',
      () => {
        stop.abort(abortError(signal));
      },
      { once: true },
    );
  }

  const follow = async (): Promise<WorkflowResult> => {
    const { thread, spec } = await open();
    const progress = createProgress(spec, doneTasks(await thread.history()));
    let runId: string | undefined;
    let ended: (() => void) | undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const take = (event: RunEvent): void => {
      // The run that begins now; one that is under way on the thread comes before it.
      if (event.type === 'run-start') runId ??= event.runId;
      if (event.runId !== runId) return;
      const value = progress(event);
      if (value !== undefined) queue.push({ type: 'progress', value });
      queue.push(event);
      if (event.type === 'run-end') ended?.();
    };
    const unsubscribe = thread.subscribe((batch) => {
      batch.forEach(take);
    });
    try {
      const turn = await begin(thread, stop.signal);
      await end;
      return await resultOf(thread, turn);
    } finally {
      unsubscribe();
    }
  };
  const result = follow();
  result.then(
    ({ status, error }) => {
      queue.end(status === 'failed' ? error : undefined);
    },
    (error: unknown) => {
      queue.end(asAgentError(error, 'node-failed', 'Mend the cause, then go on with the thread.'));
    },
  );
  return {
    ...{ threadId, result },
    cancel() {
      stop.abort(stopError());
    },
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
  };
}
