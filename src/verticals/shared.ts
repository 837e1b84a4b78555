/** What all copies of this code on a page share: the code that has been loaded, and what each host has in use. */
import { AgentError, asAgentError, isRecord, stableText } from '../core/index.ts';
import type { AgentVerticals } from '../core/index.ts';
import type { Vertical } from './manifest.ts';
import type { Activate } from './page-half.ts';
import type { Installed } from './installed.ts';

export interface Shared {
  /** The page halves by id@version. */
  readonly code: Map<string, Promise<Activate>>;
  /** What is in use, by host and id. */
  readonly hosts: WeakMap<AgentVerticals, Map<string, Installed>>;
  /** What agents of this page are told from their beginning: instructions and stages, each with its vertical. */
  readonly told?: Set<string>;
}

/** Raised when two versions of this code could no longer share; each then has a place of its own. */
const KEY = Symbol.for('inpage.verticals.1');

const isShared = (found: unknown): found is Shared =>
  isRecord(found) && found['code'] instanceof Map && found['hosts'] instanceof WeakMap;

let own: Shared | undefined;

function shared(): Shared {
  const page = globalThis as unknown as Record<symbol, unknown>;
  const found = page[KEY];
  if (isShared(found)) return found;
  const fresh: Shared = (own ??= { code: new Map(), hosts: new WeakMap(), told: new Set() });
  // What somebody else has put there stays theirs.
  if (found === undefined) page[KEY] = fresh;
  return fresh;
}

const wordsOf = ({ id, prompts, stages = [] }: Vertical): string =>
  stableText([id, prompts?.instructions ?? '', stages]);

/** Notes that an agent is told what a vertical has for models. */
export function tell(vertical: Vertical): void {
  shared().told?.add(wordsOf(vertical));
}

/** Whether some agent of this page has been told what a vertical has for models; also where it has nothing. */
export function isTold(vertical: Vertical): boolean {
  const { prompts, stages = [] } = vertical;
  return (stages.length === 0 && prompts?.instructions === undefined) || shared().told?.has(wordsOf(vertical)) === true;
}

/** What a host has in use, by id. */
export function inUse(verticals: AgentVerticals): Map<string, Installed> {
  const { hosts } = shared();
  const known = hosts.get(verticals) ?? new Map<string, Installed>();
  hosts.set(verticals, known);
  return known;
}

async function read(vertical: Vertical, load: (vertical: Vertical) => Promise<unknown>): Promise<Activate> {
  const { id, version } = vertical;
  let found: unknown;
  try {
    found = await load(vertical);
  } catch (error) {
    const fix = 'See why, then call useVertical() again: it tries anew.';
    throw asAgentError(error, 'vertical-failed', fix, `The code of "${id}" ${version} could not be loaded: `);
  }
  const activate = typeof found === 'object' && found !== null && 'activate' in found ? found.activate : undefined;
  if (typeof activate === 'function') return activate as Activate;
  const fault = 'its code exports no function `activate`';
  throw new AgentError('invalid-vertical', `The vertical "${id}" ${version} is not usable: ${fault}.`, {
    fix: 'Let it be a module with `export function activate(host) { … }`.',
    details: { faults: [fault] },
  });
}

/**
 * The page half of a vertical, loaded once for all agents and all copies of this code. What could not be loaded is
 * forgotten, so that the next call tries again.
 */
export function codeOf(vertical: Vertical, load: (vertical: Vertical) => Promise<unknown>): Promise<Activate> {
  const { code } = shared();
  const key = `${vertical.id}@${vertical.version}`;
  const known = code.get(key);
  if (known) return known;
  const loading = read(vertical, load);
  code.set(key, loading);
  loading.catch(() => {
    if (code.get(key) === loading) code.delete(key);
  });
  return loading;
}
