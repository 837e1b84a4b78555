/** In which order the calls of one message are made, so that what they read and change comes out as in their order. */
import { stableText } from '../core/index.ts';
import type { ToolCallPart, ToolSpec } from '../core/index.ts';
import type { InputReader } from './validate.ts';
import { conflicts, footprint } from './resources.ts';
import type { Footprint } from './resources.ts';

/** A call that is made once for all that repeat it. */
export interface WaveCall {
  readonly id: string;
  /** The ids of later calls that are the same, and get its result. */
  readonly repeats: readonly string[];
}

/** Calls that may be made at the same time. */
export type Wave = readonly WaveCall[];

/** A call that is to be made, while its place is sought. */
interface Planned {
  readonly id: string;
  readonly text: string;
  readonly footprint: Footprint;
  readonly repeats: string[];
  readonly wave: number;
}

/** What is known of a tool that a call names. */
interface Found {
  readonly tool: ToolSpec;
  readonly read: InputReader;
}

/** The input that a call will run with; as it is where the call will be refused. */
function meant({ read }: Found, input: unknown): unknown {
  try {
    return read(input);
  } catch {
    return input;
  }
}

const NOTHING: Footprint = { reads: [], writes: [] };

/** Of a call that may leave the page, and cut off all that it runs beside. */
const ANYTHING: Footprint = { reads: undefined, writes: undefined };

function footprintOf({ tool }: Found, input: unknown): Footprint {
  return tool.effect === 'navigate' ? ANYTHING : footprint(tool, input);
}

/**
 * Puts the calls of one message into waves. Two calls of which one changes what the other reads or changes are in
 * different waves, in their order; all others share the first wave that they can. A call that is the same as an earlier
 * one, with nothing between them that could make a difference, is not made again.
 *
 * @param find the tool of a name; undefined for one that is not there.
 * @returns no waves when all calls may be made at once, as they mostly may.
 */
export function planWaves(calls: readonly ToolCallPart[], find: (name: string) => Found | undefined): readonly Wave[] {
  if (calls.length < 2) return [];
  const planned: Planned[] = [];
  for (const { toolCallId: id, toolName, input: asked } of calls) {
    const found = find(toolName);
    const input = found ? meant(found, asked) : asked;
    const print = found ? footprintOf(found, input) : NOTHING;
    const text = `${found?.tool.name ?? toolName} ${stableText(input)}`;
    const same = planned.findLastIndex((other) => other.text === text);
    const between = same < 0 ? planned : planned.slice(same + 1);
    const before = between.filter((other) => conflicts(other.footprint, print));
    const first = planned[same];
    if (first && before.length === 0) first.repeats.push(id);
    else {
      const earlier = same < 0 ? before : planned.filter((other) => conflicts(other.footprint, print));
      const wave = Math.max(-1, ...earlier.map((other) => other.wave)) + 1;
      planned.push({ id, text, footprint: print, repeats: [], wave });
    }
  }
  const count = Math.max(...planned.map(({ wave }) => wave)) + 1;
  if (count === 1 && planned.length === calls.length) return [];
  return Array.from({ length: count }, (_, index) =>
    planned.filter(({ wave }) => wave === index).map(({ id, repeats }) => ({ id, repeats })),
  );
}
