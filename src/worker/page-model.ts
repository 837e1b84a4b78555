/** A model whose code lives in the page, as the host's agent sees it. */
import { transfer } from 'comlink';
import { abortable, abortError, createQueue, fromWire, toolSpec } from '../core/index.ts';
import type { Model, ModelPart, PageModelInfo } from '../core/index.ts';
import type { WireModelAnswer } from '../wire/index.ts';
import type { Page } from './page-tools.ts';

/** A model that answers over the port. Stopping reaches the page at once; what still comes is not waited for. */
export function pageModel({ id, generative, contextTokens, nativeTools }: PageModelInfo, page: Page): Model {
  return {
    id,
    generative,
    contextTokens,
    nativeTools,
    async *stream({ tools, ...request }, { signal }) {
      const { port1, port2 } = new MessageChannel();
      const parts = createQueue<ModelPart>(Infinity, () => undefined);
      const ended = AbortSignal.any([signal, page.gone]);
      const stop = (): void => {
        parts.end(abortError(ended));
      };
      port1.onmessage = ({ data }: MessageEvent<WireModelAnswer>) => {
        if ('part' in data) parts.push(data.part);
        else parts.end('error' in data ? fromWire(data.error) : undefined);
      };
      ended.addEventListener('abort', stop);
      if (ended.aborted) stop();
      try {
        const asked = page.remote.answer({ ...request, tools: tools.map(toolSpec) }, transfer(port2, [port2]));
        await abortable(asked, ended);
        yield* parts;
      } finally {
        ended.removeEventListener('abort', stop);
        port1.postMessage('stop');
        port1.close();
      }
    },
  };
}
