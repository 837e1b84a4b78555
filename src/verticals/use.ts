/** Brings verticals to an agent: checks them, orders them by what they depend on, loads each once. */
import { AgentError } from '../core/index.ts';
import type { Stage } from '../core/index.ts';
import { Installed } from './installed.ts';
import type { Environment, UseOptions, VerticalAgent, VerticalHandle } from './installed.ts';
import { checkVertical } from './manifest.ts';
import type { Vertical } from './manifest.ts';
import { inUse, isTold, tell } from './shared.ts';
import { satisfies } from './version.ts';

/** A vertical, and what it may do. */
export type VerticalUse = readonly [vertical: Vertical, options?: UseOptions];

function incompatible(message: string, fix: string, details: unknown): AgentError {
  return new AgentError('vertical-incompatible', message, { fix, details });
}

/** Refuses what this page cannot have, before anything is loaded. */
function admit(vertical: unknown, { grant = [] }: UseOptions, { engine, origin }: Environment): Vertical {
  const checked = checkVertical(vertical, origin);
  const { id, version, capabilities = [] } = checked;
  if (!satisfies(engine, checked.engine)) {
    throw incompatible(
      `"${id}" ${version} is for inpage ${checked.engine}, and this is ${engine}.`,
      'Use a version of the one that is for the other.',
      { id, version, engine },
    );
  }
  if ((checked.stages ?? []).length > 0 && !isTold(checked)) {
    throw incompatible(
      `"${id}" ${version} has stages, which an agent can only be given at its beginning.`,
      'Make the agent by createAgent(withVerticals(options, [vertical])), with the same stages.',
      { id, version },
    );
  }
  const strange = grant.filter((one) => !capabilities.includes(one));
  if (strange.length > 0) {
    throw new AgentError('invalid-option', `"${id}" does not ask for ${strange.join(', ')}.`, {
      fix: `Grant some of what it asks for: ${capabilities.join(', ') || 'nothing'}.`,
      details: { id, capabilities },
    });
  }
  return checked;
}

/** Refuses what lacks a dependency, or would leave another one with a version that it cannot use. */
function checkRanges(vertical: Vertical, versions: ReadonlyMap<string, string>, dependents: Iterable<Vertical>): void {
  const { id, version } = vertical;
  for (const [needed, range] of Object.entries(vertical.dependencies ?? {})) {
    const there = versions.get(needed);
    if (there === undefined) {
      throw new AgentError('vertical-missing', `"${id}" needs the vertical "${needed}" ${range}, which is not there.`, {
        fix: `Bring both: useVerticals(agent, [[${needed}, …], [${id}, …]]).`,
        details: { id, needed, range },
      });
    }
    if (!satisfies(there, range)) {
      throw incompatible(`"${id}" needs "${needed}" ${range}, and there is ${there}.`, `Bring a version that fits.`, {
        id,
        needed,
        range,
        version: there,
      });
    }
  }
  for (const other of dependents) {
    const range = other.dependencies?.[id];
    if (range === undefined || satisfies(version, range)) continue;
    throw incompatible(
      `"${other.id}" needs "${id}" ${range}, so it cannot be ${version}.`,
      'Replace both, or neither.',
      {
        ...{ id: other.id, needed: id, range, version },
      },
    );
  }
}

/** Those that are given, each after all that it depends on. Throws `vertical-cycle`. */
function ordered(given: ReadonlyMap<string, VerticalUse>): readonly VerticalUse[] {
  const done = new Map<string, VerticalUse>();
  const visit = (use: VerticalUse, path: readonly string[]): void => {
    const [{ id, dependencies = {} }] = use;
    if (done.has(id)) return;
    const at = path.indexOf(id);
    if (at >= 0) {
      const cycle = [...path.slice(at), id];
      throw new AgentError('vertical-cycle', `These verticals depend on each other: ${cycle.join(' → ')}.`, {
        fix: 'Take out one of the dependencies.',
        details: { cycle },
      });
    }
    for (const needed of Object.keys(dependencies)) {
      const next = given.get(needed);
      if (next) visit(next, [...path, id]);
    }
    done.set(id, use);
  };
  for (const use of given.values()) visit(use, []);
  return [...done.values()];
}

/** Makes `useVerticals()` for a page. */
export function createUse(environment: Environment) {
  return async function useVerticals(
    agent: VerticalAgent,
    uses: readonly VerticalUse[],
  ): Promise<readonly VerticalHandle[]> {
    const all = inUse(agent.verticals);
    const given = new Map<string, VerticalUse>();
    for (const [vertical, options = {}] of uses) {
      const checked = admit(vertical, options, environment);
      given.set(checked.id, [checked, options]);
    }
    const order = ordered(given);
    // The one that is there already stays, as with the names of elements.
    const versions = new Map([...order.map(([one]) => one), ...all.values()].map(({ id, version }) => [id, version]));
    const fresh = order.filter(([{ id }]) => !all.has(id));
    for (const [vertical] of fresh) checkRanges(vertical, versions, []);
    for (const [{ id, version }, options = {}] of fresh) {
      const [vertical] = given.get(id) ?? [];
      if (!vertical) continue;
      const installed = new Installed(agent, environment, all, vertical, options);
      all.set(id, installed);
      installed.ready.catch(() => {
        if (all.get(id) === installed && installed.version === version) all.delete(id);
      });
    }
    const found = order.flatMap(([{ id, version }]) => {
      const installed = all.get(id);
      if (installed && installed.version !== version) {
        console.warn(`inpage: "${id}" ${installed.version} is in use already, so ${version} is not; see replace().`);
      }
      return installed ? [installed] : [];
    });
    await Promise.all(found.map(({ ready }) => ready));
    return uses.flatMap(([{ id }]) => {
      const installed = found.find((one) => one.id === id);
      return installed ? [handleOf(installed, all, environment)] : [];
    });
  };
}

function handleOf(installed: Installed, all: Map<string, Installed>, environment: Environment): VerticalHandle {
  return {
    get id() {
      return installed.id;
    },
    get version() {
      return installed.version;
    },
    get granted() {
      return installed.granted;
    },
    get isOn() {
      return installed.isOn;
    },
    get isTold() {
      return installed.isTold;
    },
    async replace(given, options = installed.options) {
      const vertical = admit(given, options, environment);
      if (vertical.id !== installed.id) {
        throw new AgentError('invalid-option', `"${vertical.id}" cannot take the place of "${installed.id}".`, {
          fix: 'Give another version of the same vertical.',
        });
      }
      const others = [...all.values()].filter((other) => other !== installed);
      const versions = new Map(others.map(({ id, version }) => [id, version]));
      checkRanges(
        vertical,
        versions,
        others.map((other) => other.vertical),
      );
      await installed.replace(vertical, options);
    },
    runWorkflow: installed.runWorkflow,
    remove() {
      installed.remove();
    },
  };
}

/**
 * Options of an agent with the instructions and stages of some verticals, which a language model is told. They are known
 * without the code of the verticals.
 *
 * @example
 * const agent = createAgent(withVerticals({ instructions: 'Be brief.' }, [forms]));
 */
export function withVerticals<T extends { readonly instructions?: string; readonly stages?: readonly Stage[] }>(
  options: T,
  verticals: readonly Vertical[],
): T {
  verticals.forEach(tell);
  const instructions = [options.instructions, ...verticals.map(({ prompts }) => prompts?.instructions)].filter(Boolean);
  const stages = [...(options.stages ?? []), ...verticals.flatMap((one) => one.stages ?? [])];
  return {
    ...options,
    ...(instructions.length > 0 ? { instructions: instructions.join('\n\n') } : {}),
    ...(stages.length > 0 ? { stages } : {}),
  };
}
