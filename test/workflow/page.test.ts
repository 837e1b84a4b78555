/** Workflows from a page, through a real worker. */
import { expect } from 'chai';
import { createAgent, defineTool } from '../../src/index.ts';
import type { Agent, AgentOptions } from '../../src/index.ts';
import type { WorkflowEvent } from '../../src/workflow/index.ts';

const agents: Agent[] = [];

function open(options: AgentOptions = {}): Agent {
  const agent = createAgent({ namespace: `workflow-page-${agents.length}`, model: 'planner', ...options });
  agents.push(agent);
  return agent;
}

afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.erase().catch(() => undefined);
});

const price = defineTool({
  name: 'price',
  description: 'Find the price of something',
  effect: 'read',
  examples: ['the price of tea'],
  input: { type: 'object', required: ['what'], properties: { what: { type: 'string' } } },
  run: ({ what }: { what: string }) => (what === 'tea' ? 3 : 4),
});

const TWO = `
shop:
  nodes:
    - { id: look, type: compute, tools: [price], inputs: { what: $ctx.what } }
    - { id: twice, type: transform, transform: both = look * 2 }
`;

describe('workflows from a page', () => {
  it('run in the stock worker, which loads what it needs for them', async () => {
    const agent = open({ tools: [price] });
    const workflows = await agent.workflows();
    const { status, data } = await workflows.execute(TWO, { what: 'tea' });
    expect([status, data]).to.deep.equal(['completed', { what: 'tea', look: 3, both: 6 }]);
    expect((await agent.ready).host).to.equal('worker');
  });

  it('tell what happens, with one end', async () => {
    const workflows = await open({ tools: [price] }).workflows();
    const events: WorkflowEvent[] = [];
    for await (const event of workflows.stream(TWO, { what: 'tea' })) events.push(event);
    const told = events.flatMap((event): readonly (string | number)[] => {
      if (event.type === 'progress') return [event.value];
      return 'node' in event ? [`${event.type} ${event.node}`] : 'tool' in event ? [`${event.type} ${event.tool}`] : [];
    });
    expect(told).to.deep.equal([
      'node-start look',
      'tool-call price',
      'tool-start price',
      'tool-end price',
      0.5,
      'node-end look',
      'node-start twice',
      0.99,
      'node-end twice',
      1,
    ]);
    expect(events.filter(({ type }) => type === 'run-end')).to.have.length(1);
  });
});
