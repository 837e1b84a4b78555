/** A model that says what a script tells it to: for tests. No entry exports it, so no build contains it. */
import { abortError } from '../core/index.ts';
import type { Model, ModelPart, ModelRequest } from '../core/index.ts';

/** What to answer to one request: the parts, or a function that makes them. */
export type ScriptedAnswer =
  | readonly ModelPart[]
  | ((request: ModelRequest, signal: AbortSignal) => readonly ModelPart[] | Promise<readonly ModelPart[]>);

/** The parts that end an answer. */
export const finish = (reason: 'stop' | 'tool-calls' = 'stop'): ModelPart => ({
  type: 'finish',
  reason,
  inputTokens: 0,
  outputTokens: 0,
});

/** The answer that says a text. */
export const say = (text: string): readonly ModelPart[] => [{ type: 'text-delta', id: 'text', text }, finish()];

/** The answer that calls a tool. */
export const call = (name: string, input: unknown): readonly ModelPart[] => [
  { type: 'tool-call', id: 'call', name, input },
  finish('tool-calls'),
];

/**
 * Makes a model that answers the n-th request with the n-th entry of the script, and says so when there is none left.
 *
 * @example
 * const model = createScriptedModel([call('greet', { name: 'Ada' }), say('Done.')]);
 */
export function createScriptedModel(script: readonly ScriptedAnswer[]): Model {
  let next = 0;
  return {
    id: 'scripted',
    generative: true,
    contextTokens: 1_000_000,
    nativeTools: true,
    async *stream(request, { signal }) {
      const answer = script[next++] ?? say('The script has ended.');
      const parts = typeof answer === 'function' ? await answer(request, signal) : answer;
      for (const part of parts) {
        if (signal.aborted) throw abortError(signal);
        yield part;
      }
    },
  };
}
