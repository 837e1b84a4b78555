/**
 * What comes before the model is asked again: advice where a turn goes in circles, its last word, its end, or room for
 * what is to come.
 */
import type { Message, SystemMessage } from '../core/index.ts';
import type { Context } from '../engine/index.ts';
import type { State, Update } from '../state/index.ts';
import type { AgentChannels } from './channels.ts';
import type { AgentContext } from './context.ts';
import { judge, noteMessage } from './guards/judge.ts';
import type { Verdict } from './guards/judge.ts';
import { isCrowded, madeSmaller } from './room.ts';

const lastNote = (messages: readonly Message[]): string => {
  const last = messages.at(-1);
  return last?.role === 'system' ? last.id : '';
};

/** Whether the model is to answer now, without tools. */
export const isLastWord = (messages: readonly Message[]): boolean => lastNote(messages).includes(':finish:');

/** Whether the turn was ended. */
export const isStopped = (messages: readonly Message[]): boolean => lastNote(messages).includes(':stop:');

const GO_ON: Verdict = { kind: 'go-on' };

function verdictOn(messages: readonly Message[], { limits, toolOf }: AgentContext): Verdict {
  const last = messages.at(-1);
  // Only what has come of calls is judged, and once.
  return last?.role === 'tool' ? judge(messages, limits, toolOf) : GO_ON;
}

/** Whether there is something to prepare. */
export const isDue = (state: State<AgentChannels>, context: AgentContext): boolean =>
  verdictOn(state.messages, context).kind !== 'go-on' || isCrowded(state, context);

/** Prepares the next request. */
export async function prepareNode(
  state: State<AgentChannels>,
  ctx: Context<AgentContext>,
): Promise<Update<AgentChannels>> {
  const verdict = verdictOn(state.messages, ctx.context);
  const at = ctx.context.now();
  if (verdict.kind === 'go-on') return { seen: await madeSmaller(state, ctx) };
  if (verdict.kind !== 'stop') return { messages: [noteMessage(verdict, ctx.task, at)] };
  const { code, message: text } = verdict;
  ctx.emit({ type: 'notice', code, message: text });
  const note: SystemMessage = {
    id: `${ctx.task}:stop:${code}`,
    at,
    role: 'system',
    content: [{ type: 'text', text }],
  };
  return { messages: [note] };
}
