/** What the planner is measured against: the tool that BM25 likes best and whose arguments can be filled, and no more. */
import { messageText } from '../../src/core/index.ts';
import type { Message, Model, ModelPart, ModelRequest, ModelTool } from '../../src/core/index.ts';
import { createLookup, thingsOf } from '../../src/models/planner/catalogue.ts';
import { read } from '../../src/models/planner/extract.ts';
import type { Reading } from '../../src/models/planner/extract.ts';
import { fieldsOf } from '../../src/models/planner/fields.ts';
import { namesOf } from '../../src/models/planner/patterns.ts';
import { question } from '../../src/models/planner/phrases.ts';
import { profileOf } from '../../src/models/planner/rank.ts';
import type { Profile } from '../../src/models/planner/rank.ts';
import type { Asked } from '../../src/models/planner/sheet.ts';
import { hear } from '../../src/models/planner/speech.ts';
import { createSearchIndex } from '../../src/tools/search.ts';

const CLOSE = 3;

interface Guess {
  readonly profile: Profile;
  readonly reading: Reading;
}

type Reader = (tool: ModelTool, text: string, after?: Guess) => Promise<Guess>;

/** Reads texts for tools, as the planner does. */
async function createReader({ tools, now }: ModelRequest, signal: AbortSignal): Promise<Reader> {
  const lookup = createLookup(signal);
  const things = await Promise.all(tools.map((tool) => thingsOf(tool, fieldsOf(tool.input), lookup)));
  const names = namesOf(things.flat());
  const profiles = new Map(tools.map((tool, at) => [tool, profileOf(tool, things[at])]));
  return async (tool, text, after) => {
    const profile = profiles.get(tool) ?? profileOf(tool);
    const known = after && { known: after.reading.input, asked: askedOf(after) };
    return { profile, reading: await read(profile, hear(text), { now, lookup, names, ...known }) };
  };
}

/** What is asked of a guess that lacks something. */
function askedOf({ reading: { missing, offers } }: Guess): Asked {
  const [field] = missing;
  if (field === undefined) throw new Error('Nothing is missing.');
  const offered = field.kind === 'choice' ? field.options : (offers.get(field.name) ?? []);
  return { field, offered: offered.slice(0, 6) };
}

const isFull = ({ reading }: Guess): boolean => reading.missing.length === 0;

/** The best tool that can be called, else the best that lacks something. */
async function guess(text: string, tools: readonly ModelTool[], reader: Reader): Promise<Guess | undefined> {
  const index = createSearchIndex();
  for (const tool of tools) index.add(tool);
  const close = index.search(text, CLOSE).flatMap(({ name }) => tools.find((tool) => tool.name === name) ?? []);
  const guesses = await Promise.all(close.map((tool) => reader(tool, text)));
  return guesses.find(isFull) ?? guesses[0];
}

/** The message before the last, when the last answers the question that it led to. */
function asking(messages: readonly Message[]): string | undefined {
  const [said, asked] = messages.slice(-3);
  const isAnswer = said?.role === 'user' && asked?.role === 'assistant' && messageText(asked).endsWith('?');
  return isAnswer ? messageText(said) : undefined;
}

/** Makes the baseline. It asks for what is missing, once, and knows nothing of moods, negations or earlier calls. */
export function createBaseline(): Model {
  async function* stream(request: ModelRequest, { signal }: { signal: AbortSignal }): AsyncGenerator<ModelPart> {
    const { messages, tools } = request;
    const last = messages.at(-1);
    const text = last?.role === 'user' ? messageText(last) : '';
    const reader = await createReader(request, signal);
    const before = asking(messages);
    const open = before === undefined ? undefined : await guess(before, tools, reader);
    const reply = open && !isFull(open) ? await reader(open.profile.tool, text, open) : undefined;
    const found = reply && isFull(reply) ? reply : await guess(text, tools, reader);
    let said = last?.role === 'user' ? 'I can do nothing of that kind.' : 'Done.';
    if (found && isFull(found)) {
      yield { type: 'tool-call', id: 'call', name: found.profile.tool.name, input: found.reading.input };
      said = '';
    } else if (found) {
      const { field, offered } = askedOf(found);
      said = question(field, offered, false);
    }
    if (said !== '') yield { type: 'text-delta', id: 'text', text: said };
    yield { type: 'finish', reason: said === '' ? 'tool-calls' : 'stop', inputTokens: 0, outputTokens: 0 };
  }
  return { id: 'baseline', generative: false, contextTokens: 1_000_000, nativeTools: true, stream };
}
