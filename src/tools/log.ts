/** Writes a line for each call, without its secrets. */
import { stableText } from '../core/index.ts';
import { mask } from './mask.ts';
import type { MiddlewareCall, ToolMiddleware } from './middleware.ts';

/** Characters of an input or an output that a line shows. */
const SHOWN = 500;

function shown(value: unknown): string {
  let text: string;
  try {
    text = stableText(mask(value));
  } catch {
    // What has no text, such as a cycle.
    text = String(value);
  }
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/**
 * A middleware that writes a line at the end of each call: the tool, how it ended, how long it took, what went in and
 * what came out.
 *
 * @param write gets each line. Default: the console.
 */
export function logCalls(
  write: (line: string) => void = (line) => {
    console.info(line);
  },
): ToolMiddleware {
  // By the signal of the try, since not every call that begins comes to its end here.
  const begun = new WeakMap<AbortSignal, number>();
  return {
    name: 'log-calls',
    before: ({ signal }: MiddlewareCall) => {
      begun.set(signal, performance.now());
    },
    after({ signal, tool, input }, outcome) {
      const ms = Math.round(performance.now() - (begun.get(signal) ?? performance.now()));
      const came =
        outcome.outcome === 'ok' ? shown(outcome.output) : `${outcome.error.code}: ${shown(outcome.error.message)}`;
      write(`inpage: ${tool.name} ${outcome.outcome} ${ms} ms ${shown(input)} → ${came}`);
    },
  };
}
