import { expect } from 'chai';
import { createAgent, defineTool } from '../../src/index.ts';
import type { Agent, Explanation, Message } from '../../src/index.ts';
import { createPlanner } from '../../src/models/index.ts';
import { createScriptedModel, say } from '../../src/models/scripted.ts';
import { hostStarter } from '../helpers/host.ts';

const bell = defineTool({
  name: 'ring_bell',
  description: 'Ring the bell',
  effect: 'write',
  danger: 'low',
  examples: ['ring the bell twice'],
  input: {
    type: 'object',
    required: ['times'],
    properties: { times: { type: 'integer', minimum: 1, description: 'how often' } },
  },
  run: () => 'The bell rings.',
});

let count = 0;
let agents: Agent[] = [];

/** An agent with the bell. The same namespace again is the same storage, as after a reload. */
function agentOf(model: 'planner' | 'scripted' = 'planner', namespace = `explain-${count++}`): Agent {
  const models = { planner: createPlanner, scripted: () => createScriptedModel([say('Ding.')]) };
  const agent = createAgent({ namespace, worker: hostStarter({ models }), model });
  agent.tool(bell);
  agents.push(agent);
  return agent;
}

afterEach(async () => {
  for (const agent of agents) await agent.erase().catch(() => agent.close());
  agents = [];
});

async function messagesOf(agent: Agent): Promise<readonly Message[]> {
  return ((await agent.thread('main').state())?.state['messages'] ?? []) as readonly Message[];
}

/** Why each message of the assistant was given. */
async function reasonsOf(agent: Agent): Promise<readonly (Explanation | undefined)[]> {
  const said = (await messagesOf(agent)).filter(({ role }) => role === 'assistant');
  return Promise.all(said.map(({ id }) => agent.thread('main').explain(id)));
}

describe('why an answer was given', () => {
  it('is told for what the planner called and asked, and not for what it says of results', async () => {
    const agent = agentOf();
    await agent.thread('main').send('ring the bell');
    await agent.thread('main').send('3');
    const [asked, called, told] = await reasonsOf(agent);
    expect([asked?.kind, called?.kind, told]).to.deep.equal(['ask', 'act', undefined]);
    expect(called?.calls[0]?.input).to.deep.equal({ times: 3 });
  });

  it('is the same after a reload, and takes no room in the thread', async () => {
    const before = agentOf('planner', 'explain-reload');
    await before.thread('main').send('ring the bell 3 times');
    const reasons = await reasonsOf(before);
    const [, message] = await messagesOf(before);
    expect(Object.keys(message ?? {})).to.have.members(['id', 'at', 'role', 'content']);
    await before.close();
    expect(await reasonsOf(agentOf('planner', 'explain-reload'))).to.deep.equal(reasons);
  });

  it('is told of the words of that message, whatever was said since', async () => {
    const agent = agentOf();
    await agent.thread('main').send('ring the bell 3 times');
    const [early] = await reasonsOf(agent);
    await agent.thread('main').send('ring the bell 7 times');
    expect((await reasonsOf(agent))[0]).to.deep.equal(early);
  });

  it('is not told by a language model, nor of a message that is not there', async () => {
    const agent = agentOf('scripted');
    await agent.thread('main').send('ring the bell');
    expect(await reasonsOf(agent)).to.deep.equal([undefined]);
    expect(await agentOf().thread('main').explain('nobody')).to.equal(undefined);
  });
});
