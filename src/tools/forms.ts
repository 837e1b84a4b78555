/** A tool as a model is told of it: in full, more briefly, or as little more than its name. */
import { isRecord } from '../core/index.ts';
import type { JsonSchema, ToolSpec } from '../core/index.ts';
import { NAMED } from './schema/references.ts';

export interface ToolForm {
  readonly name: string;
  readonly description: string;
  readonly input: JsonSchema;
  /** About how many tokens it takes: a quarter of the characters of its JSON. */
  readonly tokens: number;
}

/** Each is made when it is first read. */
export interface ToolForms {
  readonly full: ToolForm;
  readonly compact: ToolForm;
  readonly stub: ToolForm;
}

/** Characters of a description in the compact form, of one within its schema, and of one in the stub. */
const COMPACT = 150;
const WITHIN = 50;
const STUB = 60;

/** What a schema says beside what it demands. */
const REMARKS: readonly string[] = ['examples', 'title', 'default', '$comment', '$schema'];

/** The beginning of a text, up to the end of a word. */
function cut(text: string, length: number): string {
  const letters = Array.from(text);
  if (letters.length <= length) return text;
  const beginning = letters.slice(0, length - 1).join('');
  return `${beginning.replace(/\s+\S*$/u, '') || beginning}…`;
}

/** A schema without remarks, its descriptions cut; the names of properties are never taken for keywords. */
function brief(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(brief);
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema).flatMap(([key, value]): (readonly [string, unknown])[] => {
    if (REMARKS.includes(key)) return [];
    if (key === 'description') return [[key, typeof value === 'string' ? cut(value, WITHIN) : value]];
    if (key === 'enum' || key === 'const' || key === 'required') return [[key, value]];
    if (!NAMED.includes(key) || !isRecord(value)) return [[key, brief(value)]];
    return [[key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, brief(inner)]))]];
  });
  return Object.fromEntries(entries);
}

/** Only what has to be given, and of what type. */
function stubOf(schema: JsonSchema): JsonSchema {
  const { properties, required } = schema;
  if (!isRecord(properties) || !Array.isArray(required)) return { type: 'object' };
  const needed = required.flatMap((name: unknown) => {
    const property = typeof name === 'string' && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!isRecord(property)) return [];
    const { type, enum: values } = property;
    return [[name, { ...(type === undefined ? {} : { type }), ...(values === undefined ? {} : { enum: values }) }]];
  });
  return { type: 'object', properties: Object.fromEntries(needed) as object, required: required as unknown[] };
}

function formOf(name: string, description: string, input: JsonSchema): ToolForm {
  const tokens = Math.ceil(JSON.stringify({ name, description, input }).length / 4);
  return Object.freeze({ name, description, input, tokens });
}

/** The forms of a tool. */
export class Forms implements ToolForms {
  readonly #tool: ToolSpec;
  #full: ToolForm | undefined;
  #compact: ToolForm | undefined;
  #stub: ToolForm | undefined;

  constructor(tool: ToolSpec) {
    this.#tool = tool;
  }

  get full(): ToolForm {
    const { name, description, input } = this.#tool;
    return (this.#full ??= formOf(name, description, input));
  }

  get compact(): ToolForm {
    const { name, description, input } = this.#tool;
    // A record stays one.
    return (this.#compact ??= formOf(name, cut(description, COMPACT), brief(input) as JsonSchema));
  }

  get stub(): ToolForm {
    const { name, description, input } = this.#tool;
    return (this.#stub ??= formOf(name, cut(description, STUB), stubOf(input)));
  }
}
