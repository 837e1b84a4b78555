/** The connections of a page, shared by all agents with the same options, also over two copies of the SDK. */
import { AgentError } from '../core/index.ts';
import type { ModelChoice } from '../core/index.ts';
import { scriptUrl } from '../parts/index.ts';
import { PROTOCOL } from '../wire/index.ts';
import { connect } from './connection.ts';
import { defaultModel } from './default-model.ts';
import { chosenModel } from './model.ts';
import type { ChosenModel } from './model.ts';
import type { Connection, Settings } from './connection.ts';
import type { Rung } from './ladder.ts';
import { stockRungs } from './start.ts';
import type { AgentOptions } from './types.ts';

interface Shared {
  readonly connections: Map<string, Connection>;
  readonly numbers: WeakMap<object, number>;
  count: number;
}

const KEY = Symbol.for(`inpage.connections.${PROTOCOL}`);

function shared(): Shared {
  const page = globalThis as unknown as Record<symbol, Shared | undefined>;
  return (page[KEY] ??= { connections: new Map(), numbers: new WeakMap(), count: 0 });
}

/** What an agent's options ask of its host. */
function settingsOf(options: AgentOptions): Settings {
  const { record = false } = options;
  const {
    instructions,
    limits,
    budget,
    stages,
    retention = {},
    approval,
    approvalTimeout,
    secretFields,
    logTools,
  } = options;
  return {
    agent: {
      ...(instructions ? { instructions } : {}),
      ...(limits ? { limits } : {}),
      ...(budget ? { budget } : {}),
      ...(stages ? { stages } : {}),
    },
    retention,
    record,
    policy: {
      approval: approval ?? 'dangerous',
      ...(approvalTimeout === undefined ? {} : { approvalTimeout }),
      secretFields: secretFields ?? [],
      logTools: logTools ?? false,
    },
  };
}

/** Tells an object or a function apart from every other one. */
function numberOf(one: object | undefined): number {
  if (one === undefined) return 0;
  const { numbers } = shared();
  const number = numbers.get(one) ?? ++shared().count;
  numbers.set(one, number);
  return number;
}

/** What tells two sets of options apart. Code is told apart by being another object. */
function keyOf(
  namespace: string,
  worker: AgentOptions['worker'],
  chosen: ChosenModel | undefined,
  settings: Settings,
): string {
  const host = typeof worker === 'function' ? numberOf(worker) : String(worker);
  const code = [host, numberOf(chosen?.model), numberOf(chosen?.getToken)];
  return JSON.stringify([namespace, ...code, chosen?.choice, settings]);
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

/** How a worker of the site's own is started. */
function ownRungs(worker: AgentOptions['worker']): readonly Rung[] {
  if (worker === undefined) return [];
  if (typeof worker === 'function') return [{ kind: 'worker', start: worker }];
  const url = addressOf(worker);
  return [{ kind: 'worker', start: () => new Worker(scriptUrl(url), { type: 'module', name: 'inpage' }) }];
}

/** The connection for these options: the page's, or a new one. */
export function connectionFor(options: AgentOptions): Connection {
  const { connections } = shared();
  const { namespace = 'default', worker } = options;
  const chosen = options.model === undefined ? undefined : chosenModel(options.model);
  const settings = settingsOf(options);
  const key = keyOf(namespace, worker, chosen, settings);
  const known = connections.get(key);
  if (known) return known;
  const own = ownRungs(worker);
  // A starter brings graphs of its own, which no other rung has: it holds or the agent says that it does not.
  const stock = typeof worker === 'function' ? () => [] : stockRungs;
  const rungsFor = ({ kind }: ModelChoice): readonly Rung[] => [...own, ...stock(kind !== 'host')];
  const connection = connect(namespace, settings, chosen ?? defaultModel(), rungsFor, () => {
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
