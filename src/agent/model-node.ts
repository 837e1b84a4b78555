/** The model's half of a turn: one request, and one message with what is to be done of it. */
import { messageCalls, messageText, toWire } from '../core/index.ts';
import type { Message, ToolMessage } from '../core/index.ts';
import { Command } from '../engine/index.ts';
import type { State, Update } from '../state/index.ts';
import { cutOff, planWaves } from '../tools/index.ts';
import { answerOf } from './answer.ts';
import type { AgentChannels } from './channels.ts';
import type { AgentScope } from './context.ts';
import { latestUser, openCalls } from './pending-calls.ts';
import { arranged } from './prompt.ts';
import { resultMessage } from './tool-result.ts';

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

/** Asks the model for the next message; where something is to be prepared first, that comes first. */
export async function modelNode(
  state: State<AgentChannels>,
  ctx: AgentScope,
): Promise<Update<AgentChannels> | Command<AgentChannels>> {
  const { messages, title, waves } = state;
  const { guide, registry, select, now } = ctx.context;
  if (guide?.isDue(state, ctx.context)) return new Command({ goto: 'prepare' });
  const at = now();
  const cut = closed(messages, at);
  const all = cut.length > 0 ? [...messages, ...cut] : messages;
  const said = latestUser(messages);
  const tools = select(said, guide?.preferred(state));
  const request = guide?.request(state, all, tools, at) ?? { messages: arranged(all), tools, now: at };
  const id = `${ctx.task}:message`;
  const given = guide ? await guide.ask(request, state, ctx, id) : await answerOf(request, ctx, ctx.emit, id);
  if (!('role' in given)) return new Command({ update: given, goto: 'prepare' });
  const { answer, more, isAgain } = guide?.settle(given, state, ctx) ?? { answer: given, more: [], isAgain: false };
  const planned = planWaves(messageCalls(answer), (name) => registry.find(name));
  const update = {
    messages: [...cut, answer, ...more],
    ...(planned.length + waves.length > 0 ? { waves: planned } : {}),
    ...(title === '' && said ? { title: titleOf(messageText(said)) } : {}),
  };
  return isAgain ? new Command({ update, goto: 'model' }) : update;
}

/** Prepares the next request. */
export async function prepareNode(state: State<AgentChannels>, ctx: AgentScope): Promise<Update<AgentChannels>> {
  return (await ctx.context.guide?.prepare(state, ctx)) ?? {};
}
