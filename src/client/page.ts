/** The page's tools and its model, answered to the host over a port. */
import { expose } from 'comlink';
import { abortError, AgentError } from '../core/index.ts';
import type { Model, Tool, ToolContext } from '../core/index.ts';
import type { PageApi } from '../wire/index.ts';
import { leave } from './leaving.ts';
import { answerOn } from './page-model.ts';

function gone(name: string): AgentError {
  return new AgentError('tool-gone', `The page has withdrawn its tool "${name}".`, {
    fix: 'Offer it again with agent.tool(), then ask once more.',
    details: { tool: name },
  });
}

/** A value as it survives the port, or an error that says why it does not. */
function sendable(value: unknown, name: string): unknown {
  try {
    return structuredClone(value);
  } catch (error) {
    throw new AgentError('tool-failed', `"${name}" returned something that cannot be sent to the worker.`, {
      fix: 'Return plain data: objects, lists, text, numbers, booleans, dates.',
      details: { tool: name },
      cause: error,
    });
  }
}

/** What a page has that its host may ask for. */
export interface PageParts {
  /** Tools by the id of their offer. */
  readonly tools: ReadonlyMap<string, Tool>;
  /** The model, where it is one of the page. */
  readonly model?: Model | undefined;
  /** What a remote model has to be sent with, where it is not the same for the life of the page. */
  readonly getToken?: (() => string | Promise<string>) | undefined;
  /** Called with what a running tool publishes. */
  readonly progress: (callId: string, value: unknown) => void;
  /** Called before a tool runs that may leave the page, and when it does. */
  readonly leaving: () => void;
}

/** Serves a page on a port. */
export function servePage({ tools, model, getToken, progress, leaving }: PageParts, port: MessagePort): void {
  const calls = new Map<string, AbortController>();
  const find = (id: string): Tool => {
    const tool = tools.get(id);
    if (tool) return tool;
    // The id ends with the tool's name.
    throw gone(id.slice(id.indexOf(':') + 1));
  };
  const call = async (
    callId: string,
    { name }: Tool,
    idempotencyKey: string,
    work: (context: ToolContext) => unknown,
  ): Promise<unknown> => {
    const stop = new AbortController();
    const { signal } = stop;
    calls.set(callId, stop);
    try {
      const context: ToolContext = {
        signal,
        idempotencyKey,
        progress: (value) => {
          progress(callId, value);
        },
      };
      return sendable(await work(context), name);
    } catch (error) {
      throw signal.aborted ? abortError(signal) : error;
    } finally {
      calls.delete(callId);
    }
  };
  const page: PageApi = {
    async run(callId, id, input, key) {
      const tool = find(id);
      return call(callId, tool, key, (context) => {
        if (tool.effect !== 'navigate') return tool.run(input, context);
        leaving();
        return leave(() => tool.run(input, context), leaving);
      });
    },
    async undo(callId, id, done, key) {
      const tool = find(id);
      return call(callId, tool, key, (context) => tool.undo?.(done, context));
    },
    abort(callId) {
      calls.get(callId)?.abort();
    },
    async suggest(id, field, query) {
      return (await find(id).suggest?.(field, query)) ?? [];
    },
    async check(id, input) {
      return (await find(id).check?.(input)) ?? [];
    },
    async summary(id, input) {
      return (await find(id).summary?.(input)) ?? '';
    },
    answer(request, answers) {
      if (model) void answerOn(answers, model, request);
    },
    async token() {
      return (await getToken?.()) ?? '';
    },
  };
  expose(page, port);
}
