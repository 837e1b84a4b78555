import { expect } from 'chai';
import type { ExplainedCall, ExplainedText, Explanation, Message, ModelTool } from '../../src/core/index.ts';
import { createPlanner } from '../../src/models/index.ts';
import { gym } from './planner-gym.ts';
import { answer, NOW, user } from './planner-talk.ts';
import { office } from './planner-tools.ts';

const { signal } = new AbortController();

async function explain(tools: readonly ModelTool[], messages: readonly Message[]): Promise<Explanation> {
  const explanation = await createPlanner().explain?.({ messages, tools, now: NOW }, { signal });
  if (explanation === undefined) throw new Error('It explains nothing.');
  return explanation;
}

const assistant = (id: string, text: string): Message => ({
  ...{ id, at: NOW, role: 'assistant' },
  content: [{ type: 'text', text }],
});

/** Says some things, each as the answer to what the planner asks, and has the last answer explained. */
async function why(tools: readonly ModelTool[], ...texts: readonly string[]): Promise<Explanation> {
  const messages: Message[] = [];
  for (const [index, text] of texts.entries()) {
    messages.push(user(`u${index}`, text));
    if (index < texts.length - 1) messages.push(assistant(`a${index}`, (await answer(tools, messages)).text));
  }
  return explain(tools, messages);
}

/** The words of a text that were read as something. */
const wordsAs = ({ text, words }: ExplainedText, as: string | boolean): string =>
  words
    .filter((word) => word.as === as)
    .map(({ start, end }) => text.slice(start, end))
    .join(' ');

/** The first of what was called, offered or asked about, and its first text. */
function first({ calls: [call] }: Explanation): { call: ExplainedCall; text: ExplainedText } {
  const text = call?.texts[0];
  if (call === undefined || text === undefined) throw new Error('Nothing was called.');
  return { call, text };
}

describe('what the planner says of its reasons', () => {
  it('names the words that mean the tool, and those that became fields, with the rule', async () => {
    const explanation = await why(office, 'set the kitchen to 20 degrees');
    const { call, text } = first(explanation);
    expect(explanation.kind).to.equal('act');
    expect([call.tool, call.input]).to.deep.equal(['heating.set', { room: 'kitchen', degrees: 20 }]);
    expect([wordsAs(text, true), wordsAs(text, 'room'), wordsAs(text, 'degrees')]).to.deep.equal([
      ...['set', 'kitchen', 'to 20 degrees'],
    ]);
    expect(call.fields.map(({ name, rule }) => [name, rule])).to.deep.equal([
      ['room', 'choice'],
      ['degrees', 'number'],
    ]);
  });

  it('gives the tool that came second, and what it has no use for or lacks', async () => {
    const { calls, runnerUp } = await why(office, 'set the kitchen to 20 degrees');
    const [text] = runnerUp?.texts ?? [];
    expect([runnerUp?.tool, runnerUp?.missing]).to.deep.equal(['light.set', ['state']]);
    expect(text && wordsAs(text, false)).to.equal('20 degrees');
    expect(runnerUp?.score).to.be.below(calls[0]?.score ?? 0);
  });

  it('tells a thing that the tool suggests from other text', async () => {
    const { call, text } = first(await why(office, 'book the corner desk for friday'));
    expect(wordsAs(text, 'desk')).to.contain('corner');
    expect(call.fields.slice(0, 2).map(({ name, rule }) => [name, rule])).to.deep.equal([
      ['desk', 'thing'],
      ['day', 'moment'],
    ]);
  });

  it('says which slips it has mended', async () => {
    const { mended } = await why(office, 'set the kichen to 20 degrees');
    expect([...mended]).to.deep.equal([['kitchen', 'kichen']]);
  });

  it('says what it asks for, and after the answer which message said what', async () => {
    const asked = await why(office, 'heating in the kitchen');
    expect([asked.kind, first(asked).call.missing]).to.deep.equal(['ask', ['temperature in degrees']]);
    expect(asked.text).to.match(/which number from 5 to 30\?$/);

    const { calls, runnerUp } = await why(office, 'heating in the kitchen', '20');
    const texts = calls[0]?.texts ?? [];
    expect(
      texts.filter(({ isEarlier }) => isEarlier).map((one) => [wordsAs(one, 'room'), one.values['room']]),
    ).to.deep.equal([['kitchen', 'kitchen']]);
    expect(texts[0] && wordsAs(texts[0], 'degrees')).to.equal('20');
    expect(runnerUp, 'an answer is not weighed against other tools').to.equal(undefined);
  });

  it('explains each of several calls by its own words', async () => {
    const { calls } = await why(office, 'start a timer for 5 minutes and set the office to 21');
    expect(calls.map(({ tool, texts }) => [tool, texts[0] && wordsAs(texts[0], true)])).to.deep.equal([
      ['timer.start', 'start timer'],
      ['heating.set', 'set'],
    ]);
  });

  it('tells what was kept of the call before', async () => {
    const input = { room: 'kitchen', degrees: 20 };
    const call = { type: 'tool-call', toolCallId: 'c0', toolName: 'heating.set' } as const;
    const { calls, before } = await explain(office, [
      user('u0', 'before'),
      { id: 'a0', at: NOW, role: 'assistant', content: [{ ...call, input }] },
      {
        ...{ id: 't0', at: NOW, role: 'tool' },
        content: [{ ...call, type: 'tool-result', output: { type: 'json', value: null } }],
      },
      assistant('a1', 'Done.'),
      user('u1', 'make that 22'),
    ]);
    expect(before).to.deep.equal(input);
    expect(calls[0]?.values).to.deep.equal({ room: 'kitchen', degrees: 22 });
    const [text] = calls[0]?.texts ?? [];
    expect(text && [wordsAs(text, 'degrees'), wordsAs(text, 'room')]).to.deep.equal(['22', '']);
  });

  it('names what would have been done where nothing is to be done', async () => {
    const { kind, calls, runnerUp } = await why(office, 'do not heat the kitchen');
    expect([kind, calls, runnerUp?.tool]).to.deep.equal(['refuse', [], 'heating.set']);
  });

  it('explains all that it offers', async () => {
    const { kind, calls, text } = await why(office, 'the alarm of the building');
    const { candidates, text: said } = await answer(office, [user('u0', 'the alarm of the building')]);
    expect([kind, calls.map(({ tool }) => tool), text]).to.deep.equal(['unsure', candidates, said]);
  });

  it('calls small talk small talk, and explains no result of a tool', async () => {
    expect((await why(gym, 'hello')).kind).to.equal('talk');
    expect(await createPlanner().explain?.({ messages: [], tools: gym, now: NOW }, { signal })).to.equal(undefined);
  });

  it('is the same each time, and as plain as what can be sent to a page', async () => {
    const explanation = await why(office, 'book the corner desk for friday');
    expect(structuredClone(explanation)).to.deep.equal(await why(office, 'book the corner desk for friday'));
  });
});
