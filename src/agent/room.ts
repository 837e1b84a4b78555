/** Whether a conversation has room in its model's context, and how it gets some. */
import { AgentError } from '../core/index.ts';
import type { Message, ModelTool, Usage } from '../core/index.ts';
import type { State } from '../state/index.ts';
import { answerOf } from './answer.ts';
import type { AgentChannels, Seen } from './channels.ts';
import { planCompaction } from './compaction/plan.ts';
import type { CompactionPlan } from './compaction/plan.ts';
import { SUMMARY_INSTRUCTIONS } from './compaction/summary.ts';
import { levelOf } from './compaction/thresholds.ts';
import { createTokenCounter } from './compaction/token-counter.ts';
import { applyView } from './compaction/view.ts';
import type { AgentContext, AgentScope } from './context.ts';
import { inFence } from './fence.ts';
import { promptOf } from './prompt.ts';
import type { Purse } from './purse.ts';

export interface Room {
  /** Whether the model's context is so full that the conversation has to be made smaller before it is asked again. */
  isCrowded(state: State<AgentChannels>, context: AgentContext): boolean;
  /**
   * Makes a conversation smaller.
   *
   * @throws AgentError `context-overflow` when the model has said that it is too long and nothing more can go.
   */
  madeSmaller(state: State<AgentChannels>, ctx: AgentScope): Promise<Seen>;
  /** Learns from what the request for a state has taken. */
  learn(state: State<AgentChannels>, context: AgentContext, usage: Usage): void;
}

/**
 * Makes what watches over the context of a model.
 *
 * @param toolsOf the tools that the model gets, the same list for as long as it is the same tools.
 */
export function createRoom(
  instructions: string,
  purse: Purse,
  toolsOf: (state: State<AgentChannels>, context: AgentContext) => readonly ModelTool[],
): Room {
  const counter = createTokenCounter();
  const measured = new WeakMap<readonly ModelTool[], number>();
  /** About how many tokens a request takes. */
  const used = (state: State<AgentChannels>, context: AgentContext): number => {
    const tools = toolsOf(state, context);
    let fixed = measured.get(tools);
    if (fixed === undefined) measured.set(tools, (fixed = counter.measure(tools) + counter.measure(instructions)));
    return counter.total(applyView(state.messages, state.seen.view)) + fixed;
  };

  /** Has the model sum up some messages; an empty text where it cannot. */
  const summaryOf = async (
    { messages, previous }: NonNullable<CompactionPlan['summary']>,
    ctx: AgentScope,
  ): Promise<string> => {
    const before =
      previous === '' ? '' : `\n\n${inFence(previous, messages[0]?.id ?? '', 'What came before, in short:')}`;
    const request = {
      instructions: SUMMARY_INSTRUCTIONS + before,
      messages: promptOf(messages),
      tools: [],
      now: ctx.context.now(),
    };
    try {
      // Nobody is shown it as it comes.
      const { content, usage } = await answerOf(request, ctx, () => undefined, '');
      if (usage) await purse.spend(ctx, usage);
      return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    } catch (error) {
      if (ctx.signal.aborted) throw error;
      return '';
    }
  };

  return {
    isCrowded(state, context) {
      const { at, tooLongIn } = state.seen;
      if (tooLongIn !== undefined) return true;
      // What was looked at and could not be made smaller is not looked at again.
      if (at === state.messages.length) return false;
      const level = levelOf(used(state, context) / context.model.contextTokens);
      return level !== 'ok' && level !== 'warn';
    },
    async madeSmaller(state, ctx) {
      const { messages, seen } = state;
      const { model, toolOf } = ctx.context;
      const force = seen.tooLongIn === ctx.runId;
      // It is told once, and holds for as long as the stage does.
      const pinned = ({ id }: Message): boolean => id.endsWith(`:stage:${state.stage.stage}`);
      const options = {
        ...{ contextTokens: model.contextTokens, used: used(state, ctx.context), counter, toolOf, force, pinned },
      };
      let plan = planCompaction(messages, seen.view, { ...options, summarise: 'ask' });
      if (plan.summary) {
        await purse.check(ctx);
        plan = plan.summary.complete(await summaryOf(plan.summary, ctx));
      }
      const { view } = plan;
      if (view !== seen.view) {
        const message = 'Older parts of the conversation were summed up or left out, so that the model can go on.';
        ctx.emit({ type: 'notice', code: 'compacted', message });
      } else if (force) {
        throw new AgentError('context-overflow', `This conversation is longer than "${model.id}" takes.`, {
          fix: 'Begin a new thread, or use a model with a larger context.',
          details: { model: model.id, contextTokens: model.contextTokens },
        });
      }
      return { view, at: messages.length };
    },
    learn(state, context, { inputTokens }) {
      counter.observe(used(state, context), inputTokens);
    },
  };
}
