import { expect } from 'chai';
import { createAgent, isAgentError } from '../../src/index.ts';
import type { Agent, Thread } from '../../src/index.ts';
import { createScriptedModel } from '../../src/models/index.ts';
import { eraseAll, freshNamespace, keep, tool } from '../agent/conversation.ts';
import { deferred } from '../helpers/deferred.ts';
import type { Deferred } from '../helpers/deferred.ts';
import { countOf, openRemote, PROVIDERS } from './remote-agent.ts';

/** Milliseconds that it may take until whoever works hears that the turn is stopped. */
const SOON = 100;

/** How often each is done, so that a moment in which the machine was busy does not count. */
const ROUNDS = 3;

/** The ways to stop a turn, and how it then ends. */
const WAYS: readonly (readonly [
  way: string,
  status: string,
  stop: (thread: Thread, signal: AbortController, agent: Agent) => unknown,
])[] = [
  ['stop()', 'cancelled', (thread) => thread.stop()],
  [
    'its signal',
    'cancelled',
    (_, signal) => {
      signal.abort();
    },
  ],
  ['deleting its thread', 'cancelled', ({ id }, _, agent) => agent.threads.delete(id)],
  ['closing the agent', 'closed', (_thread, _signal, agent) => agent.close()],
];

/** Begins a turn, stops it once `begun`, and gives how it ended and the ms until `reached`. */
async function stopTurn(
  how: (typeof WAYS)[number],
  agent: Agent,
  begun: Promise<unknown>,
  reached: Promise<unknown>,
): Promise<{ readonly ended: string; readonly ms: number }> {
  const thread = agent.thread('t');
  const signal = new AbortController();
  const turn = thread.send('hello', { signal: signal.signal }).then(
    ({ status }) => status as string,
    (error: unknown) => (isAgentError(error) ? error.code : 'no error of ours'),
  );
  await begun;
  const asked = performance.now();
  const heard = reached.then(() => performance.now() - asked);
  const [ended, ms] = await Promise.all([turn, heard, how[2](thread, signal, agent)]);
  return { ended, ms };
}

/** Resolves with the first event of a type. */
const first = (agent: Agent, type: string): Promise<void> =>
  new Promise((resolve) => {
    agent.thread('t').subscribe((batch) => {
      if (batch.some((event) => event.type === type)) resolve();
    });
  });

/** Stops a turn of several agents, one after the other, and checks how each ended; gives the least ms of them. */
async function stopTurns(
  how: (typeof WAYS)[number],
  open: () => Promise<readonly [agent: Agent, begun: Promise<unknown>, reached: Promise<unknown>]>,
): Promise<number> {
  const times: number[] = [];
  while (times.length < ROUNDS) {
    const { ended, ms } = await stopTurn(how, ...(await open()));
    expect(ended).to.equal(how[1]);
    times.push(ms);
  }
  return Math.min(...times);
}

/** Makes an abortable promise of work that never ends by itself. */
const hang = (signal: AbortSignal, begun: Deferred<void>, told: Deferred<void>): Promise<never> =>
  new Promise(() => {
    signal.addEventListener('abort', () => {
      told.resolve();
    });
    begun.resolve();
  });

for (const how of WAYS) {
  describe(`a turn that is stopped by ${how[0]}`, () => {
    afterEach(eraseAll);

    for (const provider of PROVIDERS) {
      for (const model of ['silent', 'silent-later']) {
        it(`gives up its request within ${SOON} ms, with ${provider} and a server that is ${model}`, async () => {
          const ms = await stopTurns(how, async () => {
            const { agent, session } = await openRemote({ provider, model });
            const begun = model === 'silent' ? session.arrived(1) : first(agent, 'text-delta');
            return [agent, begun, session.left(1)];
          });
          expect(ms).to.be.below(SOON);
        });
      }
    }

    it(`tells a tool of the page within ${SOON} ms`, async () => {
      const ms = await stopTurns(how, async () => {
        const { agent, session } = await openRemote({ provider: 'openai' });
        await session.script(['calls']);
        const [begun, told] = [deferred(), deferred()];
        agent.tool(tool('greet', 'read', { run: (_, { signal }) => hang(signal, begun, told) }));
        return [agent, begun.promise, told.promise];
      });
      expect(ms).to.be.below(SOON);
    });

    it(`tells a model of the page within ${SOON} ms`, async () => {
      const ms = await stopTurns(how, () => {
        const [begun, told] = [deferred(), deferred()];
        const model = createScriptedModel([(_, signal) => hang(signal, begun, told)]);
        const agent = keep(createAgent({ namespace: freshNamespace(), model }));
        return Promise.resolve([agent, begun.promise, told.promise]);
      });
      expect(ms).to.be.below(SOON);
    });
  });
}

describe('a turn that is stopped', () => {
  afterEach(eraseAll);

  it('while it waits for the next try makes none, and goes on later', async () => {
    const { agent, session } = await openRemote({ provider: 'openai' });
    await session.script(['429', 'text']);
    const thread = agent.thread();
    const turn = thread.send('hello');
    await session.arrived(1);
    const asked = performance.now();
    await thread.stop();
    expect((await turn).status).to.equal('cancelled');
    expect(performance.now() - asked).to.be.below(SOON);
    expect(await countOf(session)).to.equal(1);
    expect((await thread.resume()).text).to.equal('Hello from the server.');
  });

  it('while the page looks for a token asks nobody', async () => {
    const begun = deferred();
    const getToken = (): Promise<string> => {
      begun.resolve();
      return new Promise(() => undefined);
    };
    const { agent, session } = await openRemote({ provider: 'openai', getToken });
    const thread = agent.thread();
    const turn = thread.send('hello');
    await begun.promise;
    const asked = performance.now();
    await thread.stop();
    expect((await turn).status).to.equal('cancelled');
    expect(performance.now() - asked).to.be.below(SOON);
    expect(await countOf(session)).to.equal(0);
  });

  it('leaves nothing of what was being said, and one end for whoever watches', async () => {
    const { agent } = await openRemote({ provider: 'anthropic', model: 'silent-later' });
    const thread = agent.thread('t');
    const ends: string[] = [];
    thread.subscribe((batch) => {
      for (const event of batch) if (event.type === 'run-end') ends.push(event.status);
    });
    const begun = first(agent, 'text-delta');
    const turn = thread.send('hello');
    await begun;
    await Promise.all([thread.stop(), thread.stop()]);
    expect((await turn).text).to.equal('');
    expect(ends).to.deep.equal(['cancelled']);
    expect((await thread.state())?.state['messages']).to.have.length(1);
  });
});
