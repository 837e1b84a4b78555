import { expect } from 'chai';
import type { Stage } from '../../src/index.ts';
import type { ModelRequest } from '../../src/core/index.ts';
import { call, say } from '../../src/models/index.ts';
import type { ScriptedAnswer } from '../../src/models/index.ts';
import { calls, converse, eraseAll, tool } from './conversation.ts';

const stages: readonly Stage[] = [
  { name: 'choosing', keywords: ['find', 'show'], tools: ['search'] },
  { name: 'paying', keywords: ['pay', 'checkout'], tools: ['pay'], instructions: 'Name the whole price first.' },
];

describe('the stages of a conversation', () => {
  afterEach(eraseAll);

  it('follow what is said: the model is told what matters in each, once, and the thread knows it', async () => {
    const asked: ModelRequest[] = [];
    const answer: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('Yes.');
    };
    const thread = converse([answer, answer, answer], { stages }).thread();
    await thread.send('show me some shoes');
    expect((await thread.state())?.state['stage']).to.include({ stage: 'choosing' });
    await thread.send('I want to pay');
    await thread.send('yes, please');
    expect((await thread.state())?.state['stage']).to.include({ stage: 'paying' });
    const told = asked.map(({ messages }) => messages.filter(({ role }) => role === 'system').length);
    expect(told).to.deep.equal([0, 1, 1]);
  });

  it('put their tools first where not all have room', async () => {
    const asked: ModelRequest[] = [];
    const answer: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('Yes.');
    };
    const agent = converse([call('search', {}), answer, answer], { stages });
    const words = 'this tool is described at great length so that not many of its kind have room '.repeat(20);
    for (let n = 0; n < 60; n++) agent.tool(tool(`other_${n}`, 'read', { description: `${words} ${n}` }));
    agent.tool(tool('search', 'read', { description: words }));
    agent.tool(tool('pay', 'write', { description: words }));
    const thread = agent.thread();
    await thread.send('show shoes');
    await thread.send('checkout now');
    expect(asked.at(-1)?.tools[0]?.name).to.equal('pay');
  });

  it('do not give a model its tools back that has to answer', async () => {
    const asked: ModelRequest[] = [];
    const answer: ScriptedAnswer = (request) => {
      asked.push(request);
      return say('Paid.');
    };
    const four = calls(['pay', { n: 1 }], ['pay', { n: 2 }], ['pay', { n: 3 }], ['pay', { n: 4 }]);
    const agent = converse([four, answer], { stages, limits: { callsPerTurn: 4 } });
    agent.tool(tool('pay', 'write'));
    const thread = agent.thread();
    await thread.send('do it');
    expect((await thread.state())?.state['stage']).to.include({ stage: 'paying' });
    expect(asked[0]?.toolChoice).to.equal('none');
  });
});
