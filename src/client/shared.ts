/** The connections of a page, shared by all agents with the same options, also over two copies of the SDK. */
import { AgentError } from '../core/index.ts';
import { PROTOCOL } from '../wire/index.ts';
import { connect } from './connection.ts';
import type { Connection, Settings } from './connection.ts';
import type { Rung } from './ladder.ts';
import { stockRungs } from './start.ts';
import { scriptUrl } from './trusted-types.ts';
import type { AgentOptions, WorkerStarter } from './types.ts';

interface Shared {
  readonly connections: Map<string, Connection>;
  readonly starters: WeakMap<WorkerStarter, number>;
  count: number;
}

const KEY = Symbol.for(`inpage.connections.${PROTOCOL}`);

function shared(): Shared {
  const page = globalThis as unknown as Record<symbol, Shared | undefined>;
  return (page[KEY] ??= { connections: new Map(), starters: new WeakMap(), count: 0 });
}

/** What an agent's options ask of its host. */
function settingsOf(options: AgentOptions): Settings {
  const { model = 'planner', retention = {}, approval, approvalTimeout, secretFields, logTools } = options;
  return {
    model,
    retention,
    policy: {
      approval: approval ?? 'dangerous',
      ...(approvalTimeout === undefined ? {} : { approvalTimeout }),
      secretFields: secretFields ?? [],
      logTools: logTools ?? false,
    },
  };
}

/** What tells two sets of options apart. A starter is told apart by being another function. */
function keyOf(namespace: string, worker: AgentOptions['worker'], settings: Settings): string {
  const { starters } = shared();
  if (typeof worker !== 'function') return JSON.stringify([namespace, worker ? String(worker) : '', settings]);
  const number = starters.get(worker) ?? ++shared().count;
  starters.set(worker, number);
  return JSON.stringify([namespace, number, settings]);
}

function addressOf(worker: string | URL): string {
  try {
    return new URL(worker, globalThis.location.href).href;
  } catch (error) {
    throw new AgentError('invalid-option', `"${String(worker)}" is no address of a worker.`, {
      fix: 'Give a URL, absolute or relative to the page.',
      cause: error,
    });
  }
}

function rungsFor(worker: AgentOptions['worker']): readonly Rung[] {
  if (worker === undefined) return stockRungs();
  // A starter brings graphs of its own, which no other rung has: it holds or the agent says that it does not.
  if (typeof worker === 'function') return [{ kind: 'worker', start: worker }];
  const url = addressOf(worker);
  return [
    { kind: 'worker', start: () => new Worker(scriptUrl(url), { type: 'module', name: 'inpage' }) },
    ...stockRungs(),
  ];
}

/** The connection for these options: the page's, or a new one. */
export function connectionFor(options: AgentOptions): Connection {
  const { connections } = shared();
  const { namespace = 'default', worker } = options;
  const settings = settingsOf(options);
  const key = keyOf(namespace, worker, settings);
  const known = connections.get(key);
  if (known) return known;
  const connection = connect(namespace, settings, rungsFor(worker), () => {
    if (connections.get(key) === connection) connections.delete(key);
  });
  connections.set(key, connection);
  return connection;
}

/** Ends a connection for everyone who shares it. */
export async function closeConnection(connection: Connection): Promise<void> {
  const { connections } = shared();
  for (const [key, known] of connections) if (known === connection) connections.delete(key);
  await connection.close();
}
