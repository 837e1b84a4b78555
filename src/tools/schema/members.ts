/** The keywords for lists and objects. */
import { stableText } from '../../core/index.ts';
import { every } from './check.ts';
import type { Check, Maker, Makers, Part, Seen, Site } from './check.ts';
import { counted, expression, isPatterned } from './kinds.ts';
import { sized } from './scalars.ts';

type Key = string | number;

/** Checks the items of a list or the properties of an object, each by what is found for it. */
const members =
  (find: (key: Key, seen: Seen | undefined) => Check | undefined): Check =>
  (value, run, seen) => {
    let fits = true;
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value as object)) {
      const check = find(key, seen);
      if (!check) continue;
      seen?.add(key);
      if (run.at(key, check, (value as Record<Key, unknown>)[key])) continue;
      if (!run.faults) return false;
      fits = false;
    }
    return fits;
  };

/** Checks those members for which nothing else is said. */
const others =
  (isTaken: (part: Part, key: Key, seen: Seen | undefined) => boolean | undefined): Maker<unknown> =>
  (given, part, { compile }) => {
    const check = compile(given);
    return members((key, seen) => (isTaken(part, key, seen) ? undefined : check));
  };

/** The parts that come first in a list, each with a place of its own. */
const firsts = ({ prefixItems, items }: Part): readonly unknown[] =>
  [prefixItems, items].find((parts) => Array.isArray(parts)) ?? [];

const placed: Maker<readonly unknown[]> = (given, _part, { compile }) => {
  const checks = given.map(compile);
  return members((index) => checks[index as number]);
};

const rest = others((part, index) => (index as number) < firsts(part).length);

export const unseen = others((_part, key, seen) => seen?.has(key));

export const LISTS: Makers = {
  ...sized('Items', 'item', ({ length }: readonly unknown[]) => length),
  uniqueItems: (given: boolean) => (value, run) => {
    const list = value as readonly unknown[];
    return !given || new Set(list.map(stableText)).size === list.length || run.fail('No two items may be alike.');
  },
  prefixItems: placed,
  items: (given: unknown, part, site) => (Array.isArray(given) ? placed(given, part, site) : rest(given, part, site)),
  additionalItems: (given: unknown, part, site) => rest(Array.isArray(part['items']) ? given : true, part, site),
  contains: (given: unknown, part, { compile }) => {
    const check = compile(given);
    const { minContains = 1, maxContains = Infinity } = part as { minContains?: number; maxContains?: number };
    return (value, run, seen) => {
      let found = 0;
      for (const [index, item] of (value as readonly unknown[]).entries()) {
        if (!run.tries(check, item)) continue;
        seen?.add(index);
        found++;
      }
      if (found >= minContains && found <= maxContains) return true;
      const [bound, words] = found < minContains ? [minContains, 'least'] : [maxContains, 'most'];
      return run.fail(`It must have at ${words} ${counted(bound, 'item')} that fit.`);
    };
  },
};

const missing: Maker<readonly string[]> = (given) => {
  const names = [...given];
  return (value, run) => {
    let absent = 0;
    for (const name of names) {
      if (Object.hasOwn(value as object, name)) continue;
      absent++;
      run.fail('It is required.', name);
    }
    return absent === 0;
  };
};

/** The checks of a record of schemas; a list in it names properties. */
const compiled = (given: Part, part: Part, site: Site): readonly (readonly [string, Check])[] =>
  Object.entries(given).map(([name, inner]) => [
    name,
    Array.isArray(inner) ? missing(inner, part, site) : site.compile(inner),
  ]);

/** What is asked for where a property is there: other properties, or a schema. */
const dependent: Maker<Part> = (...given) => {
  const asked = compiled(...given);
  return (value, run, seen) =>
    run.all(asked, ([name, check]) => !Object.hasOwn(value as object, name) || check(value, run, seen));
};

export const OBJECTS: Makers = {
  required: missing,
  ...sized('Properties', 'field', (value: object) => Object.keys(value).length),
  dependentRequired: dependent,
  propertyNames: (given: unknown, _part, { compile }) => {
    const check = compile(given);
    return (value, run) =>
      run.all(Object.keys(value as object), (key) => run.tries(check, key) || run.fail('Its name does not fit.', key));
  },
  properties: (...given: [Part, Part, Site]) => {
    const checks = new Map<Key, Check>(compiled(...given));
    return members((key) => checks.get(key));
  },
  patternProperties: (...given: [Part, Part, Site]) =>
    every(
      compiled(...given).map(([source, check]) => {
        const pattern = expression(source);
        return members((key) => (pattern.test(key as string) ? check : undefined));
      }),
    ),
  additionalProperties: others(
    (part, key) => Object.hasOwn(part['properties'] ?? {}, key) || isPatterned(part, key as string),
  ),
  dependentSchemas: dependent,
  dependencies: dependent,
};
