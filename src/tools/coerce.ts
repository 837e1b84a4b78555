/** Makes of an input what its schema plainly wants: models write numbers as text, and text where objects belong. */
import { isRecord } from '../core/index.ts';
import type { JsonSchema } from '../core/index.ts';
import { resolved } from './schema-ref.ts';

/** Values within values; what lies deeper is left for the check to refuse. */
const DEEPEST = 64;

/** Source: RFC 8259, section 6. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What makes a schema take more properties than it names. */
const OPENING: readonly string[] = [
  'additionalProperties',
  'patternProperties',
  'unevaluatedProperties',
  'dependentSchemas',
  '$ref',
  '$dynamicRef',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
];

/** Whether a schema names all properties that there may be: it says so, or it names some and opens itself by nothing. */
function isClosed(schema: JsonSchema): boolean {
  if (schema['additionalProperties'] === false) return schema['patternProperties'] === undefined;
  return isRecord(schema['properties']) && !OPENING.some((keyword) => keyword in schema);
}

/** The properties of an object that a closed schema does not know. */
export function unknownProperties(schema: JsonSchema, input: unknown): readonly string[] {
  if (!isRecord(input) || !isClosed(schema)) return [];
  const known = isRecord(schema['properties']) ? schema['properties'] : {};
  return Object.keys(input).filter((key) => !Object.hasOwn(known, key));
}

/** The one type that a value must have unless it is null; undefined when it may have several, or any. */
function typeOf({ type }: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(type)) return type;
  const types = type.filter((each) => each !== 'null');
  return types.length === 1 ? types[0] : undefined;
}

function takesNull(schema: JsonSchema | undefined): boolean {
  const { type, anyOf, oneOf, enum: values }: Readonly<Record<string, unknown>> = schema ?? {};
  if (Array.isArray(values)) return values.includes(null);
  if (anyOf !== undefined || oneOf !== undefined) return true;
  return type === undefined || type === 'null' || (Array.isArray(type) && type.includes('null'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What a text stands for where the schema wants something else; the text itself where it stands for nothing. */
function fromText(text: string, type: unknown): unknown {
  const plain = text.trim();
  switch (type) {
    case 'number':
    case 'integer': {
      const value = NUMBER.test(plain) ? Number(plain) : NaN;
      return Number.isFinite(value) && (type === 'number' || Number.isSafeInteger(value)) ? value : text;
    }
    case 'boolean':
      return /^(?:true|false)$/i.test(plain) ? plain.length === 4 : text;
    case 'object': {
      const value = plain.startsWith('{') ? parsed(plain) : undefined;
      return isRecord(value) ? value : text;
    }
    case 'array': {
      const value = plain.startsWith('[') ? parsed(plain) : undefined;
      return Array.isArray(value) ? value : text;
    }
    default:
      return text;
  }
}

/** The branch of a union that is not null, if there is one such branch alone. */
function onlyBranch({ anyOf, oneOf }: Readonly<Record<string, unknown>>): unknown {
  const branches = anyOf ?? oneOf;
  if (!Array.isArray(branches)) return undefined;
  const others = branches.filter((branch) => !isRecord(branch) || branch['type'] !== 'null');
  return others.length === 1 ? others[0] : undefined;
}

/**
 * The input as the schema wants it: text that is a number, `true`, `false` or the JSON of an object or a list becomes
 * that, where nothing else is wanted; null for an optional property that takes none is left out. What is not plainly
 * meant stays as it is, for the check to refuse.
 *
 * @param drops leaves out the properties that a closed schema does not know, at the top.
 * @returns the same object when nothing was changed; it is never changed in place.
 *
 * @example
 * coerce({ type: 'object', properties: { n: { type: 'integer' } } }, { n: '2' }, false); // { n: 2 }
 */
export function coerce(root: JsonSchema, input: unknown, drops: boolean): unknown {
  const walk = (given: unknown, value: unknown, depth: number): unknown => {
    const schema = depth > DEEPEST || value === null ? undefined : resolved(root, given);
    if (!schema) return value;
    const branch = onlyBranch(schema);
    if (branch !== undefined) return walk(branch, value, depth + 1);
    const plain = typeof value === 'string' ? fromText(value, typeOf(schema)) : value;
    if (Array.isArray(plain)) return items(schema, plain, depth);
    return isRecord(plain) ? properties(schema, plain, depth) : plain;
  };
  const items = (schema: JsonSchema, list: readonly unknown[], depth: number): unknown => {
    const { prefixItems, items: each } = schema;
    const first: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
    const found = list.map((item, index) => walk(index < first.length ? first[index] : each, item, depth + 1));
    return found.some((item, index) => item !== list[index]) ? found : list;
  };
  const properties = (schema: JsonSchema, record: Readonly<Record<string, unknown>>, depth: number): unknown => {
    const known = isRecord(schema['properties']) ? schema['properties'] : {};
    const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
    const dropped = drops && depth === 0 ? unknownProperties(schema, record) : [];
    let isChanged = dropped.length > 0;
    const entries: (readonly [string, unknown])[] = [];
    for (const key of Object.keys(record)) {
      const value = record[key];
      const own = Object.hasOwn(known, key) ? known[key] : schema['additionalProperties'];
      const isEmpty = value === null && isRecord(own) && !required.includes(key) && !takesNull(resolved(root, own));
      const found = walk(own, value, depth + 1);
      if (isEmpty || found !== value) isChanged = true;
      if (!isEmpty && !dropped.includes(key)) entries.push([key, found]);
    }
    // Unlike an assignment, this makes an own property also of `__proto__`.
    return isChanged ? Object.fromEntries(entries) : record;
  };
  return walk(root, input, 0);
}
