/** What every call passes through on its way in and out: a site's own rules, masking, logging. */
import { AgentError, asAgentError, isAgentError } from '../core/index.ts';
import type { ToolSpec } from '../core/index.ts';
import type { CallOutcome } from './call.ts';

/** A call as a middleware sees it. */
export interface MiddlewareCall {
  readonly callId: string;
  readonly threadId: string;
  readonly tool: ToolSpec;
  readonly input: unknown;
  readonly signal: AbortSignal;
}

export interface ToolMiddleware {
  readonly name: string;
  /** Higher comes first on the way in, and last on the way out. Default: 0. */
  readonly priority?: number;
  /** The tools that it is for, by name or by a test. Default: all. */
  readonly tools?: readonly string[] | ((tool: ToolSpec) => boolean);
  /** Before anybody is asked: gives `{ input }` to replace the input. What it throws keeps the call from being made. */
  before?(call: MiddlewareCall): unknown;
  /** Before anybody sees what the tool says besides, its progress and its summary: gives what is to be seen instead. */
  during?(call: MiddlewareCall, said: unknown): unknown;
  /** Before anybody sees what the tool gave: gives another outcome, or nothing to leave it. */
  after?(call: MiddlewareCall, outcome: CallOutcome): unknown;
}

/** The middleware of a host, in order. */
export interface Pipeline {
  /** Whether an input may come out of `before` as another one, or changed in place. */
  readonly vets: boolean;
  /** Gives the input to go on with. Throws an AgentError when the call must not be made. */
  before(call: MiddlewareCall): Promise<unknown>;
  /** Gives what to tell of what the tool says besides; undefined, which is to tell nothing, where one of them fails. */
  during(call: MiddlewareCall, said: unknown): unknown;
  /** Gives the outcome to tell. Never throws. */
  after(call: MiddlewareCall, outcome: CallOutcome): Promise<CallOutcome>;
}

function check(middleware: ToolMiddleware): void {
  // Only looked at here, whatever a site without types has put into it.
  const { name, priority = 0, tools, ...hooks } = middleware as unknown as Readonly<Record<string, unknown>>;
  const { before, during, after } = hooks;
  const isFunction = (value: unknown): boolean => value === undefined || typeof value === 'function';
  const isFilter = isFunction(tools) || (Array.isArray(tools) && tools.every((tool) => typeof tool === 'string'));
  const isNamed = typeof name === 'string' && name !== '';
  const isRanked = typeof priority === 'number' && !Number.isNaN(priority);
  if (isNamed && isRanked && isFilter && [before, during, after].every(isFunction)) return;
  throw new AgentError('invalid-option', `This is no middleware: "${String(name)}".`, {
    fix: 'Give it a name and functions: { name, priority, tools, before, during, after }.',
  });
}

function denied(name: string, tool: string, error: unknown): AgentError {
  if (isAgentError(error)) return error;
  return asAgentError(error, 'tool-denied', `"${name}" does not let "${tool}" run; nothing was run.`);
}

/** Whether a middleware is for a tool. A test that fails is no reason to let a call pass. */
function isFor({ tools }: ToolMiddleware, tool: ToolSpec): boolean {
  if (tools === undefined) return true;
  return typeof tools === 'function' ? tools(tool) : tools.includes(tool.name);
}

const hasInput = (value: unknown): value is { readonly input: unknown } =>
  typeof value === 'object' && value !== null && 'input' in value;

/** The outcome that a middleware gives, if it gives one. What only looks like one is its fault. */
function outcomeOf(given: unknown): CallOutcome | undefined {
  if (typeof given !== 'object' || given === null || !('outcome' in given)) return undefined;
  const isWhole =
    given.outcome === 'ok' || (given.outcome === 'failed' && 'error' in given && isAgentError(given.error));
  if (isWhole) return given as CallOutcome;
  throw new AgentError('tool-failed', 'This is no outcome.', {
    fix: 'Give ok and output, or failed and an AgentError.',
  });
}

/**
 * Puts middleware into order.
 *
 * @throws AgentError `invalid-option` for what is none.
 */
export function createPipeline(middleware: readonly ToolMiddleware[]): Pipeline {
  for (const each of middleware) check(each);
  const inward = middleware.toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  const outward = inward.toReversed();
  return {
    vets: inward.some((each) => 'before' in each),
    async before(call) {
      let { input } = call;
      for (const each of inward) {
        if (!each.before) continue;
        try {
          if (!isFor(each, call.tool)) continue;
          const given = await each.before({ ...call, input });
          if (hasInput(given)) ({ input } = given);
        } catch (error) {
          throw denied(each.name, call.tool.name, error);
        }
      }
      return input;
    },
    during(call, said) {
      try {
        return outward.reduce(
          (told, each) => (each.during && isFor(each, call.tool) ? each.during(call, told) : told),
          said,
        );
      } catch {
        return undefined;
      }
    },
    async after(call, outcome) {
      let told = outcome;
      for (const each of outward) {
        if (!each.after) continue;
        try {
          if (!isFor(each, call.tool)) continue;
          told = outcomeOf(await each.after(call, told)) ?? told;
        } catch (error) {
          const message = `"${each.name}" failed on what "${call.tool.name}" gave, which is withheld.`;
          const fix = 'Mend the middleware; the tool may have had its effect.';
          // What the others make of the withheld outcome, they may still say.
          told = { outcome: 'failed', error: new AgentError('tool-failed', message, { fix, cause: error }) };
        }
      }
      return told;
    },
  };
}
