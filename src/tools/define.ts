/** Turns what a site writes about a function into a tool, and refuses at once what could not work later. */
import { AgentError, asTool, errorText, isRecord } from '../core/index.ts';
import type { InputIssue, JsonSchema, Tool, ToolContext, ToolDanger, ToolEffect } from '../core/index.ts';
import { isStandardSchema, jsonSchemaOf, validate } from './standard-schema.ts';
import type { StandardSchema } from './standard-schema.ts';
import { unfit } from './input-issues.ts';

/** Milliseconds that a call may take when its tool names no other time. */
export const DEFAULT_TIMEOUT = 30_000;

/** A definition as something to look at: whatever a script tag has put into it, and nothing that is called. */
const looked = (definition: object): Readonly<Record<string, unknown>> =>
  definition as unknown as Readonly<Record<string, unknown>>;

/** What a site writes about one of its functions. */
export interface ToolDefinition<I, O> {
  /** 1 to 64 of `A-Z a-z 0-9 _ . -`: what every common model accepts. */
  readonly name: string;
  /** Other names by which a model may call it. */
  readonly aliases?: readonly string[];
  /** What it does, in words that a person at the page would use. */
  readonly description: string;
  /**
   * A JSON Schema of type `object`, or a Standard Schema such as one of zod, valibot or arktype, whose output `run` gets.
   * Input that does not fit it never reaches `run`. Default: no input at all.
   */
  readonly input?: JsonSchema | StandardSchema<I>;
  /** The JSON Schema of an `input` that is a Standard Schema and cannot describe itself. */
  readonly jsonSchema?: JsonSchema;
  /** Requests that mean this tool, as people say them. They guide the planner and make good starters. */
  readonly examples?: readonly string[];
  /** Words by which it is found, beside those of its name and description. */
  readonly keywords?: readonly string[];
  readonly category?: string;
  /** `read` changes nothing, `write` changes something, `navigate` leaves the page or the view. */
  readonly effect: ToolEffect;
  /** How bad a mistake would be; `medium` and `high` ask a person first. Default: `medium` for a write, else `low`. */
  readonly danger?: ToolDanger;
  /**
   * Whether a person is asked before each call, in every mode and whatever has been allowed before, such as before money
   * is paid. Not for reads. Default: false.
   */
  readonly review?: boolean;
  /** Whether a call can be made again, with the same key, without a second effect. Default: true for a read. */
  readonly idempotent?: boolean;
  /** Whether what it gives may hold words of strangers, such as reviews or mails. Default: false. */
  readonly untrusted?: boolean;
  /** Whether a language model always gets it, however many tools there are. Default: false. */
  readonly mandatory?: boolean;
  /** Milliseconds until a call is given up, above 0. Default: 30,000. */
  readonly timeout?: number;
  /**
   * What a call reads and what it changes, as paths: `cart/{id}` with `{id}` from the input, `cart` for all below it.
   * Calls of one message that get in each other's way keep their order. Default: not known, so anything.
   */
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  /** How often a call that failed is made again: 0 to 5. Only for reads and idempotent tools. Default: 0. */
  readonly retries?: number;
  /** Milliseconds for which what a read gave may be given again. Default: 0. */
  readonly cacheTtl?: number;
  /** Candidates for a field, as values or as `{ value, label }`, such as the products of a catalogue. */
  suggest?(field: string, query: string): readonly unknown[] | Promise<readonly unknown[]>;
  /** What a call would do, as a sentence for the person who is asked. What it throws refuses the call. */
  summary?(input: I): string | Promise<string>;
  /** Takes a call back that has been made. Only for writes. What it throws is told to the person. */
  undo?(call: { readonly input: I; readonly output: O }, context: ToolContext): unknown;
  /** Does it. What it returns is stored and shown to the model; what it throws is told to the model and the person. */
  run(input: I, context: ToolContext): O | Promise<O>;
}

/** The most that a timer of the platform can hold: 2^31 - 1 ms. */
const LONGEST = 2 ** 31 - 1;

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const NO_INPUT: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };
/** Names between slashes, which may have fields of the input in braces. */
const PATH = /^(?:[^/{}*]|\{[^/{}*]+\})+(?:\/(?:[^/{}*]|\{[^/{}*]+\})+)*$/;
const EFFECTS: readonly unknown[] = ['read', 'write', 'navigate'];
const DANGERS: readonly unknown[] = ['low', 'medium', 'high', undefined];

const isA = (value: unknown, type: 'boolean' | 'function' | 'string'): boolean =>
  value === undefined || typeof value === type;

const isTime = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && value >= 0 && value <= LONGEST);

const isTexts = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== ''));

/** Whether these are paths. Others, such as `cart/*`, would be taken for a thing of that name. */
const isPaths = (value: unknown): boolean =>
  isTexts(value) && (value === undefined || (value as readonly string[]).every((path) => PATH.test(path)));

/** The schema by which a model and the worker know the input; a text says why there is none. */
function schemaOf<I, O>({ input, jsonSchema }: Partial<ToolDefinition<I, O>>): JsonSchema | string {
  if (!isStandardSchema(input)) {
    if (jsonSchema !== undefined) return '`jsonSchema` belongs to an `input` that is a Standard Schema';
    if (input === undefined) return NO_INPUT;
    return isRecord(input) && input['type'] === 'object'
      ? input
      : "`input` must be a JSON Schema of type 'object' or a Standard Schema";
  }
  try {
    const found = jsonSchema ?? jsonSchemaOf(input);
    if (found === undefined) {
      return (
        '`input` cannot say what it is as JSON Schema: pass that as `jsonSchema`, or for valibot ' +
        '`toStandardJsonSchema(schema)` of @valibot/to-json-schema'
      );
    }
    return found.type === 'object' ? found : "`input` must be a schema of type 'object'";
  } catch (error) {
    return `\`input\` cannot say what it is as JSON Schema (${errorText(error)}): pass that as \`jsonSchema\``;
  }
}

/** The fields in braces that the input does not have. */
function unknownFields(paths: unknown, schema: JsonSchema | string): readonly string[] {
  const properties = typeof schema === 'string' ? undefined : schema['properties'];
  if (!isRecord(properties) || !Array.isArray(paths)) return [];
  const fields = paths.flatMap((path) => [...String(path).matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? ''));
  return fields.filter((field) => !Object.hasOwn(properties, field));
}

function faults<I, O>(definition: Partial<ToolDefinition<I, O>>, schema: JsonSchema | string): string[] {
  const { name, aliases = [], description, effect, danger, timeout, examples, keywords, category } = definition;
  const { reads, writes, retries = 0, cacheTtl = 0, idempotent = effect === 'read', untrusted, mandatory } = definition;
  const { run, suggest, summary, undo } = looked(definition);
  const found: string[] = [];
  const demand = (holds: boolean, fault: string): void => {
    if (!holds) found.push(fault);
  };
  demand(typeof name === 'string' && NAME.test(name), '`name` must be 1 to 64 of A-Z a-z 0-9 _ . -');
  const names: readonly unknown[] = isTexts(aliases) ? [name, ...aliases] : [undefined];
  const isNamed = names.every((each) => typeof each === 'string' && NAME.test(each)) || names.length === 1;
  const areAliases = isTexts(aliases) && isNamed && new Set(names).size === names.length;
  demand(areAliases, '`aliases` must be other names of the same kind, each once');
  demand(typeof description === 'string' && description.trim() !== '', '`description` must say what it does');
  if (typeof schema === 'string') found.push(schema);
  demand(EFFECTS.includes(effect), "`effect` must be 'read', 'write' or 'navigate'");
  demand(DANGERS.includes(danger), "`danger` must be 'low', 'medium' or 'high'");
  demand(isTime(timeout) && timeout !== 0, '`timeout` must be milliseconds, above 0 and at most 24.8 days');
  demand(isTexts(examples), '`examples` must be a list of sentences');
  demand(isTexts(keywords), '`keywords` must be a list of words');
  demand(category !== '' && isA(category, 'string'), '`category` must be a word');
  const { review } = definition;
  const flags = [definition.idempotent, untrusted, mandatory, review];
  demand(
    flags.every((flag) => isA(flag, 'boolean')),
    '`idempotent`, `untrusted`, `mandatory` and `review` must be true or false',
  );
  demand(review !== true || effect !== 'read', '`review` is for what changes something or leaves the page');
  demand(isPaths(reads) && isPaths(writes), '`reads` and `writes` must be lists of paths such as cart/{id}');
  const unknown = [...unknownFields(reads, schema), ...unknownFields(writes, schema)];
  demand(
    unknown.length === 0,
    `\`reads\` and \`writes\` name fields that the input does not have: ${unknown.join(', ')}`,
  );
  demand(Number.isInteger(retries) && retries >= 0 && retries <= 5, '`retries` must be a whole number from 0 to 5');
  demand(retries === 0 || idempotent, '`retries` are for reads and idempotent tools: another try may do it twice');
  const isKept = isTime(cacheTtl) && (cacheTtl === 0 || effect === 'read');
  demand(isKept, '`cacheTtl` must be milliseconds, at most 24.8 days, and is for reads');
  demand(isA(suggest, 'function') && isA(summary, 'function'), '`suggest` and `summary` must be functions');
  demand(
    undo === undefined || (typeof undo === 'function' && effect === 'write'),
    '`undo` must be a function, for writes',
  );
  demand(typeof run === 'function', '`run` must be a function');
  return found;
}

/**
 * Makes a tool out of a function of the page or the worker.
 *
 * @throws AgentError `invalid-tool`, naming every fault of the definition at once.
 *
 * @example
 * const greet = defineTool<{ name: string }>({
 *   name: 'greet', description: 'Greet somebody by name', effect: 'read', examples: ['say hello to Ada'],
 *   input: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
 *   run: ({ name }) => `Hello ${name}`,
 * });
 */
export function defineTool<I = unknown, O = unknown>(definition: ToolDefinition<I, O>): Tool {
  const schema = schemaOf(definition);
  const found = faults(definition, schema);
  if (found.length > 0 || typeof schema === 'string') {
    const name = typeof definition.name === 'string' ? ` "${definition.name}"` : '';
    throw new AgentError('invalid-tool', `The tool${name} is not usable: ${found.join('; ')}.`, {
      fix: 'Mend the definition that is passed to defineTool().',
      details: { faults: found },
    });
  }
  const { name, description, effect, input: given, reads, writes } = definition;
  const { suggest, summary, undo } = looked(definition);
  const own = isStandardSchema(given) ? given : undefined;
  /** Has `use` get what the tool's own schema makes of an input; without one, the input is what it must be already. */
  const read = <T>(input: unknown, use: (value: I) => T | Promise<T>): T | Promise<T> => {
    // The registry proves input against the JSON Schema before it calls a tool, which is what makes it an I.
    if (!own) return use(input as I);
    return validate(own, input).then(async (result) => {
      if ('issues' in result) throw unfit(name, result.issues);
      return use(result.value);
    });
  };
  const tool: Tool = {
    name,
    aliases: definition.aliases ?? [],
    description,
    input: schema,
    examples: definition.examples ?? [],
    keywords: definition.keywords ?? [],
    category: definition.category ?? 'custom',
    effect,
    danger: definition.danger ?? (effect === 'write' ? 'medium' : 'low'),
    timeout: definition.timeout ?? DEFAULT_TIMEOUT,
    idempotent: definition.idempotent ?? effect === 'read',
    untrusted: definition.untrusted ?? false,
    mandatory: definition.mandatory ?? false,
    ...(definition.review ? { review: true } : {}),
    ...(reads ? { reads } : {}),
    ...(writes ? { writes } : {}),
    retries: definition.retries ?? 0,
    cacheTtl: definition.cacheTtl ?? 0,
    suggests: suggest !== undefined,
    checks: own !== undefined,
    summarizes: summary !== undefined,
    undoes: undo !== undefined,
    run: (input, context) => read(input, (value) => definition.run(value, context)),
  };
  if (tool.suggests) tool.suggest = (field, query) => definition.suggest?.(field, query) ?? [];
  if (tool.summarizes) tool.summary = (input) => read(input, (value) => definition.summary?.(value) ?? '');
  if (own) tool.check = (input) => issuesOf(own, input);
  if (tool.undoes) {
    // What the tool gave is what it gets back.
    tool.undo = ({ input, output }, context) =>
      read(input, (value) => definition.undo?.({ input: value, output: output as O }, context));
  }
  return asTool(tool);
}

async function issuesOf(schema: StandardSchema<unknown>, input: unknown): Promise<readonly InputIssue[]> {
  const result = await validate(schema, input);
  return 'issues' in result ? result.issues : [];
}
