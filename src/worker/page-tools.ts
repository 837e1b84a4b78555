/** Tools whose code lives in the page, as the host's registry sees them. */
import type { Remote } from 'comlink';
import { abortable, abortError, asTool, randomId } from '../core/index.ts';
import type { Tool, ToolContext } from '../core/index.ts';
import type { PageApi, ToolOffer } from '../wire/index.ts';

/** Milliseconds that a page may take to name candidates; a model does not wait longer for a hint. */
const SUGGEST_TIMEOUT = 2000;

/** Where a running call's progress goes. */
export type ProgressListeners = Map<string, (value: unknown) => void>;

/** The page that tools and models run in. */
export interface Page {
  readonly remote: Remote<PageApi>;
  /** Aborted, with what to tell, when the page is gone. */
  readonly gone: AbortSignal;
  readonly progress: ProgressListeners;
}

/**
 * A tool that runs over the port. Aborting reaches the page at once; its answer is then no longer waited for, and
 * neither is that of a page that is gone.
 */
export function pageTool({ id, spec }: ToolOffer, { remote, gone, progress }: Page): Tool {
  const call = async (context: ToolContext, work: (callId: string) => Promise<unknown>): Promise<unknown> => {
    if (context.signal.aborted) throw abortError(context.signal);
    // Unlike any other, also one of an earlier offer of the same tool.
    const callId = randomId();
    const abort = (): void => {
      void remote.abort(callId);
    };
    progress.set(callId, (value) => {
      context.progress(value);
    });
    context.signal.addEventListener('abort', abort, { once: true });
    try {
      return await abortable(work(callId), gone);
    } finally {
      context.signal.removeEventListener('abort', abort);
      progress.delete(callId);
    }
  };
  const { suggests, checks, summarizes, undoes } = spec;
  return asTool({
    ...spec,
    run: (input, context) => call(context, (callId) => remote.run(callId, id, input, context.idempotencyKey)),
    ...(suggests
      ? {
          suggest: (field: string, query: string) =>
            abortable(remote.suggest(id, field, query), AbortSignal.timeout(SUGGEST_TIMEOUT)),
        }
      : {}),
    ...(checks ? { check: (input: unknown) => abortable(remote.check(id, input), gone) } : {}),
    ...(summarizes ? { summary: (input: unknown) => abortable(remote.summary(id, input), gone) } : {}),
    ...(undoes
      ? {
          undo: (done: { input: unknown; output: unknown }, context: ToolContext) =>
            call(context, (callId) => remote.undo(callId, id, done, context.idempotencyKey)),
        }
      : {}),
  });
}
