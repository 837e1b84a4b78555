import { expect } from 'chai';
import { createAgent, defineTool } from '../../src/index.ts';
import type { Agent, RunEvent } from '../../src/index.ts';
import { randomId } from '../../src/core/index.ts';
import { call, createScriptedModel, say } from '../../src/models/scripted.ts';
import type { ScriptedAnswer } from '../../src/models/scripted.ts';
import { deferred } from '../helpers/deferred.ts';
import { hostStarter } from '../helpers/host.ts';

let namespace = '';
let agents: Agent[] = [];

beforeEach(() => {
  namespace = randomId();
});
afterEach(async () => {
  for (const agent of agents) await agent.erase().catch(() => agent.close());
  agents = [];
});

/** An agent with a host of its own, as another tab has one. */
async function openTab(script: readonly ScriptedAnswer[] = []): Promise<Agent> {
  const worker = hostStarter({ models: { scripted: () => createScriptedModel(script) } });
  const agent = createAgent({ namespace, worker, model: 'scripted' });
  agents.push(agent);
  await agent.ready;
  return agent;
}

/** A tab in the middle of a call that ends only when it is stopped. */
async function openBusyTab(): Promise<{ readonly agent: Agent; readonly turn: Promise<string> }> {
  const agent = await openTab([call('wait', {})]);
  const started = deferred();
  agent.tool(
    defineTool({
      name: 'wait',
      description: 'Wait',
      effect: 'read',
      run: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('stopped'));
          });
          started.resolve();
        }),
    }),
  );
  const turn = agent.thread('t').send('go');
  await started.promise;
  return { agent, turn: turn.then(({ status }) => status) };
}

/** Does something where the browser gives no database. */
async function withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB') ?? {};
  Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: undefined });
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, 'indexedDB', original);
  }
}

describe('two tabs', () => {
  it('can each stop what runs on a thread', async () => {
    const here = await openTab();
    const there = await openBusyTab();
    await here.thread('t').stop();
    expect(await there.turn).to.equal('cancelled');
  });

  it('have nothing running any more once one of them has erased everything', async () => {
    const here = await openTab();
    const there = await openBusyTab();
    await here.erase();
    // What it had not stored yet is refused, where that comes first.
    expect(await there.turn).to.be.oneOf(['cancelled', 'failed']);
    expect(await there.agent.threads.list()).to.deep.equal([]);
  });

  it('hear nothing of each other where each of them has its threads in its own memory', async () => {
    const [here, there] = await withoutDatabase(() => Promise.all([openTab([say('Here.')]), openTab([say('There.')])]));
    const events: RunEvent[] = [];
    const stop = there.thread('t').subscribe((batch) => events.push(...batch));
    await there.threads.list();
    await here.thread('t').send('hello');
    const { runId } = await there.thread('t').send('hello');
    expect(events.filter((event) => event.runId !== runId).map(({ type }) => type)).to.deep.equal([]);
    stop();
  });
});
