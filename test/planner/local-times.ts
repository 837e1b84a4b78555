/** Schemas that take local times: the sets write times without an offset, which the formats of JSON Schema demand. */
import { isRecord } from '../../src/core/index.ts';
import type { JsonSchema } from '../../src/core/index.ts';

const OFFSET = '([Zz]|[+-]\\d\\d:\\d\\d)?$';
const TIME = '([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?';
const PATTERNS: Readonly<Record<string, string>> = {
  time: `^${TIME}${OFFSET}`,
  'date-time': `^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[Tt]${TIME}${OFFSET}`,
};

function relaxed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(relaxed);
  if (!isRecord(part)) return part;
  const { format, ...rest } = Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, relaxed(inner)]));
  const pattern = typeof format === 'string' ? PATTERNS[format] : undefined;
  if (pattern !== undefined) return { ...rest, pattern };
  return format === undefined ? rest : { ...rest, format };
}

/** The schema with its times and moments taken with an offset or without. */
export const takingLocalTimes = (schema: JsonSchema): JsonSchema => relaxed(schema) as JsonSchema;
