/** Workflows as graphs of a host, with the assistant's own loop for their agents. */
import { expect } from 'chai';
import type { ModelRequest } from '../../src/core/index.ts';
import { call, say } from '../../src/models/index.ts';
import { compileWorkflow } from '../../src/workflow/index.ts';
import { converse, eraseAll, tool } from '../agent/conversation.ts';
import { read } from './reading.ts';
import { subAgentNode } from './sub-agent-node.ts';

const TEXT = `
shop:
  nodes:
    - { id: find, role: researcher, goal: 'Find {{what}}', tools: [search], tool_budget: 3 }
    - { id: buy, type: compute, tools: [order], inputs: { id: '{{find}}' } }
    - { id: tell, role: writer, goal: 'Tell about {{buy}}', tools: [] }
`;

describe('a workflow in a host', () => {
  afterEach(eraseAll);

  it('has agents that think and call tools as the assistant does, and asks in the same thread', async () => {
    const asked: ModelRequest[] = [];
    const script = [call('search', { q: 'shoes' }), say('shoe 7'), say('It is ordered.')];
    const noted = script.map((answer) => (request: ModelRequest) => {
      asked.push(request);
      return answer;
    });
    const graph = compileWorkflow(await read(TEXT), 'shop', { agentNode: subAgentNode });
    const agent = converse(noted, { host: { graphs: [graph] }, instructions: 'You are the shop.' });
    agent.tool(tool('search', 'read', { run: () => 'shoe 7' }));
    agent.tool(tool('order', 'write', { danger: 'high', run: () => 'ordered' }));
    const thread = agent.thread('t', { graph: 'shop' });
    const first = await thread.send({ data: { what: 'shoes' } });
    expect(first.status).to.equal('interrupted');
    expect(first.interrupts[0]).to.include({ kind: 'approval' });
    const done = await thread.answer(first.interrupts[0]?.id ?? '', { decision: 'approve' });
    expect(done.status).to.equal('completed');
    expect((await thread.state())?.state['data']).to.deep.equal({
      what: 'shoes',
      find: 'shoe 7',
      buy: 'ordered',
      tell: 'It is ordered.',
    });
    expect(asked.map(({ instructions }) => instructions)).to.deep.equal([
      'You are the researcher.',
      'You are the researcher.',
      'You are the writer.',
    ]);
    expect(asked.map(({ tools }) => tools.map(({ name }) => name))).to.deep.equal([['search'], ['search'], []]);
    // Each agent has messages of its own.
    expect(asked[2]?.messages).to.have.length(1);
  });
});
