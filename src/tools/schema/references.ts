/** What the parts of a schema are called, and what a reference leads to. */
import { isRecord } from '../../core/index.ts';
import type { Part } from './check.ts';
import { refuse } from './kinds.ts';

/** The address of a schema that names none. */
const HERE = 'schema:/';

/** Keywords with data, and keywords with schemas by names, none of which is a keyword. */
const DATA = ['const', 'default', 'enum', 'examples'];
export const NAMED: readonly string[] =
  'properties patternProperties $defs definitions dependentSchemas dependentRequired dependencies'.split(' ');

const addressOf = (reference: string, base: string): string => new URL(reference, base).href.replace(/#$/, '');

/** Goes down a JSON Pointer. */
function follow(from: unknown, pointer: string): unknown {
  const [first, ...steps] = decodeURIComponent(pointer).split('/');
  let at = first === '' ? from : undefined;
  for (const step of steps) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Part)[key] : undefined;
  }
  return at;
}

/** Reads where the parts of a schema are, and gives what finds the target of a reference. */
export function references(root: unknown): (from: Part, reference: string) => unknown {
  const places = new Map<string, unknown>([[HERE, root]]);
  const bases = new Map<unknown, string>();
  const walk = (part: unknown, base: string, isNamed = false): void => {
    if (Array.isArray(part)) for (const each of part) walk(each, base);
    if (!isRecord(part)) return;
    const { $id, $anchor, $dynamicAnchor } = part;
    if (typeof $id === 'string') {
      const address = addressOf($id, base);
      places.set(address, part);
      // In older drafts it can be an anchor.
      if (!address.includes('#')) base = address;
    }
    for (const anchor of [$anchor, $dynamicAnchor]) {
      if (typeof anchor === 'string') places.set(addressOf(`#${anchor}`, base), part);
    }
    bases.set(part, base);
    for (const [key, inner] of Object.entries(part)) {
      if (isNamed || !DATA.includes(key)) walk(inner, base, !isNamed && NAMED.includes(key));
    }
  };
  walk(root, HERE);
  return (from, reference) => {
    const address = addressOf(reference, bases.get(from) ?? HERE);
    const [document = '', pointer = ''] = address.split('#');
    const target = places.get(address) ?? follow(places.get(document), pointer);
    if (target === undefined) throw refuse(`its $ref "${reference}" leads nowhere.`);
    return target;
  };
}
