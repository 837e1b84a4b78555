/** One tool call: resolve, validate, ask a person where the tool demands it, run, store the result. */
import { asAgentError, toWire } from '../core/index.ts';
import type { AgentError, ApprovalRequest, ToolCallPart, ToolOutput } from '../core/index.ts';
import type { Context } from '../engine/index.ts';
import { admit } from '../state/index.ts';
import type { Update } from '../state/index.ts';
import { callTool, needsApproval } from '../tools/index.ts';
import type { RegisteredTool } from '../tools/index.ts';
import { isApproval } from './approval.ts';
import type { AgentChannels, AgentContext } from './channels.ts';
import { cutOff, resultMessage } from './tool-result.ts';

type Ctx = Context<AgentContext>;

/** A person's word on a call. */
type Permission =
  { readonly allowed: true; readonly input: unknown } | { readonly allowed: false; readonly reason?: string };

/** Waits for a person's word. Whatever is not a clear yes is a no, and a no stays one whatever the tool has become. */
async function ask({ tool }: RegisteredTool, call: ToolCallPart, ctx: Ctx): Promise<Permission> {
  const { input, toolCallId: callId } = call;
  const given = ctx.answered(callId);
  if (given === undefined && !needsApproval(tool)) return { allowed: true, input };
  if (isApproval(given) && given.decision === 'reject') return { allowed: false, ...reasonOf(given.reason) };
  const { name, description, danger } = tool;
  const request: ApprovalRequest = { callId, tool: name, description, input, danger };
  const answer = await ctx.interrupt(request, { key: callId, kind: 'approval' });
  if (!isApproval(answer)) return { allowed: false };
  if (answer.decision === 'approve') return { allowed: true, input: answer.input === undefined ? input : answer.input };
  return { allowed: false, ...reasonOf(answer.reason) };
}

const reasonOf = (reason: string | undefined): { reason?: string } => (reason === undefined ? {} : { reason });

/** An error as a call's output; details that cannot be stored are left out. */
function errorOutput(error: AgentError): ToolOutput {
  const wire = toWire(error);
  try {
    return { type: 'error-json', value: admit(wire, ['error']) };
  } catch {
    const { code, message, fix } = wire;
    return { type: 'error-json', value: { code, message, fix } };
  }
}

/** A call's end, and the input that it ran with. */
interface Ending {
  readonly output: ToolOutput;
  readonly outcome: 'ok' | 'failed' | 'denied' | 'unknown';
  readonly error?: AgentError;
  readonly ran?: { readonly input: unknown };
}

const failed = (error: AgentError): Ending => ({ outcome: 'failed', output: errorOutput(error), error });

async function perform(entry: RegisteredTool, call: ToolCallPart, ctx: Ctx): Promise<Ending> {
  const { toolCallId: callId, toolName: tool } = call;
  const permission = await ask(entry, call, ctx);
  if (!permission.allowed) {
    return { outcome: 'denied', output: { type: 'execution-denied', ...reasonOf(permission.reason) } };
  }
  const { input } = permission;
  // Reading twice harms nobody; anything else is never begun a second time by itself.
  if (entry.tool.effect !== 'read') await ctx.intent(callId);
  ctx.emit({ type: 'tool-start', callId, tool, input });
  const progress = (value: unknown): void => {
    ctx.emit({ type: 'tool-progress', callId, value });
  };
  const result = await callTool(entry, input, { signal: ctx.signal, idempotencyKey: callId, progress });
  const ran = input === call.input ? {} : { ran: { input } };
  if (result.outcome === 'failed') return { ...failed(result.error), ...ran };
  try {
    return { outcome: 'ok', output: { type: 'json', value: admit(result.output, [tool, 'output']) }, ...ran };
  } catch (error) {
    // It has had its effect; only what it gave back cannot be kept.
    return { ...failed(asAgentError(error, 'tool-failed', 'Let the tool return plain data.')), ...ran };
  }
}

function resolve(call: ToolCallPart, ctx: Ctx): RegisteredTool | AgentError {
  try {
    const entry = ctx.context.tools.get(call.toolName);
    entry.check(call.input);
    return entry;
  } catch (error) {
    return asAgentError(error, 'invalid-tool-input', 'Call the tool with input that fits its schema.');
  }
}

async function settle(call: ToolCallPart, ctx: Ctx): Promise<Ending> {
  if (ctx.intended(call.toolCallId)) {
    // It has begun once and was cut off, whatever the page offers by now.
    const error = cutOff(call.toolName);
    return { outcome: 'unknown', output: errorOutput(error), error };
  }
  const entry = resolve(call, ctx);
  return 'tool' in entry ? perform(entry, call, ctx) : failed(entry);
}

/** Runs the call that it was sent; every ending but being stopped becomes the call's result. */
export async function toolNode(call: ToolCallPart, ctx: Ctx): Promise<Update<AgentChannels>> {
  const ending = await settle(call, ctx);
  const { outcome, output, error, ran } = ending;
  ctx.emit({
    type: 'tool-end',
    callId: call.toolCallId,
    tool: call.toolName,
    outcome,
    ...(output.type === 'json' ? { output: output.value } : {}),
    ...(error ? { error } : {}),
  });
  return { messages: [resultMessage(call, output, ctx.context.now(), ran)] };
}
