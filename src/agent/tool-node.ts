/** One tool call: resolve, validate, ask a person where the tool demands it, run, store the result. */
import { asAgentError, toWire } from '../core/index.ts';
import type { ApprovalRequest, ToolCallPart, ToolMessage, ToolOutput } from '../core/index.ts';
import type { Context } from '../engine/index.ts';
import type { Update } from '../state/index.ts';
import { callTool, needsApproval } from '../tools/index.ts';
import type { RegisteredTool } from '../tools/index.ts';
import type { AgentChannels, AgentContext } from './channels.ts';
import { isApproval } from './approval.ts';

type Ctx = Context<AgentContext>;

interface Permission {
  readonly allowed: boolean;
  readonly input: unknown;
  readonly reason?: string;
}

/** Waits for a person's word. Whatever is not a clear yes is a no. */
async function ask({ tool }: RegisteredTool, call: ToolCallPart, ctx: Ctx): Promise<Permission> {
  const { input } = call;
  if (!needsApproval(tool)) return { allowed: true, input };
  const { name, description, danger } = tool;
  const request: ApprovalRequest = { callId: call.toolCallId, tool: name, description, input, danger };
  const answer = await ctx.interrupt(request, { key: call.toolCallId, kind: 'approval' });
  if (!isApproval(answer)) return { allowed: false, input };
  if (answer.decision === 'approve') return { allowed: true, input: answer.input ?? input };
  return { allowed: false, input, ...(answer.reason === undefined ? {} : { reason: answer.reason }) };
}

async function perform(call: ToolCallPart, ctx: Ctx): Promise<ToolOutput> {
  const { tools } = ctx.context;
  const { toolCallId: callId, toolName: tool } = call;
  const failed = (thrown: unknown): ToolOutput => {
    const error = asAgentError(thrown, 'tool-failed', 'Ask for something else, or try again later.');
    ctx.emit({ type: 'tool-end', callId, tool, outcome: 'failed', error });
    return { type: 'error-json', value: toWire(error) };
  };
  let entry: RegisteredTool;
  try {
    entry = tools.get(tool);
    entry.check(call.input);
  } catch (error) {
    return failed(error);
  }
  const permission = await ask(entry, call, ctx);
  if (!permission.allowed) {
    ctx.emit({ type: 'tool-end', callId, tool, outcome: 'denied' });
    const { reason } = permission;
    return { type: 'execution-denied', ...(reason === undefined ? {} : { reason }) };
  }
  ctx.emit({ type: 'tool-start', callId, tool, input: permission.input });
  const result = await callTool(entry, permission.input, {
    signal: ctx.signal,
    idempotencyKey: `${ctx.threadId}:${callId}`,
    progress: (value) => {
      ctx.emit({ type: 'tool-progress', callId, value });
    },
  });
  if (result.outcome === 'failed') return failed(result.error);
  ctx.emit({ type: 'tool-end', callId, tool, outcome: 'ok', output: result.output });
  return { type: 'json', value: result.output };
}

/** Runs the call that it was sent; every ending but being stopped becomes the call's result. */
export async function toolNode(call: ToolCallPart, ctx: Ctx): Promise<Update<AgentChannels>> {
  const output = await perform(call, ctx);
  const { toolCallId, toolName } = call;
  const message: ToolMessage = {
    id: `${toolCallId}:result`,
    at: ctx.context.now(),
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId, toolName, output }],
  };
  return { messages: [message] };
}
