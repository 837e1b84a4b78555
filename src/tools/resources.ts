/** What calls read and change, as paths, and whether two calls get in each other's way. */
import { isRecord, NONE } from '../core/index.ts';
import type { ToolSpec } from '../core/index.ts';

/** The paths that a call reads and those that it changes; undefined where that is not known, which means any. */
export interface Footprint {
  readonly reads: readonly string[] | undefined;
  readonly writes: readonly string[] | undefined;
}

type Paths = readonly string[] | undefined;

/** A field of the input in a path. */
const FIELD = /\{([^}]*)\}/g;

/** `cart/{id}` with the call's own id. Where the input has none the path ends, and stands for all below it. */
function fill(template: string, input: unknown): string {
  const valueOf = (field: string): unknown =>
    isRecord(input) && Object.hasOwn(input, field) ? input[field] : undefined;
  const isKnown = (segment: string): boolean =>
    [...segment.matchAll(FIELD)].every(([, field = '']) => ['string', 'number'].includes(typeof valueOf(field)));
  const segments = template.split('/');
  const unknown = segments.findIndex((segment) => !isKnown(segment));
  const known = unknown < 0 ? segments : segments.slice(0, unknown);
  return known.join('/').replace(FIELD, (_, field: string) => String(valueOf(field)));
}

/**
 * What a call reads and changes. A read changes nothing; what else is not declared may be anything.
 *
 * @example
 * footprint(tool({ effect: 'write', writes: ['cart/{id}'] }), { id: 7 }); // { reads: [], writes: ['cart/7'] }
 */
export function footprint(tool: ToolSpec, input: unknown): Footprint {
  const paths = (templates: Paths): Paths => templates?.map((template) => fill(template, input));
  const { effect, reads, writes } = tool;
  if (effect === 'read') return { reads: paths(reads), writes: NONE };
  // What it reads of what it does not change is for the tool to declare.
  return { reads: paths(reads) ?? NONE, writes: paths(writes) };
}

const isWithin = (inner: string, outer: string): boolean =>
  outer === '' || inner === outer || inner.startsWith(`${outer}/`);

function overlap(a: Paths, b: Paths): boolean {
  if (a === undefined || b === undefined) return a?.length !== 0 && b?.length !== 0;
  return a.some((one) => b.some((other) => isWithin(one, other) || isWithin(other, one)));
}

/** Whether the order of two calls matters: one changes what the other reads or changes. */
export function conflicts(a: Footprint, b: Footprint): boolean {
  return overlap(a.writes, b.writes) || overlap(a.writes, b.reads) || overlap(a.reads, b.writes);
}
