/** A host in the page, reached over a port as a worker would be. Each call of the starter is a host of its own. */
import { serve } from '../../src/worker/index.ts';
import type { Host } from '../../src/worker/index.ts';

/** A starter for `createAgent({ worker })`. */
export function hostStarter(host: Host): () => MessagePort {
  return () => {
    const { port1, port2 } = new MessageChannel();
    serve(host, port2);
    port2.start();
    return port1;
  };
}
