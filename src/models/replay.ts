/** A model that answers as a recording says: for tests, and to see again what went wrong. */
import { abortError, AgentError, fromWire, isRecord } from '../core/index.ts';
import type { Message, Model, ModelTool, RecordedRequest, Recording } from '../core/index.ts';
import { plainly } from './recording.ts';

export interface ReplayOptions {
  /**
   * When a request counts as the recorded one: `content`, when it says the same, whatever its times and ids; `exact`,
   * when it is the same in all; `any`, always. Default: `content`.
   */
  readonly match?: 'content' | 'exact' | 'any';
}

type Plain = Omit<RecordedRequest, 'same'>;

/** Requests in full, of those that tell only what is new. */
function inFull(recording: Recording): readonly Plain[] {
  let before: Plain | undefined;
  return recording.exchanges.map(({ request: { same, messages, ...rest } }) => {
    const all = [...(before?.messages.slice(0, same) ?? []), ...messages];
    before = { ...(before?.tools ? { tools: before.tools } : {}), ...rest, messages: all };
    return before;
  });
}

/** What a request says, without its times, and with its ids by the order in which they come. */
function contentOf({ messages, tools = [], ...rest }: Plain): unknown {
  const ids = new Map<string, string>();
  const numbered = (id: string): string => {
    const number = ids.get(id) ?? `id-${ids.size}`;
    ids.set(id, number);
    return number;
  };
  const said = messages.map((message) => ({ ...(message as Message), id: '', at: 0, usage: undefined }));
  const offered = tools.map((tool) => {
    const { name, description, input } = tool as ModelTool;
    return { name, description, input };
  });
  // Ids and what is made of them: those of runs, and the marks around untrusted text.
  const text = JSON.stringify({ ...rest, now: 0, messages: said, tools: offered })
    .replace(/\b[\da-f]{32}\b/g, numbered)
    .replace(/\buntrusted-[\da-z]{1,7}\b/g, 'untrusted');
  return JSON.parse(text) as unknown;
}

interface Difference {
  readonly path: string;
  readonly recorded: unknown;
  readonly came: unknown;
}

/** Where two values differ first. */
function difference(recorded: unknown, came: unknown, path: string): Difference | undefined {
  if (recorded === came) return undefined;
  const isList = Array.isArray(recorded) && Array.isArray(came);
  if (!isList && !(isRecord(recorded) && isRecord(came))) return { path, recorded, came };
  const [a, b] = [recorded, came] as unknown as readonly Record<string, unknown>[];
  for (const key of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
    const found = difference(a?.[key], b?.[key], path === '' ? key : `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

const SHOWN = 100;

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, SHOWN));

const differs = (message: string, details: object): AgentError =>
  new AgentError('recording-differs', message, {
    fix: 'Record it again; or replay with `match: "any"`, which gives the recorded answers whatever is asked.',
    details,
  });

/**
 * Makes a model that answers the n-th request with the n-th answer of a recording, also with its error. It throws
 * `recording-differs`, which names the first difference, where a request is another one or one more.
 *
 * @throws AgentError `invalid-option` for what is no recording.
 * @example
 * const recording = await (await fetch('bug-report.json')).json();
 * const agent = createAgent({ model: replay(recording), tools });
 */
export function replay(recording: Recording, { match = 'content' }: ReplayOptions = {}): Model {
  const given: unknown = recording;
  if (!isRecord(given) || given['format'] !== 'inpage-recording-1') {
    throw new AgentError('invalid-option', 'This is no recording.', {
      fix: 'Give what `recording()` gave, also after JSON.stringify and JSON.parse.',
    });
  }
  const { exchanges, secretFields } = recording;
  const requests = inFull(recording);
  let next = 0;
  return {
    ...recording.model,
    async *stream(request, { signal }) {
      const at = next++;
      const exchange = exchanges[at];
      if (!exchange) {
        throw differs(`The recording has ${exchanges.length} answers, and this is request ${at + 1}.`, {
          request: at + 1,
        });
      }
      if (match !== 'any') {
        const came = (await plainly(request, secretFields)) as Plain;
        const look = (each: Plain): unknown => (match === 'content' ? contentOf(each) : each);
        const found = difference(look(requests[at] ?? came), look(came), '');
        if (found) {
          const { path, recorded, came } = found;
          throw differs(
            `Request ${at + 1} is not the recorded one: \`${path}\` was ${shown(recorded)} and is ${shown(came)}.`,
            { request: at + 1, ...found },
          );
        }
      }
      for (const part of structuredClone(exchange.parts)) {
        if (signal.aborted) throw abortError(signal);
        yield part;
      }
      if (signal.aborted) throw abortError(signal);
      if (exchange.error) throw fromWire(exchange.error);
    },
  };
}
