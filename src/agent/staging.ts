/** Moves a conversation from stage to stage. */
import { messageCalls, messageText } from '../core/index.ts';
import type { Message, Stage, StageState } from '../core/index.ts';
import type { State, Update } from '../state/index.ts';
import type { AgentChannels } from './channels.ts';
import type { AgentContext, AgentScope } from './context.ts';
import { latestUser } from './pending-calls.ts';
import { nextStage, STAGE_LIMITS } from './stages.ts';

export interface Staging {
  isDue(state: State<AgentChannels>, context: AgentContext): boolean;
  /** What the next stage changes; undefined where the stage stays. */
  moved(state: State<AgentChannels>, ctx: AgentScope): Update<AgentChannels> | undefined;
  /** The tools and categories of the stage. */
  tools(state: State<AgentChannels>): readonly string[];
}

const NONE: readonly string[] = [];

function lastCalls(messages: readonly Message[], { toolOf }: AgentContext) {
  const calls: { readonly name: string; readonly category?: string }[] = [];
  for (let at = messages.length - 1; at >= 0 && calls.length < STAGE_LIMITS.calls; at--) {
    for (const { toolName } of messageCalls(messages[at] as Message).toReversed()) {
      const { name = toolName, category } = toolOf(toolName) ?? {};
      calls.unshift({ name, ...(category === undefined ? {} : { category }) });
    }
  }
  return calls;
}

/** Makes what moves conversations through some stages; through none, where there are none. */
export function createStaging(stages: readonly Stage[]): Staging {
  if (stages.length === 0) return { isDue: () => false, moved: () => undefined, tools: () => NONE };
  const next = ({ messages, stage }: State<AgentChannels>, context: AgentContext): StageState => {
    const said = latestUser(messages);
    const turn = messages.reduce((count, { role }) => count + (role === 'user' ? 1 : 0), 0);
    const signals = { text: said ? messageText(said) : '', calls: lastCalls(messages, context), turn };
    return nextStage(stages, stage.stage === '' ? undefined : stage, signals);
  };
  const find = (name: string): Stage | undefined => stages.find((stage) => stage.name === name);
  return {
    isDue: (state, context) => next(state, context).stage !== state.stage.stage,
    moved(state, ctx) {
      const stage = next(state, ctx.context);
      if (stage.stage === state.stage.stage) return undefined;
      ctx.emit({ type: 'custom', value: { type: 'stage', from: state.stage.stage, to: stage.stage } });
      const text = find(stage.stage)?.instructions;
      const told = text
        ? [
            {
              id: `${ctx.task}:stage:${stage.stage}`,
              at: ctx.context.now(),
              role: 'system' as const,
              content: [{ type: 'text' as const, text }],
            },
          ]
        : [];
      return { stage, ...(told.length > 0 ? { messages: told } : {}) };
    },
    tools: ({ stage }) => find(stage.stage)?.tools ?? NONE,
  };
}
