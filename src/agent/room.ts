/** Whether a conversation has room in its model's context, and how it gets some. */
import { AgentError } from '../core/index.ts';
import type { Message, ModelTool } from '../core/index.ts';
import type { Context } from '../engine/index.ts';
import type { State } from '../state/index.ts';
import { answerOf } from './answer.ts';
import type { AgentChannels, Seen } from './channels.ts';
import { planCompaction } from './compaction/plan.ts';
import type { CompactionPlan } from './compaction/plan.ts';
import { SUMMARY_INSTRUCTIONS } from './compaction/summary.ts';
import { levelOf } from './compaction/thresholds.ts';
import { applyView } from './compaction/view.ts';
import type { AgentContext } from './context.ts';
import { latestUser } from './pending-calls.ts';
import { promptOf } from './prompt.ts';
import { spend } from './spending.ts';

const measured = new WeakMap<readonly ModelTool[], number>();

/** About how many tokens a request takes beside its messages. */
function fixedTokens({ counter, instructions = '' }: AgentContext, tools: readonly ModelTool[]): number {
  let tokens = measured.get(tools);
  if (tokens === undefined) measured.set(tools, (tokens = counter.measure(tools)));
  return tokens + counter.measure(instructions);
}

/** About how many tokens a request takes. */
export const requestTokens = (context: AgentContext, seen: readonly Message[], tools: readonly ModelTool[]): number =>
  context.counter.total(seen) + fixedTokens(context, tools);

/** Whether the model's context is so full that the conversation has to be made smaller before it is asked again. */
export function isCrowded({ messages, seen }: State<AgentChannels>, context: AgentContext): boolean {
  const { view, at, isTooLong } = seen;
  if (isTooLong) return true;
  // What was looked at and could not be made smaller is not looked at again.
  if (at === messages.length) return false;
  const used = requestTokens(context, applyView(messages, view), context.select(latestUser(messages)));
  const level = levelOf(used / context.model.contextTokens);
  return level !== 'ok' && level !== 'warn';
}

/** Has the model sum up some messages; an empty text where it cannot. */
async function summaryOf({ messages, previous }: NonNullable<CompactionPlan['summary']>, ctx: Context<AgentContext>) {
  const before = previous === '' ? '' : `\n\nWhat came before, in short:\n${previous}`;
  const request = {
    instructions: SUMMARY_INSTRUCTIONS + before,
    messages: promptOf(messages),
    tools: [],
    now: ctx.context.now(),
  };
  try {
    // Nobody is shown it as it comes.
    const { content, usage } = await answerOf(request, ctx, () => undefined, '');
    if (usage) await spend(ctx, usage);
    return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  } catch (error) {
    if (ctx.signal.aborted) throw error;
    return '';
  }
}

/**
 * Makes a conversation smaller.
 *
 * @throws AgentError `context-overflow` when the model has said that it is too long and nothing more can go.
 */
export async function madeSmaller({ messages, seen }: State<AgentChannels>, ctx: Context<AgentContext>): Promise<Seen> {
  const { context } = ctx;
  const { model, counter, toolOf } = context;
  const used = requestTokens(context, applyView(messages, seen.view), context.select(latestUser(messages)));
  const force = seen.isTooLong === true;
  let plan = planCompaction(messages, seen.view, {
    ...{ contextTokens: model.contextTokens, used, counter, toolOf, force },
    summarise: model.generative ? 'ask' : 'extract',
  });
  if (plan.summary) plan = plan.summary.complete(await summaryOf(plan.summary, ctx));
  const { view } = plan;
  if (view !== seen.view) {
    ctx.emit({
      type: 'notice',
      code: 'compacted',
      message: 'Older parts of the conversation were summed up or left out.',
    });
  } else if (force) {
    throw new AgentError('context-overflow', `This conversation is longer than "${model.id}" takes.`, {
      fix: 'Begin a new thread, or use a model with a larger context.',
      details: { model: model.id, contextTokens: model.contextTokens },
    });
  }
  return { view, at: messages.length };
}
