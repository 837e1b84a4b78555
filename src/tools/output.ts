/** Outputs that are too large for a message: the beginning stays in it, and the rest can be read page by page. */
import { AgentError, isRecord, stableText } from '../core/index.ts';
import type { ToolSpec } from '../core/index.ts';
import { sizeOf } from './size.ts';

/** Characters of JSON that an output may have in a message. */
export const MAX_OUTPUT = 500_000;

/** Characters that are kept of an output in all; what a page can store is not endless. */
const MAX_KEPT = 10_000_000;

/** Characters of the beginning that stays in the message. */
const BEGINNING = 4_000;

/** Characters that one reading gives at most. */
const MAX_PAGE = 50_000;

/** The name of the tool by which a model reads on. */
export const READ_OUTPUT = 'read_output';

/** What a message shows of an output, and the whole text where that is kept apart. */
export interface CappedOutput {
  readonly shown: unknown;
  readonly text?: string;
}

/** An output that is kept apart. */
export interface KeptOutput {
  readonly text: string;
  readonly untrusted: boolean;
}

/** The place of a text at `index`, or the one before it where that is within a surrogate pair. */
function placeAt(text: string, index: number): number {
  return /^[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index - 1 : index;
}

/** The part of a text that stays in a message. */
export function beginningOf(text: string): string {
  return text.slice(0, placeAt(text, BEGINNING));
}

/**
 * Caps an output.
 *
 * @param id names it for `read_output`.
 */
export function capOutput(output: unknown, id: string): CappedOutput {
  if (sizeOf(output, MAX_OUTPUT) <= MAX_OUTPUT) return { shown: output };
  const whole = typeof output === 'string' ? output : stableText(output);
  const text = whole.slice(0, placeAt(whole, MAX_KEPT));
  const lost = whole.length > text.length ? ` Of ${whole.length} characters only these are kept.` : '';
  return {
    text,
    shown: {
      output: id,
      characters: text.length,
      beginning: beginningOf(text),
      note: `This is the beginning of an output of ${text.length} characters; ${READ_OUTPUT} reads on.${lost}`,
    },
  };
}

/**
 * A page of an output that was kept apart.
 *
 * @param kept the outputs by id.
 * @throws AgentError `invalid-tool-input` when there is no such output, or nothing at that place.
 */
export function readOutput(kept: ReadonlyMap<string, KeptOutput>, input: unknown): unknown {
  const { output, from = 0, length = MAX_PAGE } = isRecord(input) ? input : {};
  // Only by a text, as whoever marks the page as untrusted looks it up.
  const text = (typeof output === 'string' ? kept.get(output)?.text : undefined) ?? '';
  if (!Number.isInteger(from) || Number(from) < 0 || Number(from) >= text.length) {
    const ids = [...kept].map(([id, { text: whole }]) => `${id} (0 to ${whole.length - 1})`);
    throw new AgentError('invalid-tool-input', `Nothing is kept of "${String(output)}" at ${String(from)}.`, {
      fix: `Use one of: ${ids.join(', ') || 'none'}.`,
    });
  }
  const begin = placeAt(text, Number(from));
  // At least a whole character, so that whoever reads on comes to an end.
  const end = placeAt(text, begin + Math.min(MAX_PAGE, Math.max(2, Math.floor(Number(length)) || MAX_PAGE)));
  const next = end < text.length ? { next: end } : {};
  return { output, from: begin, text: text.slice(begin, end), characters: text.length, ...next };
}

/** What a model is told about reading on. */
export const readOutputTool: ToolSpec = {
  name: READ_OUTPUT,
  aliases: [],
  description: 'Read on in a large output of an earlier tool call, by the id that its result names',
  input: {
    type: 'object',
    required: ['output'],
    additionalProperties: false,
    properties: {
      output: { type: 'string', description: 'The id that the result names' },
      from: { type: 'integer', minimum: 0, description: 'The character to begin with' },
      length: { type: 'integer', minimum: 1, maximum: MAX_PAGE, description: 'How many characters' },
    },
  },
  examples: [],
  keywords: [],
  category: 'core',
  effect: 'read',
  danger: 'low',
  timeout: 1000,
  idempotent: true,
  untrusted: false,
  mandatory: true,
  retries: 0,
  cacheTtl: 0,
  suggests: false,
  checks: false,
  summarizes: false,
  undoes: false,
};
