/** The last rung of the ladder: a host in the page itself, reached as a worker would be. */
import { serve } from './stock.ts';

/** Starts a host in this realm and returns the port to it. */
export function serveInPage(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  serve({}, port2);
  port2.start();
  return port1;
}
