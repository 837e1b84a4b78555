/** Puts a model on a stage: the agent's own graph and executor, with tools that do nothing but are asked about as real ones are. */
import { createAgentContext, createAgentGraph, userMessage } from '../../src/agent/index.ts';
import { createMemoryCheckpointer, createMemoryGrants } from '../../src/checkpoint/index.ts';
import { errorText, isRecord, messageCalls, messageText, stableText } from '../../src/core/index.ts';
import type { ApprovalRequest, Message, Model, ModelPart, ModelTool } from '../../src/core/index.ts';
import {
  createExecutor,
  createPipeline,
  createResultCache,
  createToolRegistry,
  createToolSet,
} from '../../src/tools/index.ts';
import type { Call, Earlier, Input, SetTool } from './sets.ts';
import { stubOf } from './stub-tool.ts';

/** More steps than any request takes; a model that goes round in circles is stopped there. */
const STEPS = 30;

/** What came of one message of the person. */
export interface Turn {
  readonly text: string;
  /** The calls that ran, in the order in which the model made them. */
  readonly ran: readonly Call[];
  /** Of these, the ones that the person was asked about, and said yes to. */
  readonly confirmed: readonly Call[];
  /** The calls that the person was asked about, and said no to. */
  readonly refused: readonly Call[];
  /** The calls among which the person was to choose. */
  readonly offered: readonly Call[];
  /** Why the run failed. */
  readonly error?: string;
}

export interface Thread {
  /** Says something. `approves` answers for the person when a call wants to be confirmed. */
  say(text: string, approves: (call: Call) => boolean): Promise<Turn>;
  /** Says something to which the answer is known: a call, which is made again. The turn is what the model adds to it. */
  replay(text: string, earlier: Earlier, approves: (call: Call) => boolean): Promise<Turn>;
}

const asInput = (input: unknown): Input => (isRecord(input) ? input : {});

/** The model, with what it offers overheard, and able to say again what an earlier turn is known to have said. */
function overhear(model: Model) {
  const heard: { replay: Call | undefined; offered: Call[] } = { replay: undefined, offered: [] };
  const stream: Model['stream'] = async function* (request, options): AsyncGenerator<ModelPart> {
    const { replay } = heard;
    heard.replay = undefined;
    if (replay !== undefined) {
      yield { type: 'tool-call', id: 'replayed', name: replay.tool, input: replay.input };
      yield { type: 'finish', reason: 'tool-calls', inputTokens: 0, outputTokens: 0 };
      return;
    }
    for await (const part of model.stream(request, options)) {
      if (part.type === 'candidates') {
        heard.offered = part.calls.map(({ name, input }) => ({ tool: name, input: asInput(input) }));
      }
      yield part;
    }
  };
  return { heard, model: { ...model, stream } };
}

/** Makes a stage for the tools of one site; each thread on it is a conversation of its own. */
export function createStage(tools: readonly SetTool[], played: Model): (now: number) => Thread {
  const { heard, model } = overhear(played);
  let result: unknown = null;
  const registry = createToolRegistry(() => undefined);
  registry.batch(() => {
    for (const tool of tools) registry.add(stubOf(tool, () => result));
  });
  const all = createToolSet(registry, 'default');
  const set = () => all;
  // The model reads the schemas as the site wrote them.
  const told = new Map<ModelTool, ModelTool>();
  const written = (tool: ModelTool): ModelTool => {
    const known = told.get(tool) ?? {
      ...tool,
      input: tools.find(({ name }) => name === tool.name)?.input ?? tool.input,
    };
    told.set(tool, known);
    return known;
  };
  const executor = createExecutor({
    ...{ registry, set, grants: createMemoryGrants(), pipeline: createPipeline([]) },
    cache: createResultCache(() => 0),
    policy: { mode: 'dangerous', timeout: undefined },
  });

  return (now) => {
    const graph = createAgentGraph().with({ checkpointer: createMemoryCheckpointer(), clock: { now: () => now } });
    const plain = createAgentContext({ model, registry, set, executor, now: () => now });
    const context = { ...plain, select: (message: Message | undefined) => plain.select(message).map(written) };
    const options = { threadId: 'thread', context, stepLimit: STEPS };
    let count = 0;

    const say: Thread['say'] = async (text, approves) => {
      heard.offered = [];
      const id = `user-${count++}`;
      const refused: Call[] = [];
      const confirmed: Call[] = [];
      let ended = await graph.invoke({ messages: [userMessage(text, id, now)] }, options);
      while (ended.status === 'interrupted') {
        const answers = ended.interrupts.map(({ id: asked, payload }) => {
          const { tool, input } = payload as ApprovalRequest;
          const call = { tool, input: asInput(input) };
          const isRight = approves(call);
          (isRight ? confirmed : refused).push(call);
          return [asked, { decision: isRight ? 'approve' : 'reject' }] as const;
        });
        ended = await graph.resume('thread', Object.fromEntries(answers), options).result;
      }
      const turn = turnOf(ended.state.messages, id);
      const error = ended.status === 'failed' ? { error: errorText(ended.error) } : {};
      return { ...turn, refused, confirmed, offered: heard.offered, ...error };
    };

    return {
      say,
      async replay(text, earlier, approves) {
        const isKnown = ({ tool, input }: Call): boolean =>
          tool === earlier.tool && stableText(input) === stableText(earlier.input);
        heard.replay = earlier;
        result = earlier.result ?? null;
        const turn = await say(text, (call) => isKnown(call) || approves(call));
        result = null;
        const [known, ...ran] = turn.ran;
        if (known && isKnown(known)) return { ...turn, ran };
        throw new Error(`The call of an earlier turn cannot be made: ${turn.error ?? earlier.tool}.`);
      },
    };
  };
}

/** What the model said and did since a message of the person. */
function turnOf(messages: readonly Message[], from: string): Pick<Turn, 'text' | 'ran'> {
  const since = messages.slice(messages.findLastIndex(({ id }) => id === from) + 1);
  const results = since.flatMap((message) => (message.role === 'tool' ? message.content : []));
  const ran = since.flatMap(messageCalls).flatMap(({ toolCallId, toolName, input }) => {
    const ended = results.find((part) => part.toolCallId === toolCallId);
    return ended?.output.type === 'json' ? [{ tool: toolName, input: asInput(ended.input ?? input) }] : [];
  });
  const texts = since.filter(({ role }) => role === 'assistant').map(messageText);
  return { text: texts.filter((text) => text !== '').join('\n'), ran };
}
