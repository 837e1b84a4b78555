import { expect } from 'chai';
import type { Agent, ApprovalRequest, Thread, ThreadView, TurnResult } from '../../src/index.ts';
import { createAgent, watchThread } from '../../src/index.ts';
import { START, StateGraph } from '../../src/engine.ts';
import { call, createScriptedModel, say } from '../../src/models/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { hostStarter } from '../helpers/host.ts';
import { rejection } from '../helpers/rejection.ts';
import { calls, converse, eraseAll, freshNamespace, tool } from './conversation.ts';

afterEach(eraseAll);

let ran: unknown[] = [];
beforeEach(() => {
  ran = [];
});

const pay = () =>
  tool('pay', 'write', {
    danger: 'medium',
    input: { type: 'object', properties: { amount: { type: 'integer', minimum: 1 } }, required: ['amount'] },
    run: (input) => ran.push(input),
  });

const approve = async (thread: Thread, { interrupts }: TurnResult, answer: object = {}): Promise<TurnResult> =>
  thread.answer(interrupts[0]?.id ?? '', { decision: 'approve', ...answer });

/** An agent that pays once per message. */
function payer(times: number, options: Parameters<typeof converse>[1] = {}): Agent {
  const agent = converse(
    Array.from({ length: times }, (_, index) => [call('pay', { amount: index + 1 }), say('Paid.')]).flat(),
    options,
  );
  agent.tool(pay());
  return agent;
}

describe('an approval', () => {
  it('holds for one call unless the person says more', async () => {
    const thread = payer(2).thread();
    await approve(thread, await thread.send('pay'));
    expect((await thread.send('pay again')).status).to.equal('interrupted');
    expect(ran).to.deep.equal([{ amount: 1 }]);
  });

  it('for a message holds until that is answered, and not for the next', async () => {
    const agent = converse([
      call('pay', { amount: 1 }),
      call('pay', { amount: 2 }),
      say('Paid.'),
      call('pay', { amount: 3 }),
    ]);
    agent.tool(pay());
    const thread = agent.thread();
    expect((await approve(thread, await thread.send('pay'), { scope: 'run' })).status).to.equal('completed');
    expect(ran).to.deep.equal([{ amount: 1 }, { amount: 2 }]);
    expect((await thread.send('pay again')).status).to.equal('interrupted');
  });

  it('for a thread holds there alone, and also after a reload', async () => {
    const namespace = freshNamespace();
    const before = payer(1, { namespace });
    await approve(before.thread('a'), await before.thread('a').send('pay'), { scope: 'thread' });
    await before.close();
    const after = payer(2, { namespace });
    expect((await after.thread('a').send('pay')).status).to.equal('completed');
    expect((await after.thread('b').send('pay')).status).to.equal('interrupted');
  });

  it('for always holds in every thread, and is gone with what the person has stored', async () => {
    const namespace = freshNamespace();
    const agent = payer(2, { namespace });
    await approve(agent.thread('a'), await agent.thread('a').send('pay'), { scope: 'always' });
    expect((await agent.thread('b').send('pay')).status).to.equal('completed');
    await agent.erase();
    expect((await payer(1, { namespace }).thread('a').send('pay')).status).to.equal('interrupted');
  });

  it('that holds on is listed, and asks again once it is revoked', async () => {
    const thread = payer(3).thread();
    await approve(thread, await thread.send('pay'), { scope: 'thread' });
    const [grant] = await thread.grants();
    expect(grant).to.include({ tool: 'pay', scope: 'thread', threadId: thread.id });
    await thread.revoke({ tool: 'pay', scope: 'thread' });
    expect(await thread.grants()).to.deep.equal([]);
    expect((await thread.send('pay')).status).to.equal('interrupted');
  });

  it('for a message is listed while that is being answered, and not any more afterwards', async () => {
    const agent = converse([call('pay', { amount: 1 }), call('wipe', {}), say('Done.')]);
    agent.tool(pay());
    agent.tool(tool('wipe', 'write', { danger: 'high' }));
    const thread = agent.thread();
    const wiping = await approve(thread, await thread.send('pay'), { scope: 'run' });
    expect((await thread.grants()).map(({ scope }) => scope)).to.deep.equal(['run']);
    await thread.answer(wiping.interrupts[0]?.id ?? '', { decision: 'reject' });
    expect(await thread.grants()).to.deep.equal([]);
  });

  it('that holds on also settles the open questions about the same tool, and no others', async () => {
    const agent = converse([
      calls(['pay', { amount: 1 }], ['pay', { amount: 2 }], ['wipe'], ['pay', { amount: 3 }]),
      say('Done.'),
    ]);
    agent.tool(tool('pay', 'write', { danger: 'medium', writes: ['a/{amount}'], run: (input) => ran.push(input) }));
    agent.tool(tool('wipe', 'write', { danger: 'high', writes: ['b'], run: () => ran.push('wipe') }));
    const thread = agent.thread();
    const asked = await thread.send('go');
    expect(asked.interrupts).to.have.length(4);
    const after = await approve(thread, asked, { scope: 'run' });
    expect(after.interrupts.map(({ payload }) => (payload as ApprovalRequest).tool)).to.deep.equal(['wipe']);
    expect(ran).to.have.deep.members([{ amount: 1 }, { amount: 2 }, { amount: 3 }]);
  });

  it('asks again when the tool has become something else under its name', async () => {
    const namespace = freshNamespace();
    const before = payer(1, { namespace });
    await approve(before.thread(), await before.thread().send('pay'), { scope: 'always' });
    await before.close();
    const after = converse([call('pay', {})], { namespace });
    after.tool(tool('pay', 'write', { danger: 'high', description: 'Pay with everything that there is' }));
    expect((await after.thread().send('pay')).status).to.equal('interrupted');
  });

  it('runs with the arguments that the person has changed', async () => {
    const thread = payer(1).thread();
    const { toolCalls } = await approve(thread, await thread.send('pay'), { input: { amount: 9 } });
    expect(ran).to.deep.equal([{ amount: 9 }]);
    expect(toolCalls[0]?.input).to.deep.equal({ amount: 9 });
  });

  it('of arguments that do not fit is refused, and the question stays open', async () => {
    const thread = payer(1).thread();
    const asked = await thread.send('pay');
    const refused = await rejection(approve(thread, asked, { input: { amount: 0 } }));
    expect(refused).to.include({ code: 'invalid-tool-input' });
    expect(refused).to.have.nested.property('details.issues[0].path', 'amount');
    expect(await rejection(approve(thread, asked, { input: null }))).to.include({ code: 'invalid-tool-input' });
    expect((await thread.state())?.interrupts).to.deep.equal(asked.interrupts);
    expect((await approve(thread, asked)).status).to.equal('completed');
  });

  it('of an unknown scope or shape is refused, and the question stays open', async () => {
    const thread = payer(1).thread();
    const asked = await thread.send('pay');
    for (const answer of [{ scope: 'for ever' }, { decision: 'yes' }]) {
      expect(await rejection(approve(thread, asked, answer))).to.include({ code: 'invalid-answer' });
    }
    expect((await thread.state())?.interrupts).to.have.length(1);
    expect(ran).to.deep.equal([]);
  });

  it('is overruled by a later no, also when the call is again what the yes was for', async () => {
    let price = 5;
    const agent = converse([call('pay', {}), say('Done.')]);
    agent.tool(tool('pay', 'write', { danger: 'high', summary: () => `${price} €`, run: () => ran.push(price) }));
    const thread = agent.thread();
    const first = await thread.send('pay');
    price = 7;
    const second = await approve(thread, first);
    expect((second.interrupts[0]?.payload as ApprovalRequest).summary).to.equal('7 €');
    price = 5;
    await thread.answer(second.interrupts[0]?.id ?? '', { decision: 'reject' });
    expect(ran).to.deep.equal([]);
  });

  it('is not asked for at all where the tool refuses the call first', async () => {
    const agent = converse([call('check_out', {}), say('It is empty.')]);
    const summary = (): never => {
      throw new Error('Your cart is empty.');
    };
    agent.tool(tool('check_out', 'write', { danger: 'high', summary }));
    const { status, toolCalls } = await agent.thread().send('check out');
    expect([status, toolCalls[0]?.error?.message]).to.deep.equal(['completed', 'Your cart is empty.']);
  });
});

describe('a tool that gives way to another of its name after its call was allowed', () => {
  it('leaves the other one alone, which nobody has allowed', async () => {
    const agent = converse([call('put', {}), say('Done.')]);
    const wipe = tool('put', 'write', { danger: 'high', run: () => ran.push('wiped') });
    const validate = (value: unknown) => {
      withdraw();
      agent.tool(wipe);
      return { value };
    };
    const input = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    const put = tool('put', 'write', { input, jsonSchema: { type: 'object' }, run: () => ran.push('put') });
    const withdraw = agent.tool(put);
    const { toolCalls } = await agent.thread().send('put it');
    expect(toolCalls[0]?.error?.code).to.equal('tool-gone');
    expect(ran).to.deep.equal([]);
  });
});

describe('the modes of approval', () => {
  const asked = async (approval: 'auto' | 'dangerous' | 'all'): Promise<readonly string[]> => {
    const names = ['look', 'put', 'wipe'];
    const found: string[] = [];
    for (const name of names) {
      const agent = converse([call(name, {})], { approval });
      agent.tool(tool('look', 'read'));
      agent.tool(tool('put', 'write', { danger: 'low' }));
      agent.tool(tool('wipe', 'write', { danger: 'high' }));
      if ((await agent.thread().send('go')).status === 'interrupted') found.push(name);
    }
    return found;
  };

  it('ask never, before what is dangerous, and before everything', async () => {
    expect(await asked('auto')).to.deep.equal([]);
    expect(await asked('dangerous')).to.deep.equal(['wipe']);
    expect(await asked('all')).to.deep.equal(['look', 'put', 'wipe']);
  });

  it('are refused when there is no such mode or no such time', () => {
    const worker = hostStarter({});
    for (const options of [{ approval: 'never' as 'auto' }, { approvalTimeout: 0 }, { approvalTimeout: Number.NaN }]) {
      expect(() => createAgent({ worker, ...options }))
        .to.throw()
        .with.property('code', 'invalid-option');
    }
  });
});

describe('an approval that nobody gives in time', () => {
  it('counts as no, by itself, while somebody watches', async () => {
    const agent = payer(1, { approvalTimeout: 50 });
    const thread = agent.thread();
    const ended = deferred<ThreadView>();
    const asked = await thread.send('pay');
    expect((asked.interrupts[0]?.payload as ApprovalRequest).expiresAt).to.be.closeTo(Date.now() + 50, 200);
    const stop = watchThread(thread, (view) => {
      if (view.loaded && !view.running && view.interrupts.length === 0) ended.resolve(view);
    });
    const { messages } = await ended.promise;
    stop();
    expect(JSON.stringify(messages)).to.include('Nobody answered in time.');
    expect(ran).to.deep.equal([]);
  });

  it('counts as no also when its time ran out while no page was open', async () => {
    const namespace = freshNamespace();
    const before = payer(1, { namespace, approvalTimeout: 30 });
    const { interrupts } = await before.thread().send('pay');
    await before.close();
    const { expiresAt = 0 } = interrupts[0]?.payload as ApprovalRequest;
    while (Date.now() <= expiresAt) await new Promise((resolve) => setTimeout(resolve, 5));
    const after = payer(1, { namespace, approvalTimeout: 30 });
    const refused = await rejection(after.thread().answer(interrupts[0]?.id ?? '', { decision: 'approve' }));
    expect(refused).to.include({ code: 'approval-expired' });
    const ended = deferred<undefined>();
    const stop = watchThread(after.thread(), (view) => {
      if (view.loaded && !view.running && view.interrupts.length === 0) ended.resolve(undefined);
    });
    await ended.promise;
    stop();
    expect(ran).to.deep.equal([]);
  });

  it('may still be refused by the person', async () => {
    const namespace = freshNamespace();
    const before = payer(1, { namespace, approvalTimeout: 1 });
    const { interrupts } = await before.thread().send('pay');
    const result = await before
      .thread()
      .answer(interrupts[0]?.id ?? '', { decision: 'reject' })
      .catch((error: unknown) => error);
    // The clock may have been quicker; either way nothing ran.
    expect(result).to.satisfy((value: TurnResult | { code: string }) =>
      'code' in value ? value.code === 'unknown-interrupt' : value.status,
    );
    expect(ran).to.deep.equal([]);
  });
});

describe('an approval that a graph of the site’s own asks for', () => {
  it('stays open, whatever its payload calls `expiresAt`', async () => {
    const graph = new StateGraph({ id: 'offer', version: '1', channels: {} })
      .addNode('ask', async (_, ctx) => {
        await ctx.interrupt({ expiresAt: 1 }, { kind: 'approval' });
      })
      .addEdge(START, 'ask')
      .compile();
    const thread = converse([], { host: { graphs: [graph] } }).thread('o', { graph: 'offer' });
    expect((await thread.send({})).status).to.equal('interrupted');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await thread.state())?.interrupts).to.have.length(1);
  });
});

describe('a second page', () => {
  it('sees the question of the first and answers it', async () => {
    const namespace = freshNamespace();
    const first = payer(1, { namespace });
    const asked = await first.thread().send('pay');
    const second = converse([say('Paid.')], { namespace });
    second.tool(pay());
    const stored = await second.thread().state();
    expect(stored?.interrupts).to.deep.equal(asked.interrupts);
    const settled = deferred<undefined>();
    const stop = watchThread(first.thread(), (view) => {
      if (view.loaded && view.interrupts.length === 0) settled.resolve(undefined);
    });
    expect((await approve(second.thread(), asked)).status).to.equal('completed');
    await settled.promise;
    stop();
    expect(await rejection(approve(first.thread(), asked))).to.include({ code: 'unknown-interrupt' });
    expect(ran).to.deep.equal([{ amount: 1 }]);
  });
});

describe('a host of a site’s own', () => {
  it('may refuse calls by middleware, and its faults refuse them too', async () => {
    const refusing = { name: 'hours', before: () => Promise.reject(new Error('We are closed.')) };
    const worker = hostStarter({
      models: { scripted: () => createScriptedModel([call('look', {}), say('No.')]) },
      middleware: [refusing],
    });
    const agent = createAgent({ namespace: freshNamespace(), worker, model: 'scripted' });
    agent.tool(tool('look', 'read', { run: () => ran.push('look') }));
    const { toolCalls } = await agent.thread().send('look');
    expect(toolCalls[0]?.error).to.include({ code: 'tool-denied' });
    expect(ran).to.deep.equal([]);
    await agent.erase();
  });
});
