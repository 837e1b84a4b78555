/** The ladder: tries one way after another to start a host, until one says hello within its time. */
import { transfer, wrap } from 'comlink';
import type { Remote } from 'comlink';
import { abortable, AgentError, errorText } from '../core/index.ts';
import type { Hello, HostApi, Welcome } from '../wire/index.ts';

/** One way to start a host. */
export interface Rung {
  readonly kind: 'worker' | 'blob' | 'page';
  start(): Worker | MessagePort | Promise<Worker | MessagePort>;
}

/** A host that has answered. */
export interface Connected {
  readonly kind: Rung['kind'];
  readonly remote: Remote<HostApi>;
  readonly welcome: Welcome;
  /** Why each rung above did not hold. */
  readonly failures: readonly string[];
  /** Ends the worker, or lets go of the port. */
  readonly end: () => void;
}

/** Milliseconds that a worker may take to load and answer: about ten times what a slow one was seen to take. */
const DEADLINE = 8000;

/** Rejects when the endpoint reports that its script could not be loaded or did not run. */
function whenBroken(endpoint: Worker | MessagePort, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (!(endpoint instanceof Worker)) return;
    endpoint.addEventListener(
      'error',
      (event) => {
        // It is dealt with here; the page's own error reports need not hear of it.
        event.preventDefault();
        // A policy's refusal comes as an event without a message.
        reject(new Error(event.message || 'the browser or a Content-Security-Policy refused the worker'));
      },
      { signal },
    );
  });
}

async function climb(
  rung: Rung,
  hello: Hello,
  serveTools: (port: MessagePort) => void,
  deadline: number,
): Promise<Omit<Connected, 'failures'>> {
  const endpoint: unknown = await rung.start();
  if (!(endpoint instanceof Worker || endpoint instanceof MessagePort)) {
    throw new AgentError('invalid-option', 'What should start the worker gave neither a Worker nor a MessagePort.', {
      fix: 'Return one of them from createAgent({ worker }).',
    });
  }
  const control = new MessageChannel();
  const tools = new MessageChannel();
  const end = (): void => {
    control.port1.close();
    tools.port1.close();
    if (endpoint instanceof Worker) endpoint.terminate();
    else endpoint.close();
  };
  const listening = new AbortController();
  try {
    endpoint.postMessage({ type: 'inpage-connect', port: control.port2 }, [control.port2]);
    serveTools(tools.port1);
    const remote = wrap<HostApi>(control.port1);
    const answer = remote.hello(hello, transfer(tools.port2, [tools.port2]));
    const late = AbortSignal.timeout(deadline);
    const welcome = await abortable(Promise.race([answer, whenBroken(endpoint, listening.signal)]), late);
    return { kind: rung.kind, remote, welcome, end };
  } catch (error) {
    end();
    throw error;
  } finally {
    listening.abort();
  }
}

/**
 * Starts a host on the first rung that holds.
 *
 * @param deadline milliseconds that each rung has.
 * @throws AgentError `worker-failed`, with the reason of every rung; or what the host itself answered, such as
 *   `unknown-model`: a host that answers is not tried again elsewhere.
 */
export async function startHost(
  rungs: readonly Rung[],
  hello: Hello,
  serveTools: (port: MessagePort) => void,
  deadline = DEADLINE,
): Promise<Connected> {
  const failures: string[] = [];
  for (const rung of rungs) {
    try {
      return { ...(await climb(rung, hello, serveTools, deadline)), failures };
    } catch (error) {
      if (error instanceof AgentError && error.code !== 'aborted') throw error;
      failures.push(`${rung.kind}: ${error instanceof AgentError ? 'no answer in time' : errorText(error)}`);
    }
  }
  throw new AgentError('worker-failed', `The agent could not be started. ${failures.join('; ')}.`, {
    fix: "Allow workers in the page's Content-Security-Policy (worker-src 'self' blob:), or pass createAgent({ worker }).",
    details: { failures },
  });
}
