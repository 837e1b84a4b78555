/** The model's half of a turn: one request, streamed out as it comes, stored as one message. */
import { AgentError, errorText, isAgentError, messageCalls, messageText, toWire } from '../core/index.ts';
import type { AssistantMessage, Message, ModelRequest, TextPart, ToolCallPart, ToolMessage } from '../core/index.ts';
import type { Context } from '../engine/index.ts';
import type { State, Update } from '../state/index.ts';
import { cutOff, planWaves, readOutputTool } from '../tools/index.ts';
import type { AgentChannels, AgentContext } from './channels.ts';
import { latestUser, openCalls } from './pending-calls.ts';
import { arranged, promptOf } from './prompt.ts';
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

async function converse(request: ModelRequest, ctx: Ctx, id: string): Promise<AssistantMessage> {
  const { model } = ctx.context;
  const calls: ToolCallPart[] = [];
  let text = '';
  for await (const part of model.stream(request, { signal: ctx.signal })) {
    if (part.type === 'text-delta') {
      if (text === '') ctx.emit({ type: 'text-start', id });
      text += part.text;
      ctx.emit({ type: 'text-delta', id, text: part.text });
    } else if (part.type === 'tool-call') {
      // A model's own call ids repeat; this one is unlike any other, so that a server can tell calls apart by it.
      const callId = `${ctx.runId}:${ctx.step}:${calls.length}`;
      calls.push({ type: 'tool-call', toolCallId: callId, toolName: part.name, input: part.input });
      ctx.emit({ type: 'tool-call', callId, tool: part.name, input: part.input });
    } else if (part.type === 'reasoning-delta' || part.type === 'tool-input-delta') {
      ctx.emit(part);
    } else if (part.type === 'finish') {
      ctx.emit({ type: 'usage', inputTokens: part.inputTokens, outputTokens: part.outputTokens });
    }
  }
  if (text !== '') ctx.emit({ type: 'text-end', id });
  const said: readonly TextPart[] = text === '' ? [] : [{ type: 'text', text }];
  return { id, at: ctx.context.now(), role: 'assistant', content: [...said, ...calls] };
}

function modelError(error: unknown, model: string): AgentError {
  if (isAgentError(error)) return error;
  return new AgentError('model-failed', `The model "${model}" failed: ${errorText(error)}`, {
    fix: 'Try again; if it goes on failing, choose another model.',
    details: { model },
    cause: error,
  });
}

/** Asks the model for the next message. */
export async function modelNode(state: State<AgentChannels>, ctx: Ctx): Promise<Update<AgentChannels>> {
  const { messages, title, waves, outputs } = state;
  const { model, instructions, tools, select, now } = ctx.context;
  const at = now();
  const cut = closed(messages, at);
  const said = latestUser(messages);
  const offered = select(said ? messageText(said) : '');
  const all = cut.length > 0 ? [...messages, ...cut] : messages;
  const request = {
    messages: model.generative ? promptOf(all) : arranged(all),
    tools: model.generative && outputs.size > 0 ? [...offered, readOutputTool] : offered,
    now: at,
    ...(instructions ? { instructions } : {}),
  };
  try {
    const message = await converse(request, ctx, `${ctx.task}:message`);
    const planned = planWaves(messageCalls(message), (name) => tools.find(name));
    return {
      messages: [...cut, message],
      ...(planned.length + waves.length > 0 ? { waves: planned } : {}),
      ...(title === '' && said ? { title: titleOf(messageText(said)) } : {}),
    };
  } catch (error) {
    throw modelError(error, model.id);
  }
}
