import { expect } from 'chai';
import { createAgent, replay } from '../../src/index.ts';
import type { Agent, AgentOptions, Recording } from '../../src/index.ts';
import { eraseAll, freshNamespace, keep, tool } from '../agent/conversation.ts';
import { openSession } from '../helpers/model-session.ts';
import { rejection } from '../helpers/rejection.ts';

function open(options: AgentOptions): Agent {
  const agent = keep(createAgent({ namespace: freshNamespace(), ...options }));
  agent.tool(tool('greet', 'read', { run: () => ({ said: 'Hello', password: 'hunter2', code: 's3same' }) }));
  return agent;
}

describe('an agent that records', () => {
  afterEach(eraseAll);

  it('gives what a remote model in the worker was asked and answered, without secrets', async () => {
    const { endpoint } = await openSession();
    const model = { endpoint, model: 'any', key: 'sk-live-0123456789abcdef' };
    const agent = open({ record: true, secretFields: ['code'], model });
    const { text } = await agent.thread().send('say hello');
    const recording = JSON.parse(JSON.stringify(await agent.recording())) as Recording;
    expect(recording.exchanges).to.have.length(2);
    expect(recording.secretFields).to.deep.equal(['code']);
    for (const secret of ['sk-live', 'hunter2', 's3same']) {
      expect(JSON.stringify(recording)).to.not.include(secret);
    }
    const again = open({ model: replay(recording), secretFields: ['code'] });
    expect((await again.thread().send('say hello')).text).to.equal(text);
    expect((await again.thread('other').send('good bye')).error).to.include({ code: 'recording-differs' });
  });

  it('has nothing to give when it was not told to', async () => {
    for (const model of ['planner', { endpoint: '/ai', model: 'any' }]) {
      expect(await rejection(open({ model }).recording())).to.include({ code: 'invalid-option' });
    }
  });
});
