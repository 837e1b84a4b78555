/** The page: listens as the handle of a thread does, and counts what arrives. */
import { eventFromWire } from '../../../src/wire/index.ts';
import type { WireEvent } from '../../../src/wire/index.ts';
import { installBench } from '../harness/page.ts';

installBench(
  (port) =>
    new Promise((resolve, reject) => {
      let count = 0;
      port.onmessage = (message: MessageEvent<readonly WireEvent[]>) => {
        const events = message.data.map(eventFromWire);
        count += events.length;
        const end = events.at(-1);
        if (end?.type !== 'run-end') return;
        port.postMessage('unsubscribe');
        port.close();
        if (count === end.seq + 1) resolve(count);
        else reject(new Error(`${count} of ${end.seq + 1} events arrived.`));
      };
    }),
);
