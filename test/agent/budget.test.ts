import { expect } from 'chai';
import type { AgentOptions } from '../../src/index.ts';
import type { AgentScope } from '../../src/agent/context.ts';
import { createPurse } from '../../src/agent/purse.ts';
import { AgentError } from '../../src/core/index.ts';
import type { EventBody, Message, ModelPart, SpendingStore } from '../../src/core/index.ts';
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

  it('keeps an answer that cannot be booked, and says so', async () => {
    const spending: SpendingStore = {
      of: () => Promise.resolve({ inputTokens: 0, outputTokens: 0 }),
      add: () => Promise.reject(new AgentError('quota-exceeded', 'There is no room.', { fix: 'Make some.' })),
    };
    const codes: string[] = [];
    const emit = (event: EventBody): unknown => event.type === 'notice' && codes.push(event.code);
    const scope = { runId: 'r', context: { now: () => 0 }, emit } as unknown as AgentScope;
    await createPurse({ tokensPerDay: 5000 }, spending).spend(scope, { inputTokens: 1, outputTokens: 1 });
    expect(codes).to.deep.equal(['quota-exceeded']);
  });

  it('counts nothing where a server counts in words', async () => {
    const odd = { ...took(0, 0), inputTokens: 'many', outputTokens: '7' } as unknown as ModelPart;
    const script = [[{ type: 'text-delta', id: 't', text: 'Yes.' }, odd], said('More.')] as const;
    const thread = converse(script, { budget: { tokensPerRun: 2000 } }).thread();
    expect((await thread.send('hello')).status).to.equal('completed');
    const [, message] = ((await thread.state())?.state['messages'] ?? []) as readonly Message[];
    expect(message).to.have.deep.property('usage', { inputTokens: 0, outputTokens: 7 });
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
