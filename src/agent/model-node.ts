/** The model's half of a turn: one request, and one message with what is to be done of it. */
import { AgentError, isAgentError, messageCalls, messageText, toWire } from '../core/index.ts';
import type { AssistantMessage, Message, ModelRequest, ToolCallPart, ToolMessage, ToolOutput } from '../core/index.ts';
import { Command } from '../engine/index.ts';
import type { Context } from '../engine/index.ts';
import type { State, Update } from '../state/index.ts';
import { cutOff, planWaves, readOutputTool } from '../tools/index.ts';
import { answerOf } from './answer.ts';
import type { AgentChannels } from './channels.ts';
import { applyView } from './compaction/view.ts';
import type { AgentContext } from './context.ts';
import { screenCalls } from './guards/screen.ts';
import { latestUser, openCalls } from './pending-calls.ts';
import { isDue, isLastWord } from './prepare-node.ts';
import { arranged, promptOf } from './prompt.ts';
import { requestTokens } from './room.ts';
import { checkSpending, spend } from './spending.ts';
import { resultMessage } from './tool-result.ts';

type Ctx = Context<AgentContext>;

/** Characters of the first message that name the thread. */
const TITLE_LENGTH = 60;

/**
 * Results for calls that never got one, because the page closed or the run was stopped in the middle. They are told as
 * unknown and never run again by themselves: the effect may have happened.
 */
export const closed = (messages: readonly Message[], at: number): readonly ToolMessage[] =>
  openCalls(messages).map((call) =>
    resultMessage(call, { type: 'error-json', value: toWire(cutOff(call.toolName)) }, at),
  );

/** The beginning of a text, by code points: half of a surrogate pair could not be stored as it is. */
function titleOf(text: string): string {
  const beginning = text.trim().slice(0, 2 * TITLE_LENGTH);
  return Array.from(beginning).slice(0, TITLE_LENGTH).join('');
}

/** What a call is told that comes when there was to be none. */
function tooLate({ toolName }: ToolCallPart): ToolOutput {
  const error = new AgentError('tool-denied', `"${toolName}" was not run: no tool can be called now.`, {
    fix: 'Answer with what there is.',
    details: { tool: toolName, guard: 'last-word' },
  });
  return { type: 'error-json', value: toWire(error) };
}

/** The results of calls that are not to be run, so that nobody waits for them. */
function refused(
  calls: readonly ToolCallPart[],
  messages: readonly Message[],
  ctx: Ctx,
  isFinal: boolean,
): readonly ToolMessage[] {
  const { model, limits, toolOf, now } = ctx.context;
  if (calls.length === 0 || !model.generative) return [];
  const blocked = isFinal
    ? calls.map((call) => ({ call, output: tooLate(call) }))
    : screenCalls(calls, messages, limits, toolOf);
  return blocked.map(({ call, output }) => {
    const { toolCallId: callId, toolName: tool } = call;
    ctx.emit({ type: 'tool-end', callId, tool, outcome: 'denied' });
    return resultMessage(call, output, now());
  });
}

/** Asks the model for the next message; where something is to be prepared first, that comes first. */
export async function modelNode(
  state: State<AgentChannels>,
  ctx: Ctx,
): Promise<Update<AgentChannels> | Command<AgentChannels>> {
  const { messages, title, waves, outputs, seen } = state;
  const { model, instructions, registry, select, now } = ctx.context;
  if (model.generative && isDue(state, ctx.context)) return new Command({ goto: 'prepare' });
  const at = now();
  const cut = closed(messages, at);
  const said = latestUser(messages);
  const offered = select(said);
  const all = cut.length > 0 ? [...messages, ...cut] : messages;
  const isFinal = isLastWord(messages);
  const request: ModelRequest = {
    messages: model.generative ? promptOf(applyView(all, seen.view)) : arranged(all),
    tools: model.generative && outputs.size > 0 ? [...offered, readOutputTool] : offered,
    now: at,
    ...(instructions ? { instructions } : {}),
    ...(isFinal ? { toolChoice: 'none' } : {}),
  };
  await checkSpending(ctx);
  let message: AssistantMessage;
  try {
    message = await answerOf(request, ctx, ctx.emit, `${ctx.task}:message`);
  } catch (error) {
    if (!isAgentError(error) || error.code !== 'context-overflow' || !model.generative) throw error;
    // The estimates were wrong, or the context is smaller than was said.
    return new Command({ update: { seen: { ...seen, isTooLong: true } }, goto: 'prepare' });
  }
  if (message.usage) {
    ctx.context.counter.observe(requestTokens(ctx.context, request.messages, offered), message.usage.inputTokens);
    await spend(ctx, message.usage);
  }
  const calls = messageCalls(message);
  const answered = refused(calls, messages, ctx, isFinal);
  const planned = planWaves(calls, (name) => registry.find(name));
  const update = {
    messages: [...cut, message, ...answered],
    ...(planned.length + waves.length > 0 ? { waves: planned } : {}),
    ...(title === '' && said ? { title: titleOf(messageText(said)) } : {}),
  };
  // Where none of its calls is to be run, the model has to hear of it.
  const isAlone = answered.length > 0 && answered.length === calls.length;
  return isAlone ? new Command({ update, goto: 'model' }) : update;
}
