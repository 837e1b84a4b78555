/** The way of every tool call: resolve, read the input, permission, cache, intent, run, cap. */
import { AgentError, asAgentError, isAgentError, stableText, toWire } from '../core/index.ts';
import type {
  Approval,
  ApprovalRequest,
  EventBody,
  Grant,
  GrantStore,
  OutcomeUnknown,
  ToolCallPart,
  ToolContext,
  ToolOutput,
  ToolSpec,
  WireError,
} from '../core/index.ts';
import { callTool } from './call.ts';
import type { CallOutcome } from './call.ts';
import { unfit } from './input-issues.ts';
import type { MiddlewareCall, Pipeline } from './middleware.ts';
import { beginningOf, capOutput, MAX_OUTPUT } from './output.ts';
import { covers, demand, fingerprint, isApproval, isOutcomeAnswer, scopesOf } from './permission.ts';
import type { ApprovalMode } from './permission.ts';
import type { RegisteredTool, ToolRegistry } from './registry.ts';
import { footprint } from './resources.ts';
import type { ResultCache } from './result-cache.ts';
import { sizeOf } from './size.ts';
import type { ToolSet } from './tool-set.ts';

/** What a site lets its assistant do without asking. */
export interface ApprovalPolicy {
  readonly mode: ApprovalMode;
  /** Milliseconds after which silence is a no; undefined for never. */
  readonly timeout: number | undefined;
}

export interface ExecutorOptions {
  readonly registry: ToolRegistry;
  /** The tools that may be used just now. */
  readonly set: () => ToolSet;
  readonly grants: GrantStore;
  readonly pipeline: Pipeline;
  readonly cache: ResultCache;
  readonly policy: ApprovalPolicy;
}

/** A call, and what the conversation around it says about it. */
export interface ToolTask extends ToolCallPart {
  /** The ids of calls that are the same, and get this one's result. */
  readonly repeats?: readonly string[];
  /** The message that the turn answers. */
  readonly messageId?: string;
  /** The tool whose untrusted words the conversation has read. */
  readonly taintedBy?: string;
}

/** What a call may ask of the run that it is part of. The context of a node is one. */
export interface CallScope {
  readonly threadId: string;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970, the same when the call is begun again. */
  readonly now: () => number;
  readonly emit: (event: EventBody) => void;
  /** Asks, and ends this try; once there is an answer the call is begun again, and this gives it. */
  readonly interrupt: (
    payload: unknown,
    options: { key: string; kind: 'approval' | 'outcome-unknown' },
  ) => Promise<unknown>;
  readonly answered: (key: string) => unknown;
  readonly intended: (key: string) => boolean;
  readonly intent: (key: string) => Promise<boolean>;
  /** Does something that a call which is begun again does not do again. */
  readonly once: (key: string, effect: () => Promise<void>) => Promise<void>;
}

/** How a call ended. */
export interface Ending {
  readonly outcome: 'ok' | 'failed' | 'denied' | 'cached' | 'unknown';
  readonly output: ToolOutput;
  readonly error?: AgentError;
  /** What it ran with, where that is not what was asked for. */
  readonly ran?: { readonly input: unknown };
  /** Whether the output may hold words of strangers. */
  readonly untrusted?: true;
  /** Whether it can be taken back. */
  readonly undo?: 'offered';
  /** The whole output, where only its beginning is in `output`. */
  readonly text?: string;
}

export interface Executor {
  /**
   * Makes a call. Every ending is a value.
   *
   * @param store makes of an output what can be stored; what it throws fails the call.
   * @throws AgentError when the run was stopped, or when the page of a tool that can be called again is gone.
   */
  execute(task: ToolTask, scope: CallScope, store: (output: unknown) => unknown): Promise<Ending>;
  /**
   * Whether an input may be approved for a tool.
   *
   * @throws AgentError `tool-gone` when it is not offered, `invalid-tool-input` when the input does not fit.
   */
  admit(tool: string, input: unknown): Promise<void>;
  /** Takes a call back. */
  undo(
    call: { readonly tool: string; readonly input: unknown; readonly output: unknown },
    context: ToolContext,
  ): Promise<CallOutcome>;
}

/** Why a call has no result: it was begun, and what came of it is not known. */
export function cutOff(tool: string): AgentError {
  return new AgentError(
    'aborted',
    `"${tool}" was cut off before it answered; whether it had its effect is not known.`,
    { fix: 'Check before doing it again.', details: { tool } },
  );
}

const NEVER = new AbortController().signal;

/** What a model hears of a call that a person says was done. */
const DONE = { message: 'It was cut off before it answered. It was done all the same, says the person at the page.' };

/** What a model hears of a call that left the page: it is on record before the page is gone. */
const LEFT = { message: 'The page was left for this. The tools are now those of the page that came after it.' };

/** What a tool's own code gives before the call, in the time that a call has; what it throws is its refusal. */
async function own<T>(tool: ToolSpec, signal: AbortSignal, work: () => T): Promise<Awaited<T>> {
  const context = { signal, idempotencyKey: '', progress: () => undefined };
  const result = await callTool({ ...tool, retries: 0 }, work, context);
  if (result.outcome === 'failed') throw result.error;
  // What `work` gave.
  return result.output as Awaited<T>;
}

/** A call on its way. */
interface Way {
  readonly entry: RegisteredTool;
  readonly input: unknown;
}

/** What there is to say of everything that a tool gives. */
const marksOf = ({ untrusted }: ToolSpec): Pick<Ending, 'untrusted'> => (untrusted ? { untrusted: true } : {});

function denied(reason: string | undefined): Ending {
  return { outcome: 'denied', output: { type: 'execution-denied', ...(reason === undefined ? {} : { reason }) } };
}

/** Makes the executor of a host. */
export function createExecutor({ registry, set, grants, pipeline, cache, policy }: ExecutorOptions): Executor {
  const resolve = (name: string): RegisteredTool => {
    const entry = registry.get(name);
    if (set().has(entry.tool.name)) return entry;
    throw new AgentError('tool-not-granted', `The assistant may not use "${entry.tool.name}" just now.`, {
      fix: 'Use another tool, or widen the set with agent.tools.use().',
      details: { tool: entry.tool.name },
    });
  };

  const read = async ({ read: fit, tool }: RegisteredTool, raw: unknown, signal: AbortSignal): Promise<unknown> => {
    const input = fit(raw);
    const issues = tool.check ? await own(tool, signal, () => tool.check?.(input) ?? []) : [];
    if (issues.length === 0) return input;
    throw unfit(tool.name, issues);
  };

  const callOf = (task: ToolTask, scope: CallScope, entry: RegisteredTool, input: unknown): MiddlewareCall => ({
    callId: task.toolCallId,
    threadId: scope.threadId,
    tool: entry.tool,
    input,
    signal: scope.signal,
  });

  /** An input that has been read, passed through the middleware, and read again where that may have changed it. */
  const pass = async (task: ToolTask, scope: CallScope, entry: RegisteredTool, input: unknown): Promise<unknown> => {
    const passed = await pipeline.before(callOf(task, scope, entry, input));
    return pipeline.vets ? read(entry, passed, scope.signal) : passed;
  };

  /** The input that a person has changed. It is run as it was seen, or not at all. */
  const edited = async (task: ToolTask, scope: CallScope, entry: RegisteredTool, given: unknown): Promise<unknown> => {
    const input = await read(entry, given, scope.signal);
    if (stableText(await pass(task, scope, entry, input)) === stableText(input)) return input;
    throw new AgentError('tool-denied', `The site does not let "${entry.tool.name}" run with the changed arguments.`, {
      fix: 'Ask for it again, and leave the arguments as they are shown.',
      details: { tool: entry.tool.name },
    });
  };

  const isGranted = async (entry: RegisteredTool, { threadId }: CallScope, messageId: string): Promise<boolean> => {
    const found = await grants.list(threadId);
    return found.some((grant) => covers(grant, entry, threadId, messageId));
  };

  /** What the person is asked. It is part of the answer's identity: a yes to one question is no yes to another. */
  const requestOf = async (task: ToolTask, scope: CallScope, { entry, input }: Way): Promise<ApprovalRequest> => {
    const { now, signal } = scope;
    const { tool } = entry;
    const { name, description, effect, danger, input: inputSchema } = tool;
    const { taintedBy = '', toolCallId: callId } = task;
    const said = tool.summary ? await own(tool, signal, () => tool.summary?.(input)) : undefined;
    const told = said === undefined ? undefined : pipeline.during(callOf(task, scope, entry, input), said);
    const summary = typeof told === 'string' ? told : undefined;
    const { writes } = tool.writes ? footprint(tool, input) : {};
    return {
      ...{ callId, tool: name, description, input, inputSchema, effect, danger },
      scopes: scopesOf(tool.review === true || taintedBy !== ''),
      ...(summary === undefined ? {} : { summary }),
      ...(writes ? { touches: writes } : {}),
      ...(taintedBy === '' ? {} : { taintedBy }),
      ...(policy.timeout === undefined ? {} : { expiresAt: now() + policy.timeout }),
    };
  };

  /** Waits for a person where one has to be asked. Whatever is not a clear yes is a no. */
  const permission = async (task: ToolTask, scope: CallScope, way: Way): Promise<Approval> => {
    const { toolCallId: callId, taintedBy = '', messageId = '' } = task;
    const need = demand(way.entry.tool, policy.mode, taintedBy !== '');
    const wasAsked = scope.answered(callId) !== undefined;
    if (!wasAsked && need === 'none') return { decision: 'approve' };
    if (!wasAsked && need === 'unless-granted' && (await isGranted(way.entry, scope, messageId))) {
      return { decision: 'approve' };
    }
    const request = await requestOf(task, scope, way);
    const answer = await scope.interrupt(request, { key: callId, kind: 'approval' });
    if (!isApproval(answer)) return { decision: 'reject' };
    if (answer.decision === 'reject') return answer;
    const { scope: held = 'once' } = answer;
    if (held !== 'once' && request.scopes.includes(held)) {
      const grant: Grant = {
        tool: way.entry.tool.name,
        scope: held,
        threadId: held === 'always' ? '' : scope.threadId,
        ...(held === 'run' ? { messageId } : {}),
        fingerprint: fingerprint(way.entry),
        at: scope.now(),
      };
      // Once: a call that is begun again must not bring back what has been revoked since.
      await scope.once(`${callId}:grant`, () => grants.put(grant));
    }
    return answer;
  };

  /** Has what was read before and meanwhile forgotten, however it ends: it may have had its effect. */
  const changing = async (tool: ToolSpec, input: unknown, work: () => Promise<CallOutcome>): Promise<CallOutcome> => {
    const change = footprint(tool, input);
    cache.changed(change);
    try {
      return await work();
    } finally {
      cache.changed(change);
    }
  };

  const run = async (task: ToolTask, scope: CallScope, { entry, input }: Way): Promise<CallOutcome> => {
    const { tool } = entry;
    const { toolCallId: callId } = task;
    const progress = (value: unknown): void => {
      const told = pipeline.during(callOf(task, scope, entry, input), value);
      if (told !== undefined) scope.emit({ type: 'tool-progress', callId, value: told });
    };
    const context = { signal: scope.signal, idempotencyKey: callId, progress };
    scope.emit({ type: 'tool-start', callId, tool: tool.name, input });
    const work = (): Promise<CallOutcome> => callTool(tool, (inner) => tool.run(input, inner), context);
    return tool.effect === 'read' ? work() : changing(tool, input, work);
  };

  /** Runs a call that may be made, or gives what an earlier one gave. */
  const perform = async (task: ToolTask, scope: CallScope, way: Way): Promise<CallOutcome | { cached: unknown }> => {
    const { entry, input } = way;
    const after = (result: CallOutcome) => pipeline.after(callOf(task, scope, entry, input), result);
    if (entry.tool.cacheTtl === 0) return after(await run(task, scope, way));
    const reading = cache.begin(entry, input, scope.threadId);
    try {
      if (reading.hit) return { cached: reading.hit.output };
      const result = await after(await run(task, scope, way));
      if (result.outcome === 'ok') reading.keep(result.output);
      return result;
    } finally {
      reading.end();
    }
  };

  return {
    async execute(task, scope, store) {
      const { toolCallId: callId, toolName, input: asked } = task;
      const failed = (error: AgentError, outcome: 'failed' | 'unknown' = 'failed'): Ending => {
        const wire = toWire(error);
        const { code, message, fix } = wire;
        // Its details may be too many, or nothing that can be stored.
        let value: unknown = { code, message: beginningOf(message), fix: beginningOf(fix) };
        try {
          if (sizeOf(wire, MAX_OUTPUT) <= MAX_OUTPUT) value = store(wire);
        } catch {
          // The rest can be.
        }
        // What can be stored is stored as it is.
        return { outcome, output: { type: 'error-json', value: value as WireError }, error };
      };
      const given = scope.answered(callId);
      // A no stays a no, whatever the tool has become.
      if (isApproval(given) && given.decision === 'reject') return denied(given.reason);
      const leaving = `${callId}:leaves`;
      const left = (): Ending => ({ outcome: 'ok', output: { type: 'json', value: LEFT } });
      if (scope.intended(leaving)) return left();
      for (let begun = 0; ;) {
        // It has been begun and was cut off. What may not be done twice is for a person to say.
        const intent = begun === 0 ? callId : `${callId}:${begun}`;
        if (scope.intended(intent)) {
          const key = `${intent}:outcome`;
          let answer = scope.answered(key);
          if (answer === undefined) {
            const description = registry.find(toolName)?.tool.description ?? '';
            const question: OutcomeUnknown = { callId, tool: toolName, description, input: asked };
            answer = await scope.interrupt(question, { key, kind: 'outcome-unknown' });
          }
          const outcome = isOutcomeAnswer(answer) ? answer.outcome : 'cancel';
          if (outcome === 'done') return { outcome: 'ok', output: { type: 'json', value: DONE } };
          if (outcome === 'cancel') return failed(cutOff(toolName), 'unknown');
          begun++;
          continue;
        }
        let way: Way | undefined;
        let word: Approval;
        try {
          const entry = resolve(toolName);
          way = { entry, input: asked };
          way = { entry, input: await pass(task, scope, entry, await read(entry, asked, scope.signal)) };
          word = await permission(task, scope, way);
          if (word.decision === 'approve' && word.input !== undefined) {
            way = { entry, input: await edited(task, scope, entry, word.input) };
          }
        } catch (error) {
          // A question is no failure, and neither is being stopped. Of a page that is gone nothing has been run yet.
          if (!(error instanceof AgentError) || scope.signal.aborted || error.code === 'page-gone') throw error;
          if (!way) return failed(error);
          // The tool's own words may be in it.
          const told = await pipeline.after(callOf(task, scope, way.entry, way.input), { outcome: 'failed', error });
          return { ...failed(told.outcome === 'failed' ? told.error : error), ...marksOf(way.entry.tool) };
        }
        if (word.decision === 'reject') return denied(word.reason);
        const { entry, input } = way;
        const { tool } = entry;
        const leaves = tool.effect === 'navigate';
        try {
          if (leaves || !tool.idempotent) await scope.intent(leaves ? leaving : intent);
          // Whoever is to recognise a repeated call gets the same key again, so the call is durable before it begins.
          else if (tool.effect !== 'read') await scope.intent(`${callId}:key`);
        } catch (error) {
          if (!isAgentError(error) || error.code !== 'quota-exceeded') throw error;
          // What cannot be noted is not begun, unless it may be done twice: a crash then leaves nothing to repeat.
          if (leaves || !tool.idempotent) return { ...failed(error), ...marksOf(tool) };
        }
        const result = await perform(task, scope, way);
        const ran = input === asked ? {} : { ran: { input } };
        const marks = { ...ran, ...marksOf(tool) };
        if ('outcome' in result && result.outcome === 'failed') {
          if (result.error.code !== 'page-gone') return { ...failed(result.error), ...marks };
          if (leaves) return left();
          // What can be done again is done again once the run goes on; of the rest the person is asked.
          if (tool.idempotent) throw result.error;
          continue;
        }
        try {
          const { shown, text } = capOutput('cached' in result ? result.cached : result.output, callId);
          return {
            outcome: 'cached' in result ? 'cached' : 'ok',
            output: { type: 'json', value: store(shown) },
            ...marks,
            // Its undo gets the whole output, or is not offered.
            ...(text === undefined ? (tool.undoes ? { undo: 'offered' } : {}) : { text }),
          };
        } catch (error) {
          // It has had its effect; only what it gave back cannot be kept.
          return { ...failed(asAgentError(error, 'tool-failed', 'Let the tool return plain data.')), ...marks };
        }
      }
    },

    async admit(name, input) {
      let entry: RegisteredTool;
      try {
        entry = resolve(name);
      } catch (error) {
        throw new AgentError('tool-gone', `The page does not offer "${name}" just now; the question stays open.`, {
          fix: 'Offer the tool with agent.tool(), then approve again.',
          details: { tool: name },
          cause: error,
        });
      }
      await read(entry, input, NEVER);
    },

    async undo({ tool: name, input, output }, context) {
      const { tool } = registry.get(name);
      if (!tool.undo) {
        throw new AgentError('undo-failed', `"${name}" cannot take a call back.`, {
          fix: 'Undo it by hand.',
          details: { tool: name },
        });
      }
      return changing(tool, input, () =>
        callTool({ ...tool, retries: 0 }, (inner) => tool.undo?.({ input, output }, inner), context),
      );
    },
  };
}
