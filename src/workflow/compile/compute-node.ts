/** A compute node: calls tools, or a registered handler. */
import { AgentError, asAgentError, isAgentError, isRecord } from '../../core/index.ts';
import type { Context } from '../../engine/index.ts';
import { admit } from '../../state/index.ts';
import type { Ending } from '../../tools/index.ts';
import type { ComputeSpec } from '../document.ts';
import { parseInputs } from '../expression/inputs.ts';
import type { Data, WorkflowState, WorkflowUpdate } from './channels.ts';
import { demandAllowed } from './constraints.ts';
import type { Compilation } from './parts.ts';
import type { Handler, WorkflowContext, WorkflowNode } from './ports.ts';
import { located, scopeOf } from './scope.ts';

type NodeContext = Context<WorkflowContext>;

interface Called {
  readonly tool: string;
  readonly output?: unknown;
  readonly error?: AgentError;
  readonly untrusted: boolean;
}

function contextOf({ context }: NodeContext, node: string): WorkflowContext {
  // A run may be begun without one.
  if (isRecord(context) && 'executor' in context) return context;
  throw new AgentError('invalid-option', `"${node}" calls tools, and the run has no executor.`, {
    fix: 'Give `context: { executor, toolOf }` to the run.',
    details: { node, retry: false },
  });
}

/** The whole output, also of a call whose message would show only its beginning. */
function outputOf({ output, text }: Ending): unknown {
  if (text === undefined) return output.type === 'json' ? output.value : undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What may have had its effect is not tried again, and neither is what somebody has refused. */
function errorOf(tool: string, { outcome, output, error }: Ending, isRepeatable: boolean): AgentError {
  if (outcome === 'denied') {
    const reason = output.type === 'execution-denied' && output.reason !== undefined ? `: ${output.reason}` : '';
    return new AgentError('approval-rejected', `A person did not allow "${tool}"${reason}.`, {
      fix: 'Go on without it: `on_error` says where.',
      details: { tool, retry: false },
    });
  }
  const known = error ?? asAgentError(undefined, 'tool-failed', 'Look at the tool.');
  if (isRepeatable) return known;
  return new AgentError(known.code, known.message, { fix: known.fix, details: { tool, retry: false }, cause: known });
}

/** Makes one call. What it gave is kept with the task where the node may begin again after it. */
async function callTool(
  spec: ComputeSpec,
  index: number,
  inputs: unknown,
  state: WorkflowState,
  ctx: NodeContext,
): Promise<Called> {
  const toolName = spec.tools[index] ?? '';
  const { executor, toolOf } = contextOf(ctx, spec.id);
  const tool = toolOf(toolName);
  if (tool) demandAllowed(spec.constraints, tool, spec.id);
  const toolCallId = `${ctx.threadId}/${ctx.task}/${index}`;
  const { taintedBy } = state;
  const execute = async (): Promise<Called> => {
    ctx.emit({ type: 'tool-call', callId: toolCallId, tool: toolName, input: inputs });
    const task = {
      type: 'tool-call',
      toolCallId,
      toolName,
      input: inputs,
      ...(taintedBy === '' ? {} : { taintedBy }),
    } as const;
    const ending = await executor.execute(task, ctx, (output) => admit(output, [toolName, 'output']));
    const { outcome, output, error } = ending;
    const isDone = outcome === 'ok' || outcome === 'cached';
    ctx.emit({
      type: 'tool-end',
      callId: toolCallId,
      tool: toolName,
      outcome,
      ...(output.type === 'json' ? { output: output.value } : {}),
      ...(error ? { error } : {}),
    });
    const untrusted = ending.untrusted === true;
    if (isDone) return { tool: toolName, output: outputOf(ending) ?? null, untrusted };
    throw errorOf(toolName, ending, tool?.idempotent ?? false);
  };
  const mayBeginAgain = spec.tools.length > 1 || spec.retry !== undefined;
  return mayBeginAgain ? ctx.once(`call:${index}`, execute) : execute();
}

/** A call whose failure is a value, so that the others are made all the same. What asks or is stopped goes on being thrown. */
async function settled(tool: string, ctx: NodeContext, call: Promise<Called>): Promise<Called> {
  try {
    return await call;
  } catch (error) {
    if (!isAgentError(error) || ctx.signal.aborted) throw error;
    return { tool, error, untrusted: false };
  }
}

async function callAll(
  spec: ComputeSpec,
  inputs: unknown,
  state: WorkflowState,
  ctx: NodeContext,
): Promise<readonly Called[]> {
  const make = (index: number): Promise<Called> => {
    const call = callTool(spec, index, inputs, state, ctx);
    return spec.failFast ? call : settled(spec.tools[index] ?? '', ctx, call);
  };
  const all = spec.tools.map((_, index) => index);
  if (spec.parallel) return Promise.all(all.map(make));
  const called: Called[] = [];
  for (const index of all) called.push(await make(index));
  return called;
}

/** What several calls gave, by tool; that of one as it is. */
function resultOf(spec: ComputeSpec, called: readonly Called[]): unknown {
  const failure = called.find(({ error }) => error)?.error;
  if (failure && called.every(({ error }) => error)) throw failure;
  if (spec.tools.length === 1) return called[0]?.output;
  return Object.fromEntries(called.map(({ tool, output, error }) => [tool, error ? { error: error.message } : output]));
}

async function useTools(
  spec: ComputeSpec,
  inputs: unknown,
  state: WorkflowState,
  ctx: NodeContext,
): Promise<WorkflowUpdate> {
  const { maxToolCalls } = spec.constraints;
  if (maxToolCalls !== undefined && spec.tools.length > maxToolCalls) {
    throw new AgentError(
      'budget-exhausted',
      `"${spec.id}" may make ${maxToolCalls} calls and wants to make ${spec.tools.length}.`,
      {
        fix: 'Raise `max_tool_calls`, or take tools out.',
        details: { node: spec.id, retry: false },
      },
    );
  }
  const called = await callAll(spec, inputs, state, ctx);
  const tainting = called.find(({ untrusted }) => untrusted)?.tool;
  return {
    data: { ...state.data, [spec.output]: resultOf(spec, called) },
    ...(tainting === undefined ? {} : { taintedBy: tainting }),
  };
}

async function useHandler(
  handler: Handler,
  spec: ComputeSpec,
  inputs: Data,
  { data }: WorkflowState,
  ctx: NodeContext,
  compilation: Compilation,
): Promise<WorkflowUpdate> {
  const value = await compilation.ask(spec, handler, inputs, data, (seen) => handler(inputs, seen, ctx));
  return { data: { ...data, [spec.output]: value ?? null } };
}

export function computeNode(spec: ComputeSpec, compilation: Compilation): WorkflowNode | undefined {
  const reader = compilation.parse({ text: spec.id, at: spec.at }, () => parseInputs(spec.inputs));
  if (!reader) return undefined;
  // The inputs of a node are a record.
  const read = (state: WorkflowState): Data => located(spec, () => reader.read(scopeOf(state))) as Data;
  if (!spec.handler) return (state, ctx) => useTools(spec, read(state), state, ctx);
  const handler = compilation.registered('handlers', spec.handler, compilation.options.handlers);
  return handler && ((state, ctx) => useHandler(handler, spec, read(state), state, ctx, compilation));
}
