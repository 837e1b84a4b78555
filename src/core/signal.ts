/** Abort helpers. Cancelling is always an AbortSignal; its reason is always an AgentError. */
import { AgentError, asAgentError } from './errors.ts';

const FIX = 'Nothing is wrong; start it again if it is still wanted.';

/** The error for something that was stopped on purpose. */
export function stopError(message = 'It was stopped.'): AgentError {
  return new AgentError('aborted', message, { fix: FIX });
}

/** The error for what a signal has stopped: its reason, if that says more than that it was stopped. */
export function abortError(signal: AbortSignal): AgentError {
  const reason: unknown = signal.reason;
  return reason instanceof DOMException ? stopError() : asAgentError(reason, 'aborted', FIX);
}

/**
 * The value of `work`, unless `signal` aborts first: then it rejects with {@link abortError}, and what `work` does
 * afterwards is ignored.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => {
      reject(abortError(signal));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
