/** Follows the references within a schema. */
import { isRecord } from '../core/index.ts';
import type { JsonSchema } from '../core/index.ts';

/** The parts of a JSON pointer, decoded. Source: RFC 6901, and its form as a URI fragment. */
export function pointerParts(pointer: string): readonly string[] {
  const decode = (part: string): string => {
    const plain = part.replaceAll('~1', '/').replaceAll('~0', '~');
    try {
      return decodeURIComponent(plain);
    } catch {
      return plain;
    }
  };
  return pointer.replace(/^#/, '').split('/').slice(1).map(decode);
}

/** References that lead to references: more than these lead nowhere. */
const LONGEST_CHAIN = 16;

/** What a pointer such as `#/$defs/item` leads to in a schema; undefined for nothing, or for no pointer. */
export function pointed(root: JsonSchema, ref: string): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined;
  let found: unknown = root;
  for (const part of pointerParts(ref)) {
    const isInside = typeof found === 'object' && found !== null && Object.hasOwn(found, part);
    found = isInside ? (found as Readonly<Record<string, unknown>>)[part] : undefined;
  }
  return found;
}

/** The schema itself, or what its reference leads to. */
export function resolved(root: JsonSchema, schema: unknown): JsonSchema | undefined {
  let found = schema;
  for (let i = 0; i < LONGEST_CHAIN; i++) {
    if (!isRecord(found)) return undefined;
    const { $ref } = found;
    if (typeof $ref !== 'string') return found;
    found = pointed(root, $ref);
  }
  return undefined;
}
