/** Puts an answer together from what a server streams: the half of reading that is the same for all of them. */
import type { ModelPart } from '../../core/index.ts';
import { callsIn, jsonIn } from './json-in-text.ts';

/** How a request was put, which is how its answer has to be read. */
export interface Plan {
  /** Whether the server is asked to count. */
  readonly usage: boolean;
  /** What is said about calling tools, where something is. */
  readonly choice: 'none' | 'named' | 'required' | undefined;
  /** Whether the tools are given as tools, or told in the prompt. */
  readonly tools: 'native' | 'text' | undefined;
  /** How the answer is made to fit a schema. */
  readonly schema: 'native' | 'tool' | 'text' | undefined;
  /** The name on the wire of each tool. */
  readonly names: ReadonlyMap<string, string>;
}

/** The tool by which a model gives an answer that fits a schema. */
export const ANSWER = 'give_answer';

export interface Call {
  readonly id: string;
  readonly name: string;
  args: string;
}

export interface Answer {
  /** The tool calls so far. */
  readonly calls: readonly Call[];
  /** The parts since the last time. */
  take(): ModelPart[];
  text(id: string, text: string): void;
  reasoning(id: string, text: string): void;
  /** Ends some reasoning, with what its provider wants back. */
  reasoned(id: string, meta: unknown): void;
  call(id: string, name: string): Call;
  args(call: Call, text: string): void;
  end(reason: 'stop' | 'length' | 'filter', inputTokens: number, outputTokens: number): void;
}

/** What may begin a call that is written as text. */
const BEGINNING = /[{[`<]/;

export function createAnswer({ tools, schema, names }: Plan): Answer {
  let parts: ModelPart[] = [];
  let held = '';
  let isHolding = schema === 'text';
  const calls: Call[] = [];
  const delta = (type: 'text-delta' | 'reasoning-delta' | 'tool-input-delta', id: string, text: string): void => {
    if (text !== '') parts.push({ type, id, text });
  };
  return {
    calls,
    take() {
      const taken = parts;
      parts = [];
      return taken;
    },
    text(id, text) {
      if (tools === 'text' && !isHolding) {
        const at = text.search(BEGINNING);
        if (at >= 0) {
          isHolding = true;
          delta('text-delta', id, text.slice(0, at));
          text = text.slice(at);
        }
      }
      if (isHolding) held += text;
      else delta('text-delta', id, text);
    },
    reasoning(id, text) {
      delta('reasoning-delta', id, text);
    },
    reasoned(id, meta) {
      parts.push({ type: 'reasoning-end', id, meta });
    },
    call(id, name) {
      const call = { id: id || `call-${calls.length}`, name, args: '' };
      calls.push(call);
      return call;
    },
    args(call, text) {
      call.args += text;
      delta(schema === 'tool' && call.name === ANSWER ? 'text-delta' : 'tool-input-delta', call.id, text);
    },
    end(reason, inputTokens, outputTokens) {
      const json = jsonIn(held);
      const found = tools === 'text' ? callsIn(json, names) : [];
      for (const { name, input } of found) this.call('', name).args = JSON.stringify(input);
      if (found.length === 0) delta('text-delta', 'text', schema === 'text' && json ? JSON.stringify(json) : held);
      let hasCalls = false;
      for (const { id, name, args } of calls) {
        if (schema === 'tool' && name === ANSWER) continue;
        let input: unknown = args;
        try {
          input = JSON.parse(args.trim() || (reason === 'length' ? '' : '{}'));
        } catch {
          // What was cut off is no call.
          if (reason === 'length') continue;
        }
        hasCalls = true;
        parts.push({ type: 'tool-call', id, name: names.get(name) ?? name, input });
      }
      parts.push({ type: 'finish', reason: hasCalls ? 'tool-calls' : reason, inputTokens, outputTokens });
    },
  };
}
