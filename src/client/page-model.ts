/** The page's model, answered to the host over a port. */
import { asAgentError, toWire } from '../core/index.ts';
import type { Model } from '../core/index.ts';
import type { WireModelAnswer, WireModelRequest } from '../wire/index.ts';

/** Has a model answer on a port, until it has ended or anything comes back. */
export async function answerOn(port: MessagePort, model: Model, request: WireModelRequest): Promise<void> {
  const stop = new AbortController();
  const tell = (answer: WireModelAnswer): void => {
    port.postMessage(answer);
  };
  port.onmessage = () => {
    stop.abort();
    port.close();
  };
  try {
    for await (const part of model.stream(request, { signal: stop.signal })) {
      // One that does not heed its signal is left all the same.
      if (stop.signal.aborted) break;
      tell({ part });
    }
    tell({ end: true });
  } catch (error) {
    const fix = 'Try again; if it goes on failing, choose another model.';
    tell({ error: toWire(asAgentError(error, 'model-failed', fix, `The model "${model.id}" failed: `)) });
  }
}
