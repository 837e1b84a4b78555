/** The page's half of a benchmark: keeps a worker per contender and hands each one measurement at a time. */
import type { Found, Order, Reply } from './contender.ts';

/** Listens at a port for one run; resolves with the number of events once the last one was handled. */
export type Watch = (port: MessagePort) => Promise<number>;

/** What the driver calls, as `globalThis.bench`. */
export interface Bench {
  start(name: string, url: string): void;
  run(name: string, scenario: string, units: number, watched: boolean): Promise<{ found: Found; events: number }>;
  stop(name: string): void;
}

/** Milliseconds after which a contender that does not answer has failed. */
const PATIENCE = 60_000;

/** Makes `globalThis.bench`. @param watch what the page does in a scenario that it watches */
export function installBench(watch?: Watch): void {
  const workers = new Map<string, Worker>();
  const bench: Bench = {
    start(name, url) {
      workers.set(name, new Worker(url, { type: 'module' }));
    },
    async run(name, scenario, units, watched) {
      const worker = workers.get(name);
      if (!worker) throw new Error(`There is no worker ${name}.`);
      if (!watched) return { found: await inTime(ask(worker, { scenario, units, port: undefined })), events: 0 };
      if (!watch) throw new Error('This page watches nothing.');
      const { port1, port2 } = new MessageChannel();
      const [events, found] = await inTime(Promise.all([watch(port1), ask(worker, { scenario, units, port: port2 })]));
      return { found, events };
    },
    stop(name) {
      workers.get(name)?.terminate();
      workers.delete(name);
    },
  };
  Object.assign(globalThis, { bench });
}

function ask(worker: Worker, order: Order): Promise<Found> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ('found' in data) resolve(data.found);
      else reject(new Error(data.error));
    };
    worker.onerror = (event) => {
      reject(new Error(`The worker failed: ${event.message}`));
    };
    worker.postMessage(order, order.port ? [order.port] : []);
  });
}

/** The same answer, or a rejection where none comes. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`There was no answer within ${PATIENCE / 1000} s.`));
    }, PATIENCE);
    void answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
