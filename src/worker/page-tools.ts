/** Tools whose code lives in the page, as the host's registry sees them. */
import type { Remote } from 'comlink';
import { abortable, abortError, randomId } from '../core/index.ts';
import type { Tool, ToolSpec } from '../core/index.ts';
import type { PageTools } from '../wire/index.ts';

/** Milliseconds that a page may take to name candidates; a model does not wait longer for a hint. */
const SUGGEST_TIMEOUT = 2000;

/** Where a running call's progress goes. */
export type ProgressListeners = Map<string, (value: unknown) => void>;

/** A tool that runs over the port. Aborting reaches the page at once; its answer is then no longer waited for. */
export function pageTool(spec: ToolSpec, page: Remote<PageTools>, progress: ProgressListeners): Tool {
  const { name } = spec;
  const tool: Tool = {
    ...spec,
    async run(input, context) {
      if (context.signal.aborted) throw abortError(context.signal);
      // Unlike any other, also one of an earlier offer of the same tool.
      const callId = randomId();
      const abort = (): void => {
        void page.abort(callId);
      };
      progress.set(callId, (value) => {
        context.progress(value);
      });
      context.signal.addEventListener('abort', abort, { once: true });
      try {
        return await page.run(callId, name, input, context.idempotencyKey);
      } finally {
        context.signal.removeEventListener('abort', abort);
        progress.delete(callId);
      }
    },
  };
  if (!spec.suggests) return tool;
  return {
    ...tool,
    suggest: (field, query) => abortable(page.suggest(name, field, query), AbortSignal.timeout(SUGGEST_TIMEOUT)),
  };
}
