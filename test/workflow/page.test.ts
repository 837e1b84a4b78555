/** Workflows from a page, through a real worker. */
import { expect } from 'chai';
import { createAgent, defineTool } from '../../src/index.ts';
import type { Agent, AgentOptions } from '../../src/index.ts';
import { rejection } from '../helpers/rejection.ts';
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

const ASK = `
book:
  nodes:
    - { id: ok, type: hitl, hitl_type: approval, prompt: 'Book {{what}}?' }
    - { id: last, type: transform, transform: said = "the old text" }
`;
const ASK_NOW = ASK.replace('the old text', 'the new text').replace('{{what}}?', '{{what}} now?');

describe('a thread of a workflow after a reload', () => {
  /** Begins a thread that waits for an answer, and leaves the page. */
  async function begun(): Promise<string> {
    const agent = open();
    const { status } = await (await agent.workflows()).execute(ASK, { what: 'a table' }, { threadId: 'booking' });
    expect(status).to.equal('interrupted');
    await agent.close();
    agents.pop();
    return 'booking';
  }
  const yes = { decision: 'approve' } as const;

  for (const [what, source] of [
    ['no longer given by the page', undefined],
    ['another text by now', ASK_NOW],
  ] as const) {
    it(`goes on with the document that it was begun with, which is ${what}`, async () => {
      const threadId = await begun();
      const workflows = await open().workflows();
      expect(Object.keys((await workflows.documentOf(threadId))?.workflows ?? {})).to.deep.equal(['book']);
      const thread = await workflows.thread(source, threadId);
      const [asked] = (await thread.state())?.interrupts ?? [];
      const { status, data } = await workflows.resume(source, threadId, { [asked?.id ?? '']: yes }).result;
      expect([status, data['said']]).to.deep.equal(['completed', 'the old text']);
      expect(await workflows.documentOf(threadId)).to.equal(undefined);
    });
  }

  it('has nothing to go on with where no document is given or kept', async () => {
    const workflows = await open().workflows();
    const { result } = workflows.resume(undefined, 'nobody');
    expect(await rejection(result)).to.include({ code: 'unknown-thread' });
  });
});

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
