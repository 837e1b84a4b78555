import { expect } from 'chai';
import type { AgentOptions } from '../../src/index.ts';
import type { ModelPart } from '../../src/core/index.ts';
import { rejection } from '../helpers/rejection.ts';
import { converse, eraseAll, freshNamespace, tool } from './conversation.ts';

const PRICES = { inputPerMillion: 1, outputPerMillion: 2, currency: 'EUR' };

/** What a model says of itself beside its words or its call. */
const took = (inputTokens: number, outputTokens: number): ModelPart => ({
  ...{ type: 'finish', reason: 'stop' },
  ...{ inputTokens, outputTokens },
});
const said = (text: string): readonly ModelPart[] => [{ type: 'text-delta', id: 't', text }, took(900, 100)];
const called = (n: number): readonly ModelPart[] => [
  { type: 'tool-call', id: 'c', name: 'look', input: { n } },
  took(900, 100),
];

function spendthrift(options: AgentOptions) {
  const agent = converse([called(1), called(2), called(3), said('Done.'), said('More.'), said('Again.')], options);
  agent.tool(tool('look', 'read', { run: (input) => input }));
  return agent;
}

describe('a budget', () => {
  afterEach(eraseAll);

  it('of a run ends it before the next request, keeps what was done, and a new run goes on', async () => {
    const thread = spendthrift({ budget: { tokensPerRun: 2000 } }).thread();
    const { status, error, toolCalls } = await thread.send('look');
    expect([status, error?.code, toolCalls.length]).to.deep.equal(['failed', 'budget-exhausted', 2]);
    expect(error?.details).to.deep.equal({ limit: 'tokensPerRun', used: 2000, allowed: 2000 });
    const more = await thread.resume();
    expect([more.status, more.text, more.toolCalls.length]).to.deep.equal(['completed', 'Done.', 3]);
  });

  it('of a day holds for all threads, and after a reload', async () => {
    const namespace = freshNamespace();
    const agent = spendthrift({ namespace, budget: { tokensPerDay: 4000 } });
    expect((await agent.thread('a').send('look')).status).to.equal('completed');
    expect((await agent.thread('b').send('hello')).error?.code).to.equal('budget-exhausted');
    await agent.close();
    const again = spendthrift({ namespace, budget: { tokensPerDay: 4000 } });
    expect((await again.thread('c').send('hello')).error?.code).to.equal('budget-exhausted');
  });

  it('of money counts by its prices', async () => {
    const thread = spendthrift({ budget: { moneyPerRun: 0.002, prices: PRICES } }).thread();
    const { error } = await thread.send('look');
    expect(error?.message).to.equal('This run has taken 0.0022 of 0.002 EUR.');
  });

  it('that cannot be watched is refused, and so are limits that are none', async () => {
    const ready = async (options: AgentOptions): Promise<unknown> => rejection(converse([], options).ready);
    expect(await ready({ budget: { moneyPerDay: 1 } })).to.include({ code: 'invalid-option' });
    expect(await ready({ limits: { callsPerTurn: -1 } })).to.include({ code: 'invalid-option' });
  });
});

describe('the limits of a site', () => {
  afterEach(eraseAll);

  it('hold in the place of the default ones', async () => {
    const agent = spendthrift({ limits: { callsPerTurn: 1 } });
    const { toolCalls, text } = await agent.thread().send('look');
    expect([toolCalls.filter(({ outcome }) => outcome === 'ok').length, text]).to.deep.equal([1, '']);
  });
});
