/** How the stock host is started by the script tag: from the text of a function that came with the script. */
import type { Rung } from './ladder.ts';
import { scriptUrl } from './trusted-types.ts';

/** The stock worker as a function of its global scope; the build puts it here. It refers to nothing outside itself. */
declare const __INPAGE_WORKER__: (self: MessagePort) => void;

/** Starts a classic worker from the function's text: it needs no second request and inherits the page's policy. */
function startBlob(): Worker {
  const text = `(${__INPAGE_WORKER__.toString()})(self)`;
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

/** The rungs below a worker of the site's own, best first. */
export function stockRungs(): readonly Rung[] {
  return [
    { kind: 'blob', start: startBlob },
    { kind: 'page', start: () => startInPage() },
  ];
}
