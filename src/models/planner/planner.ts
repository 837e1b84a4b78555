/**
 * The local planner: an assistant that follows rules and needs no network. It picks one tool for a message, fills its
 * input, asks for what is missing, and says results in words. It knows English and the tools' own words, nothing else.
 */
import { abortError, AgentError, messageCalls, messageText } from '../../core/index.ts';
import type { Explanation, Message, Model, ModelPart, ModelRequest, ModelTool } from '../../core/index.ts';
import { sayResults } from './answer.ts';
import { decideAll } from './dialogue.ts';
import { explained } from './explain.ts';
import type { Case } from './explain.ts';
import type { Decision } from './decision.ts';
import type { Candidate } from './assess.ts';
import type { Earlier } from './follow-ups.ts';
import { inputOf } from './fields.ts';
import { asTyped } from './spelling.ts';
import { couldDo, introduction, isOpen, oneAtATime, question } from './phrases.ts';
import { smallTalk } from './speech.ts';
import { cardOf } from './tool-card.ts';
import { createToolMemory } from './tool-memory.ts';

/** A longer message is not acted on: what is cut off might change its sense. In UTF-16 units. */
const MAX_TEXT = 2000;
/** How many questions in a row are found again. */
const MAX_QUESTIONS = 6;
/** How many tools are told of, when nothing is understood. */
const MAX_INTRODUCED = 4;

const finish = (reason: 'stop' | 'tool-calls'): ModelPart => ({
  type: 'finish',
  reason,
  inputTokens: 0,
  outputTokens: 0,
});

/** The last message of the user, after those whose questions led to it, the oldest first. */
function exchange(messages: readonly Message[]): readonly string[] {
  const texts: string[] = [];
  for (let at = messages.length - 1; at >= 0 && texts.length < MAX_QUESTIONS; at -= 2) {
    const message = messages[at];
    if (message?.role !== 'user') break;
    texts.unshift(messageText(message));
    const before = messages[at - 1];
    if (before?.role !== 'assistant' || messageCalls(before).length > 0 || !isOpen(messageText(before))) break;
  }
  return texts;
}

/** The last call before the messages that are now answered, with what came of it. */
function earlierCall(messages: readonly Message[], count: number): Earlier | undefined {
  const begin = messages.findLastIndex(
    (message, at) =>
      message.role === 'user' && messages.slice(at).filter(({ role }) => role === 'user').length === count,
  );
  const before = messages.slice(0, Math.max(0, begin));
  const since = before.slice(
    Math.max(
      0,
      before.findLastIndex(({ role }) => role === 'user'),
    ),
  );
  const last = since.flatMap(messageCalls).at(-1);
  if (last === undefined) return undefined;
  const part = since
    .flatMap((message) => (message.role === 'tool' ? message.content : []))
    .find(({ toolCallId }) => toolCallId === last.toolCallId);
  if (part?.output.type !== 'json') return undefined;
  return { tool: last.toolName, input: part.input ?? last.input, result: part.output.value };
}

function words(decision: Decision, tools: readonly ModelTool[]): string {
  if (decision.kind === 'ask') {
    const { candidate, asked, more } = decision;
    return question(asked.field, asked.offered, more, candidate.reading.beyond.get(asked.field));
  }
  if (decision.kind === 'split') return oneAtATime(decision.parts);
  if (decision.kind === 'tell') return decision.text;
  if (decision.kind === 'unsure') return couldDo(decision.candidates.map((candidate) => candidate.profile.tool));
  return decision.kind === 'none' && decision.refused ? 'All right, I did nothing.' : introduction(tools);
}

interface Answer {
  /** Empty where it is a call. */
  readonly text: string;
  /** Undefined for small talk. */
  readonly made?: { readonly decision: Decision; readonly about: Case };
}

/** The texts of a call as the person typed them. */
function typedInput(
  { profile: { fields }, reading: { input, values, offers } }: Candidate,
  typed: ReadonlyMap<string, string>,
): unknown {
  if (typed.size === 0) return input;
  const texts = new Set(
    fields
      .filter(({ kind, shape }) => kind === 'text' && shape === undefined)
      .filter(({ name }) => !offers.has(name))
      .map(({ name }) => name),
  );
  const back = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(back) : typeof value === 'string' ? asTyped(value, typed) : value;
  return inputOf(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, texts.has(name) ? back(value) : value])),
  );
}

/**
 * Makes the planner. It acts only when the tools' own words and the values found explain most of a message; it asks
 * when one value is missing, names up to three tools when it is not sure, and otherwise says what it can do. It never
 * acts on a negation, a statement, a condition or, for tools that change something, a question. Of several requests in
 * one message it does all, or none, and then asks which comes first. A question is asked once: what does not answer it drops it.
 *
 * The model throws `model-failed` for a request with a `schema`: it writes no JSON.
 *
 * @example
 * const model = createPlanner();
 * for await (const part of model.stream({ messages, tools, now: Date.now() }, { signal })) console.log(part);
 */
export function createPlanner(): Model {
  const memory = createToolMemory();
  async function answer({ messages, tools, now }: ModelRequest, last: Message, signal: AbortSignal): Promise<Answer> {
    const text = messageText(last).trim();
    const shown = tools.slice(0, MAX_INTRODUCED).map(cardOf);
    const texts = exchange(messages).filter((one) => one.length <= MAX_TEXT);
    const earlier = earlierCall(messages, texts.length);
    const talk =
      text.length > MAX_TEXT
        ? `That is more than I can take in. Please say it in fewer than ${MAX_TEXT} characters.`
        : texts.length > 1
          ? undefined
          : smallTalk(text);
    if (talk !== undefined) {
      return { text: talk === 'greeting' ? `Hello. ${introduction(shown)}` : talk };
    }
    const { setting, spelling } = await memory.read(tools, now, signal);
    const mended = texts.map((one) => spelling.mend(one));
    const typed = new Map(mended.flatMap((one) => [...one.typed]));
    const about: Case = {
      ...{ texts: mended.map((one) => one.text), setting, earlier, mended: typed },
      inputOf: (candidate) => typedInput(candidate, typed),
    };
    const decision = await decideAll(about.texts, setting, earlier);
    const isCall = decision.kind === 'act' || decision.kind === 'acts';
    return { made: { decision, about }, text: isCall ? '' : words(decision, shown) };
  }
  async function* stream(request: ModelRequest, { signal }: { signal: AbortSignal }): AsyncGenerator<ModelPart> {
    const { messages } = request;
    const check = (): void => {
      if (signal.aborted) throw abortError(signal);
    };
    check();
    if (request.schema !== undefined) {
      throw new AgentError('model-failed', 'The rule-based assistant cannot write JSON that fits a schema.', {
        fix: 'Choose a language model for this request.',
      });
    }
    const last = messages.at(-1);
    const id = `text-${last?.id ?? ''}`;
    let said = last?.role === 'tool' ? sayResults(messages) : '';
    if (last?.role === 'user') {
      const { made, text } = await answer(request, last, signal);
      const { decision, about } = made ?? {};
      if (decision?.kind === 'act' || decision?.kind === 'acts') {
        const all = decision.kind === 'act' ? [decision.candidate] : decision.candidates;
        for (const [index, candidate] of all.entries()) {
          const id = `call-${last.id}${index === 0 ? '' : `-${index}`}`;
          yield { type: 'tool-call', id, name: candidate.profile.tool.name, input: about?.inputOf(candidate) };
          check();
        }
        yield finish('tool-calls');
        return;
      }
      if (decision?.kind === 'unsure') {
        const calls = decision.candidates.map((candidate) => ({
          name: candidate.profile.tool.name,
          input: about?.inputOf(candidate),
          score: candidate.score,
        }));
        yield { type: 'candidates', calls };
      }
      said = text;
    }
    check();
    if (said !== '') yield { type: 'text-delta', id, text: said };
    check();
    yield finish('stop');
  }

  async function explain(request: ModelRequest, { signal }: { signal: AbortSignal }): Promise<Explanation | undefined> {
    const last = request.messages.at(-1);
    if (last?.role !== 'user') return undefined;
    const { made, text } = await answer(request, last, signal);
    return made ? explained(made.decision, text, made.about) : { kind: 'talk', text, calls: [], mended: new Map() };
  }

  return { id: 'planner', generative: false, contextTokens: 1_000_000, nativeTools: true, stream, explain };
}
