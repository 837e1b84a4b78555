/** Turns what a site writes about a function into a tool, and refuses at once what could not work later. */
import { AgentError, asTool, isRecord } from '../core/index.ts';
import type { JsonSchema, Tool, ToolContext, ToolDanger, ToolEffect } from '../core/index.ts';

/** Milliseconds that a call may take when its tool names no other time. */
export const DEFAULT_TIMEOUT = 30_000;

/** What a site writes about one of its functions. */
export interface ToolDefinition<I, O> {
  /** 1 to 64 of `A-Z a-z 0-9 _ . -`: what every common model accepts. */
  readonly name: string;
  /** What it does, in words that a person at the page would use. */
  readonly description: string;
  /** A JSON Schema of type `object`. Input that does not fit it never reaches `run`. Default: no input at all. */
  readonly input?: JsonSchema;
  /** Requests that mean this tool, as people say them. They guide the planner and make good starters. */
  readonly examples?: readonly string[];
  readonly category?: string;
  /** `read` changes nothing, `write` changes something, `navigate` leaves the page or the view. */
  readonly effect: ToolEffect;
  /** How bad a mistake would be; `medium` and `high` ask a person first. Default: `medium` for a write, else `low`. */
  readonly danger?: ToolDanger;
  /** Milliseconds until a call is given up, above 0. Default: 30,000. */
  readonly timeout?: number;
  /** Candidates for a field, as values or as `{ value, label }`, such as the products of a catalogue. */
  suggest?(field: string, query: string): readonly unknown[] | Promise<readonly unknown[]>;
  /** Does it. What it returns is stored and shown to the model; what it throws is told to the model and the person. */
  run(input: I, context: ToolContext): O | Promise<O>;
}

/** The most that a timer of the platform can hold: 2^31 - 1 ms. */
const LONGEST = 2 ** 31 - 1;

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const NO_INPUT: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };
const EFFECTS: readonly unknown[] = ['read', 'write', 'navigate'];
const DANGERS: readonly unknown[] = ['low', 'medium', 'high', undefined];

function faults(definition: Partial<ToolDefinition<never, unknown>>): string[] {
  const { name, description, input, effect, danger, timeout, examples, run } = definition;
  const found: string[] = [];
  if (typeof name !== 'string' || !NAME.test(name)) found.push('`name` must be 1 to 64 of A-Z a-z 0-9 _ . -');
  if (typeof description !== 'string' || description.trim() === '') found.push('`description` must say what it does');
  if (input !== undefined && (!isRecord(input) || input['type'] !== 'object'))
    found.push("`input` must be a JSON Schema of type 'object'");
  if (!EFFECTS.includes(effect)) found.push("`effect` must be 'read', 'write' or 'navigate'");
  if (!DANGERS.includes(danger)) found.push("`danger` must be 'low', 'medium' or 'high'");
  if (timeout !== undefined && !(timeout > 0 && timeout <= LONGEST)) {
    found.push('`timeout` must be milliseconds, above 0 and at most 24.8 days');
  }
  if (examples !== undefined && !(Array.isArray(examples) && examples.every((each) => typeof each === 'string')))
    found.push('`examples` must be a list of sentences');
  if (typeof run !== 'function') found.push('`run` must be a function');
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
  const found = faults(definition);
  if (found.length > 0) {
    const name = typeof definition.name === 'string' ? ` "${definition.name}"` : '';
    throw new AgentError('invalid-tool', `The tool${name} is not usable: ${found.join('; ')}.`, {
      fix: 'Mend the definition that is passed to defineTool().',
      details: { faults: found },
    });
  }
  const { name, description, input = NO_INPUT, effect } = definition;
  return asTool({
    name,
    description,
    input,
    effect,
    examples: definition.examples ?? [],
    category: definition.category ?? 'custom',
    danger: definition.danger ?? (effect === 'write' ? 'medium' : 'low'),
    timeout: definition.timeout ?? DEFAULT_TIMEOUT,
    suggests: definition.suggest !== undefined,
    // The registry proves input against the schema before it calls run, which is what makes it an I.
    run: (value, context) => definition.run(value as I, context),
    ...(definition.suggest ? { suggest: definition.suggest.bind(definition) } : {}),
  });
}
