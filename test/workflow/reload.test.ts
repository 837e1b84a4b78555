/** A run that is cut off after every step ends as one that is not. */
import { expect } from 'chai';
import { createMemoryCheckpointer } from '../../src/checkpoint/index.ts';
import { compileWorkflow } from '../../src/workflow/index.ts';
import type { Data, WorkflowState } from '../../src/workflow/index.ts';
import type { RunEvent } from '../../src/core/index.ts';
import type { Run } from '../../src/engine/index.ts';
import { read } from './reading.ts';
import { agents, contextWith, tool } from './running.ts';
import type { Result } from './running.ts';

const TEXT = `
order:
  nodes:
    - { id: both, type: parallel, parallel_nodes: [price, stock] }
    - { id: price, role: analyst, goal: 'Price of {{what}}', next: [round] }
    - { id: round, type: transform, transform: 'price = price + "!"' }
    - { id: stock, role: clerk, goal: 'Stock of {{what}}' }
    - { id: ok, type: condition, condition: 'len(price) > 3', branches: { true: may, false: end } }
    - { id: may, type: hitl, hitl_type: approval, prompt: 'Order {{what}}?' }
    - { id: place, type: compute, tools: [flaky], retry: { attempts: 2, delay: 0.001 } }
    - { id: sure, type: hitl, hitl_type: review, prompt: Good?, context_keys: [place] }
    - { id: last, type: team, goal: Sum up, team_formation: sequential, members: [{ id: a, goal: A }, { id: b, goal: B }] }
`;

/** Runs with a new graph over the same store after each node, or as one. */
async function run(isCutOff: boolean): Promise<{ data: Data; calls: number; runs: number }> {
  const checkpointer = createMemoryCheckpointer();
  let calls = 0;
  let tries = 0;
  const flaky = tool('flaky', () => {
    if (++tries < 3) throw new Error('Busy.');
    return 'placed';
  });
  const context = contextWith({ tools: [flaky] });
  let input: { data: Data } | null = { data: { what: 'shoes' } };
  let result: Result | undefined;
  let runs = 0;
  while (result?.status !== 'completed') {
    runs++;
    expect(runs).to.be.below(100);
    const document = await read(TEXT);
    const agentNode = agents(({ id }, prompt) => {
      calls++;
      return `${id}: ${prompt.split('\n', 1)[0] ?? ''}`;
    });
    const graph = compileWorkflow(structuredClone(document), 'order', { agentNode, now: () => 0 }).with({
      checkpointer,
    });
    const [open] = result?.interrupts ?? [];
    const under: { run?: Run<WorkflowState> } = {};
    // Told within the run, so that it ends with the step under way.
    const onEvent = ({ type }: RunEvent): void => {
      if (isCutOff && type === 'node-end') under.run?.pause();
    };
    const options = { threadId: 't', context, onEvent };
    under.run = open
      ? graph.resume('t', { [open.id]: { decision: 'approve' } }, options)
      : graph.stream(input, options);
    result = await under.run.result;
    input = null;
    if (result.status === 'failed') throw result.error;
  }
  return { data: result.state.data, calls, runs };
}

describe('a workflow that is cut off after every step', () => {
  it('ends as one that is not, and does nothing twice', async () => {
    const whole = await run(false);
    const pieces = await run(true);
    expect(whole.data).to.deep.include({ price: 'price: Price of shoes!', may: true, place: 'placed', sure: true });
    expect(pieces.data).to.deep.equal(whole.data);
    expect(pieces.calls).to.equal(whole.calls);
    expect([whole.runs, pieces.runs > 10]).to.deep.equal([3, true]);
  });
});
