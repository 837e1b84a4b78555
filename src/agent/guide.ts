/** What guides a language model through a conversation: instructions, advice, room, a budget, answers by a schema. */
import { AgentError, isAgentError, messageCalls, messageText, toWire } from '../core/index.ts';
import type {
  AssistantMessage,
  Budget,
  Limits,
  Message,
  ModelRequest,
  ModelTool,
  SpendingStore,
  Stage,
  SystemMessage,
  ToolCallPart,
  ToolMessage,
  ToolOutput,
} from '../core/index.ts';
import type { State, Update } from '../state/index.ts';
import { readOutputTool } from '../tools/index.ts';
import { answerOf } from './answer.ts';
import type { AgentChannels } from './channels.ts';
import { applyView } from './compaction/view.ts';
import type { AgentContext, AgentScope, Guide } from './context.ts';
import { checkBudget } from './guards/budget.ts';
import { judge, noteMessage } from './guards/judge.ts';
import type { Verdict } from './guards/judge.ts';
import { limitsOf } from './guards/limits.ts';
import { screenCalls } from './guards/screen.ts';
import { latestUser } from './pending-calls.ts';
import { promptOf } from './prompt.ts';
import { createRoom } from './room.ts';
import { createStaging } from './staging.ts';
import { createPurse } from './purse.ts';
import type { Purse } from './purse.ts';
import { checkOutput, repairText } from './structured-output.ts';
import { resultMessage } from './tool-result.ts';

export interface GuideOptions {
  /** What the site tells the model before everything else. */
  readonly instructions?: string | undefined;
  /** How far a turn may go, where that is not the default. */
  readonly limits?: Partial<Limits> | undefined;
  readonly budget?: Budget | undefined;
  /** Where a day's spending is kept; without it, a day has no limit. */
  readonly spending?: SpendingStore | undefined;
  readonly stages?: readonly Stage[] | undefined;
}

/** Whether the model is to answer now, without tools. What else it is told behind that does not change it. */
function isLastWord(messages: readonly Message[]): boolean {
  for (let at = messages.length - 1; messages[at]?.role === 'system'; at--) {
    if (messages[at]?.id.includes(':finish:')) return true;
  }
  return false;
}

/** What a call is told that comes when there was to be none. */
function tooLate({ toolName }: ToolCallPart): ToolOutput {
  const error = new AgentError('tool-denied', `"${toolName}" was not run: no tool can be called now.`, {
    fix: 'Answer with what there is.',
    details: { tool: toolName, guard: 'last-word' },
  });
  return { type: 'error-json', value: toWire(error) };
}

const note = (id: string, at: number, text: string): SystemMessage => ({
  id,
  at,
  role: 'system',
  content: [{ type: 'text', text }],
});

const REPAIR = ':repair:invalid-output';

/** What a part of the assistant is told that goes on behind another one: models want to be asked. */
const YOUR_TURN = 'It is your turn now: go on as your instructions say.';

const isHandedOver = (messages: readonly Message[]): boolean => {
  const last = messages.at(-1);
  return last?.role === 'assistant' && messageCalls(last).length === 0;
};

const GO_ON: Verdict = { kind: 'go-on' };

/**
 * Makes the guide of a language model.
 *
 * @throws AgentError `invalid-option` for limits or a budget that are none.
 */
export function createGuide({ budget, spending, ...options }: GuideOptions): Guide {
  return guideWith(createPurse(budget && checkBudget(budget), spending), options);
}

type Words = Pick<GuideOptions, 'instructions' | 'limits' | 'stages'>;

function guideWith(purse: Purse, { instructions, limits: given, stages = [] }: Words): Guide {
  const limits = limitsOf(given);
  const staging = createStaging(stages);
  const room = createRoom(instructions ?? '', purse, (state, { select }) =>
    select(latestUser(state.messages), staging.tools(state)),
  );

  const verdictOn = (messages: readonly Message[], { toolOf }: AgentContext): Verdict =>
    // Only what has come of calls is judged, and once.
    messages.at(-1)?.role === 'tool' ? judge(messages, limits, toolOf) : GO_ON;

  /** The results of calls that are not to be run, so that nobody waits for them. */
  const refused = (
    calls: readonly ToolCallPart[],
    messages: readonly Message[],
    ctx: AgentScope,
  ): readonly ToolMessage[] => {
    const { toolOf, now } = ctx.context;
    if (calls.length === 0) return [];
    const blocked = isLastWord(messages)
      ? calls.map((call) => ({ call, output: tooLate(call) }))
      : screenCalls(calls, messages, limits, toolOf);
    return blocked.map(({ call, output }) => {
      const { toolCallId: callId, toolName: tool } = call;
      ctx.emit({ type: 'tool-end', callId, tool, outcome: 'denied' });
      return resultMessage(call, output, now());
    });
  };

  /** Reads an answer that is to be data. One that does not fit may be given once more. */
  const structured = (answer: AssistantMessage, messages: readonly Message[], ctx: AgentScope): Settled => {
    const asked = latestUser(messages);
    const schema = asked?.role === 'user' ? asked.schema : undefined;
    if (!asked || !schema) return { answer, more: [], isAgain: false };
    const checked = checkOutput(messageText(answer), schema);
    if (checked.ok) return { answer: { ...answer, output: checked.value }, more: [], isAgain: false };
    const { issues } = checked;
    if (messages.slice(messages.indexOf(asked)).some(({ id }) => id.endsWith(REPAIR))) {
      throw new AgentError('invalid-output', `The answer does not fit the schema: ${issues.join(' ')}`, {
        fix: 'Ask again, loosen the schema, or use another model.',
        details: { text: messageText(answer), issues },
      });
    }
    return { answer, more: [note(ctx.task + REPAIR, ctx.context.now(), repairText(issues))], isAgain: true };
  };

  return {
    isDue(state, context) {
      const { messages } = state;
      return (
        isHandedOver(messages) ||
        verdictOn(messages, context).kind !== 'go-on' ||
        staging.isDue(state, context) ||
        room.isCrowded(state, context)
      );
    },

    async prepare(state, ctx): Promise<Update<AgentChannels>> {
      const verdict = verdictOn(state.messages, ctx.context);
      const at = ctx.context.now();
      if (isHandedOver(state.messages)) return { messages: [note(`${ctx.task}:turn`, at, YOUR_TURN)] };
      if (verdict.kind === 'stop') {
        const { code, message } = verdict;
        ctx.emit({ type: 'notice', code, message });
        return { messages: [note(`${ctx.task}:stop:${code}`, at, message)] };
      }
      if (verdict.kind !== 'go-on') return { messages: [noteMessage(verdict, ctx.task, at)] };
      return staging.moved(state, ctx) ?? { seen: await room.madeSmaller(state, ctx) };
    },

    preferred: (state) => staging.tools(state),

    request({ seen, outputs }, messages, tools, now): ModelRequest {
      const asked = latestUser(messages);
      const schema = asked?.role === 'user' ? asked.schema : undefined;
      return {
        messages: promptOf(applyView(messages, seen.view)),
        tools: outputs.size > 0 ? withReadOutput(tools) : tools,
        now,
        ...(instructions ? { instructions } : {}),
        ...(schema ? { schema } : {}),
        ...(isLastWord(messages) ? { toolChoice: 'none' } : {}),
      };
    },

    async ask(request, state, ctx, id) {
      await purse.check(ctx);
      try {
        const answer = await answerOf(request, ctx, ctx.emit, id);
        if (answer.usage) {
          room.learn(state, ctx.context, answer.usage);
          await purse.spend(ctx, answer.usage);
        }
        return answer;
      } catch (error) {
        if (!isAgentError(error) || error.code !== 'context-overflow') throw error;
        // The estimates were wrong, or the context is smaller than was said.
        return { seen: { ...state.seen, tooLongIn: ctx.runId } };
      }
    },

    with: (words) => guideWith(purse, { instructions, limits: given, stages, ...words }),

    settle(answer, { messages }: State<AgentChannels>, ctx) {
      const calls = messageCalls(answer);
      if (calls.length === 0) return structured(answer, messages, ctx);
      const more = refused(calls, messages, ctx);
      // Where none of its calls is to be run, the model has to hear of it.
      return { answer, more, isAgain: more.length === calls.length };
    },
  };
}

type Settled = ReturnType<Guide['settle']>;

const withReading = new WeakMap<readonly ModelTool[], readonly ModelTool[]>();

/** The tools, and the one that reads on in outputs; the same list each time. */
function withReadOutput(tools: readonly ModelTool[]): readonly ModelTool[] {
  const known = withReading.get(tools) ?? [...tools, readOutputTool];
  withReading.set(tools, known);
  return known;
}
