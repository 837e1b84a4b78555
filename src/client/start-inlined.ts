/** How the stock host is started by the script tag: from the text of a function that came with the script. */
import type { Rung } from './ladder.ts';
import { scriptUrl } from './trusted-types.ts';

/** The script tag: the worker for language models lies beside it, and a policy that lets it run lets that one too. */
const { src, nonce = '' } = (document.currentScript ?? {}) as Partial<HTMLScriptElement>;

/** The stock worker as a function of its global scope; the build puts it here. It refers to nothing outside itself. */
declare const __INPAGE_WORKER__: (self: MessagePort) => void;

/** The address of the worker for language models. */
const modelsUrl = (): string => new URL('worker-models.js', src ?? globalThis.location.href).href;

/** Starts a classic worker from its text, which inherits the page's policy. */
function startBlob(text: string): Worker {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return new Worker(scriptUrl(url), { name: 'inpage' });
  } finally {
    // The worker has taken its reference when the constructor returns.
    URL.revokeObjectURL(url);
  }
}

/** The same function, called in the page with a port in the place of its scope. */
function startInPage(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  __INPAGE_WORKER__(port2);
  port2.start();
  return port1;
}

/** No AgentError, which would be the host's own word: the next rung is to be tried. */
const notLoaded = (why: string): DOMException =>
  new DOMException(`${modelsUrl()} ${why}; it belongs beside the script`, 'NetworkError');

async function loadModels(): Promise<string> {
  const response = await fetch(modelsUrl());
  if (response.ok) return response.text();
  throw notLoaded(`answered ${response.status}`);
}

/** The same script in the page: it listens where a worker's script would, and gets what is for it as it would there. */
async function loadModelsInPage(): Promise<MessagePort> {
  const script = document.createElement('script');
  script.nonce = nonce;
  script.src = scriptUrl(modelsUrl());
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => {
      reject(notLoaded('could not be loaded'));
    };
    document.head.append(script);
  });
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data, ports }: MessageEvent<unknown>) => {
    globalThis.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
  };
  return port1;
}

/**
 * The rungs below a worker of the site's own, best first. The planner's worker needs no second request.
 *
 * @param hasModel whether there is a language model.
 */
export function stockRungs(hasModel: boolean): readonly Rung[] {
  if (hasModel) {
    return [
      { kind: 'blob', start: async () => startBlob(await loadModels()) },
      // Where it may be run but not read, as from another origin that says nothing of this one.
      { kind: 'blob', start: () => startBlob(`importScripts(${JSON.stringify(modelsUrl())})`) },
      { kind: 'page', start: loadModelsInPage },
    ];
  }
  return [
    { kind: 'blob', start: () => startBlob(`(${__INPAGE_WORKER__.toString()})(self)`) },
    { kind: 'page', start: () => startInPage() },
  ];
}
