import { expect } from 'chai';
import type { Message, ModelRequest, RunEvent } from '../../src/core/index.ts';
import { call, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { calls, converse, eraseAll, tool } from './conversation.ts';

const notes = (messages: readonly Message[]): readonly string[] =>
  messages.flatMap(({ role, id }) => (role === 'system' ? id.split(':').slice(-2).join(':') : []));

describe('a model that goes in circles', () => {
  afterEach(eraseAll);

  it('is advised, then has its call refused, then has to answer without tools', async () => {
    const asked: ModelRequest[] = [];
    let ran = 0;
    const again: ScriptedAnswer = (request) => {
      asked.push(request);
      return request.toolChoice === 'none' ? say('It stays at 3.') : call('look', { at: 'cart' });
    };
    const agent = converse(Array.from({ length: 20 }, () => again));
    agent.tool(tool('look', 'read', { cacheTtl: 0, run: () => ((ran += 1), 3) }));
    const { status, text } = await agent.thread().send('how many?');
    expect([status, text]).to.deep.equal(['completed', 'It stays at 3.']);
    expect(ran).to.be.below(5);
    expect(notes(asked.at(-1)?.messages ?? [])).to.deep.equal(['nudge:repeated-call', 'finish:same-calls']);
    expect(asked.at(-1)?.tools.map(({ name }) => name)).to.deep.equal(['look']);
  });

  it('is stopped, with a notice, where it calls on when it is to answer; and the thread goes on', async () => {
    const events: RunEvent[] = [];
    let ran = 0;
    const stubborn: ScriptedAnswer = () => call('look', { at: 'cart' });
    const agent = converse([...Array.from({ length: 8 }, () => stubborn), say('Sorry.')]);
    agent.tool(tool('look', 'read', { run: () => ((ran += 1), 3) }));
    const thread = agent.thread();
    thread.subscribe((batch) => events.push(...batch));
    const { status, toolCalls } = await thread.send('how many?');
    expect(status).to.equal('completed');
    expect(toolCalls.at(-1)).to.deep.include({ outcome: 'failed' });
    expect(toolCalls.at(-1)?.error).to.include({ code: 'tool-denied' });
    expect(events.flatMap((event) => (event.type === 'notice' ? event.code : []))).to.deep.equal([
      'calls-after-finish',
    ]);
    expect(ran).to.be.below(5);
    expect((await thread.send('so?')).status).to.equal('completed');
  });

  it('cannot make more calls at once than a turn may have', async () => {
    let ran = 0;
    const many = calls(...Array.from({ length: 60 }, (_, n) => ['count', { n }] as const));
    const agent = converse([many, say('Done.')]);
    agent.tool(tool('count', 'write', { writes: ['count/{n}'], run: () => (ran += 1) }));
    const { toolCalls } = await agent.thread().send('count');
    expect([toolCalls.length, ran]).to.deep.equal([60, 50]);
    expect(toolCalls.filter(({ error }) => error?.code === 'tool-denied').length).to.equal(10);
  });

  it('gets one result for each call, also for the same one made twice where one is left', async () => {
    const ended: string[] = [];
    const twice = calls(['look', { at: 'cart' }], ['look', { at: 'cart' }], ['look', { at: 'shelf' }]);
    const agent = converse([twice, say('Done.')], { limits: { callsPerTurn: 1 } });
    agent.tool(tool('look', 'read'));
    const thread = agent.thread();
    thread.subscribe((batch) => {
      for (const event of batch) if (event.type === 'tool-end') ended.push(event.callId);
    });
    await thread.send('look');
    const messages = (await thread.state())?.state['messages'] as readonly Message[];
    const results = messages.flatMap(({ role, content }) =>
      role === 'tool' ? content.map(({ toolCallId }) => toolCallId) : [],
    );
    expect(results).to.have.length(3);
    expect(new Set(results)).to.have.property('size', 3);
    expect(new Set(ended)).to.have.property('size', ended.length);
  });

  it('is asked no more than once after each advice, for as long as a turn goes on', async () => {
    const asked: ModelRequest[] = [];
    const read = (n: number): ScriptedAnswer => {
      return (request) => {
        asked.push(request);
        return request.toolChoice === 'none' ? say('I looked at much.') : call('look', { n });
      };
    };
    const agent = converse(Array.from({ length: 40 }, (_, n) => read(n)));
    agent.tool(tool('look', 'read', { run: (input) => input }));
    const { text, toolCalls } = await agent.thread().send('look around');
    expect([text, toolCalls.length]).to.deep.equal(['I looked at much.', 20]);
    expect(notes(asked.at(-1)?.messages ?? [])).to.deep.equal(['nudge:search-hint', 'finish:read-loop']);
  });
});
