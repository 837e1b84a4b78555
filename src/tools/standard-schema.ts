/** Schemas of any library that speaks Standard Schema (https://standardschema.dev, version 1). */
import { isRecord } from '../core/index.ts';
import type { InputIssue, JsonSchema } from '../core/index.ts';

/** The part of the specification that is used here. */
export interface StandardSchema<O> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<O> | Promise<StandardResult<O>>;
    readonly types?: { readonly input: unknown; readonly output: O } | undefined;
  };
}

type StandardResult<O> =
  { readonly value: O; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Whether `value` is a schema that can validate by itself; some libraries make functions, others objects. */
export function isStandardSchema(value: unknown): value is StandardSchema<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard: unknown = '~standard' in value ? value['~standard'] : undefined;
  if (!isRecord(standard)) return false;
  const { version, vendor, validate: work } = standard;
  return version === 1 && typeof vendor === 'string' && typeof work === 'function';
}

/** What a schema says of itself as JSON Schema; undefined when it cannot. Throws what the library throws. */
export function jsonSchemaOf(schema: StandardSchema<unknown>): JsonSchema | undefined {
  // Standard JSON Schema is a specification of its own, which not every library implements.
  const { jsonSchema } = schema['~standard'] as { jsonSchema?: { input(options: { target: string }): JsonSchema } };
  if (!jsonSchema) return undefined;
  const own = jsonSchema.input({ target: 'draft-2020-12' });
  // Some put themselves into what they give, and that does not go over a port.
  const copy = JSON.parse(JSON.stringify(own)) as Record<string, unknown>;
  // Every model would be told at every turn which dialect this is.
  Reflect.deleteProperty(copy, '$schema');
  return copy;
}

const pathOf = ({ path = [] }: StandardIssue): string =>
  // Copied, for the path of arktype is a list of its own kind, whose map() of no keys has one.
  [...path].map((part) => String(typeof part === 'object' ? part.key : part)).join('.') || 'input';

/** The output of a schema, or what is wrong with the input. */
export async function validate<O>(
  schema: StandardSchema<O>,
  input: unknown,
): Promise<{ readonly value: O } | { readonly issues: readonly InputIssue[] }> {
  const result = await schema['~standard'].validate(input);
  if (!result.issues) return { value: result.value };
  return { issues: result.issues.map((issue) => ({ path: pathOf(issue), message: issue.message })) };
}
