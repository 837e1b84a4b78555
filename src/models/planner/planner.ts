/**
 * The local planner: an assistant that follows rules and needs no network. It picks one tool for a message, fills its
 * input, asks for what is missing, and says results in words. It knows English and the tools' own words, nothing else.
 */
import { abortError, AgentError, messageCalls, messageText } from '../../core/index.ts';
import type { Message, Model, ModelPart, ModelRequest, ModelTool } from '../../core/index.ts';
import { sayResults } from './answer.ts';
import { createLookup, thingsOf } from './catalogue.ts';
import { decideAll } from './dialogue.ts';
import type { Decision } from './decide.ts';
import type { Setting } from './decide.ts';
import { fieldsOf } from './fields.ts';
import { namesOf } from './patterns.ts';
import { couldDo, introduction, oneAtATime, question } from './phrases.ts';
import { profileOf } from './rank.ts';
import { smallTalk } from './speech.ts';
import { cardOf } from './tool-card.ts';

/** A longer message is not acted on: what is cut off might change its sense. In UTF-16 units. */
const MAX_TEXT = 2000;
/** How many questions in a row are found again. */
const MAX_QUESTIONS = 6;

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
    if (before?.role !== 'assistant' || messageCalls(before).length > 0 || !messageText(before).endsWith('?')) break;
  }
  return texts;
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

/** Reads the tools, with everything that they suggest. */
async function settle(tools: readonly ModelTool[], now: number, signal: AbortSignal): Promise<Setting> {
  const lookup = createLookup(signal);
  const things = await Promise.all(tools.map((tool) => thingsOf(tool, fieldsOf(tool.input), lookup)));
  const profiles = tools.map((tool, index) => profileOf(tool, things[index]));
  return { profiles, now, lookup, names: namesOf(things.flat()) };
}

/**
 * Makes the planner. It acts only when the tools' own words and the values found explain most of a message; it asks
 * when one value is missing, names up to three tools when it is not sure, and otherwise says what it can do. It never
 * acts on a negation, a statement, a condition or, for tools that change something, a question. Of two requests in one
 * message it does neither, and asks which comes first. A question is asked once: what does not answer it drops it.
 *
 * The model throws `model-failed` for a request with a `schema`: it writes no JSON.
 *
 * @example
 * const model = createPlanner();
 * for await (const part of model.stream({ messages, tools, now: Date.now() }, { signal })) console.log(part);
 */
export function createPlanner(): Model {
  async function* stream(request: ModelRequest, { signal }: { signal: AbortSignal }): AsyncGenerator<ModelPart> {
    const { messages, now } = request;
    const tools = request.tools.map(cardOf);
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
    const text = last?.role === 'user' ? messageText(last).trim() : '';
    let said = last?.role === 'tool' ? sayResults(messages) : '';
    if (last?.role === 'user' && text.length > MAX_TEXT) {
      said = `That is more than I can take in. Please say it in fewer than ${MAX_TEXT} characters.`;
    } else if (last?.role === 'user') {
      const texts = exchange(messages).filter((one) => one.length <= MAX_TEXT);
      const talk = texts.length > 1 ? undefined : smallTalk(text);
      const decision = talk === undefined && (await decideAll(texts, await settle(tools, now, signal)));
      if (decision !== false && decision.kind === 'act') {
        const { profile, reading } = decision.candidate;
        const { tool } = profile;
        yield { type: 'tool-call', id: `call-${last.id}`, name: tool.name, input: reading.input };
        check();
        yield finish('tool-calls');
        return;
      }
      if (decision !== false && decision.kind === 'unsure') {
        const calls = decision.candidates.map(({ profile: { tool }, reading, score }) => ({
          name: tool.name,
          input: reading.input,
          score,
        }));
        yield { type: 'candidates', calls };
      }
      said =
        decision === false
          ? talk === 'greeting'
            ? `Hello. ${introduction(tools)}`
            : (talk ?? '')
          : words(decision, tools);
    }
    check();
    if (said !== '') yield { type: 'text-delta', id, text: said };
    check();
    yield finish('stop');
  }

  return { id: 'planner', generative: false, contextTokens: 1_000_000, nativeTools: true, stream };
}
