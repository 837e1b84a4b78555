import { expect } from 'chai';
import { createAgent } from '../../src/index.ts';
import type { Agent, AgentOptions, Stage } from '../../src/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { Message, Model, ModelRequest } from '../../src/core/index.ts';
import { createScriptedModel, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { eraseAll, freshNamespace, keep } from './conversation.ts';

const LINE = 'The quick brown fox jumps over the lazy dog, and goes on to tell of it at some length. ';

/** An agent whose model takes few tokens. Its requests are noted; what it is asked to sum up, it sums up. */
function small(
  contextTokens: number,
  answer: (n: number) => ReturnType<typeof say>,
  summary?: ScriptedAnswer,
  options: AgentOptions = {},
) {
  const asked: ModelRequest[] = [];
  const summed: ModelRequest[] = [];
  const respond: ScriptedAnswer = (request, signal) => {
    if (request.instructions?.startsWith('Sum up')) {
      summed.push(request);
      return typeof summary === 'function' ? summary(request, signal) : say('They spoke of foxes.');
    }
    asked.push(request);
    return answer(asked.length);
  };
  const model: Model = { ...createScriptedModel(Array.from({ length: 200 }, () => respond)), contextTokens };
  const agent: Agent = keep(createAgent({ namespace: freshNamespace(), ...options, model }));
  return { asked, summed, thread: agent.thread() };
}

const textOf = ({ content }: Message): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('');

describe('a conversation that becomes too long for its model', () => {
  afterEach(eraseAll);

  it('is summed up by the model, and goes on; nothing that is stored is lost', async () => {
    const { asked, summed, thread } = small(2000, (n) => say(`${n} ${LINE.repeat(6)}`));
    for (let turn = 1; turn <= 20; turn++) await thread.send(`${turn} ${LINE.repeat(3)}`);
    expect(summed.length).to.be.within(1, 10);
    const last = asked.at(-1)?.messages ?? [];
    expect(last.length).to.be.below(20);
    expect(textOf(last[0] as Message)).to.include('They spoke of foxes.');
    expect(textOf(last.at(-1) as Message)).to.match(/^20 /);
    const stored = (await thread.state())?.state['messages'] as readonly Message[];
    expect(stored.filter(({ role }) => role !== 'system').length).to.equal(40);
  });

  it('gives the model the same beginning from turn to turn, until it is made smaller', async () => {
    const { asked, thread } = small(1500, (n) => say(`${n} ${LINE.repeat(4)}`));
    for (let turn = 1; turn <= 20; turn++) await thread.send(`${turn} ${LINE}`);
    let changes = 0;
    for (const [index, { messages }] of asked.entries()) {
      const before = asked[index - 1]?.messages.map((message) => JSON.stringify(message)).join() ?? '';
      if (
        !messages
          .map((message) => JSON.stringify(message))
          .join()
          .startsWith(before)
      )
        changes++;
    }
    expect(changes).to.be.within(1, 3);
  });

  it('is summed up by rules where the model fails to', async () => {
    const { asked, summed, thread } = small(
      2000,
      (n) => say(`${n} ${LINE.repeat(6)}`),
      () => Promise.reject(new Error('no luck')),
    );
    for (let turn = 1; turn <= 14; turn++)
      expect((await thread.send(`${turn} ${LINE.repeat(3)}`)).status).to.equal('completed');
    expect(summed.length).to.be.above(0);
    expect(asked.at(-1)?.messages.length).to.be.below(20);
  });

  it('is made smaller when the model says so, whatever was estimated', async () => {
    const limit = 30;
    const model: Model = {
      ...createScriptedModel([]),
      async *stream({ messages, instructions }) {
        await Promise.resolve();
        if (instructions?.startsWith('Sum up')) yield* say('In short.');
        else if (messages.length > limit) throw new AgentError('context-overflow', 'Too long.', { fix: 'Say less.' });
        else yield* say(LINE);
      },
    };
    const thread = keep(createAgent({ namespace: freshNamespace(), model })).thread();
    for (let turn = 1; turn <= 20; turn++) expect((await thread.send(`${turn} ${LINE}`)).status).to.equal('completed');
  });

  it('fails with what to do where nothing more can go, keeps the message, and goes on once the model takes more', async () => {
    let asked = 0;
    const model: Model = {
      ...createScriptedModel([]),
      async *stream() {
        await Promise.resolve();
        if (++asked < 3) throw new AgentError('context-overflow', 'Too long.', { fix: 'Say less.' });
        yield* say('Hello.');
      },
    };
    const thread = keep(createAgent({ namespace: freshNamespace(), model })).thread();
    const { status, error } = await thread.send('hello');
    expect([status, error?.code]).to.deep.equal(['failed', 'context-overflow']);
    expect(((await thread.state())?.state['messages'] as readonly Message[]).length).to.equal(1);
    expect((await thread.resume()).error).to.include({ code: 'context-overflow' });
    expect((await thread.resume()).text).to.equal('Hello.');
  });

  it('keeps what its stage has told the model', async () => {
    const stages: readonly Stage[] = [
      { name: 'choosing', keywords: [], tools: [] },
      { name: 'paying', keywords: ['pay'], tools: [], instructions: 'Name the whole price first.' },
    ];
    const { asked, summed, thread } = small(2000, (n) => say(`${n} ${LINE.repeat(6)}`), undefined, { stages });
    await thread.send('I want to pay');
    for (let turn = 1; turn <= 20; turn++) await thread.send(`${turn} ${LINE.repeat(3)}`);
    expect(summed.length).to.be.above(0);
    expect(asked.at(-1)?.messages.map(textOf)).to.include('Name the whole price first.');
  });

  it('is not summed up by a model for which nothing more may be spent', async () => {
    const dear = (n: number): ReturnType<typeof say> => [
      { type: 'text-delta', id: 't', text: `${n} ${LINE.repeat(6)}` },
      { type: 'finish', reason: 'stop', inputTokens: 0, outputTokens: 1000 },
    ];
    const { asked, summed, thread } = small(2000, dear, undefined, { budget: { tokensPerDay: 5000 } });
    const ends: unknown[] = [];
    for (let turn = 1; turn <= 20; turn++) ends.push((await thread.send(`${turn} ${LINE.repeat(5)}`)).error?.code);
    expect([asked.length, summed.length]).to.deep.equal([5, 0]);
    expect(ends.slice(5)).to.deep.equal(Array.from({ length: 15 }, () => 'budget-exhausted'));
  });
});
