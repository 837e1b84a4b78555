import { expect } from 'chai';
import { createAgent, isAgentError, watchThread } from '../../src/index.ts';
import type { Agent } from '../../src/index.ts';
import { createScriptedModel } from '../../src/models/index.ts';
import { calls, freshNamespace, tool } from '../agent/conversation.ts';
import { deferred } from '../helpers/deferred.ts';
import { rejection } from '../helpers/rejection.ts';

/** Does something, and gives the rejections that nobody has handled on the way. */
async function unhandled(work: () => Promise<unknown>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const listen = ({ reason }: PromiseRejectionEvent): void => {
    found.push(reason);
  };
  addEventListener('unhandledrejection', listen, { capture: true });
  try {
    await work();
    // The browser tells of them in the task behind the one that they came in, where this one may come between.
    await new Promise((resolve) => setTimeout(() => setTimeout(resolve)));
  } finally {
    removeEventListener('unhandledrejection', listen, { capture: true });
  }
  return found;
}

/** An agent in a real worker that is in the middle of a call, watched in every way that there is. */
async function busy(
  namespace: string,
): Promise<{ readonly agent: Agent; readonly turn: Promise<unknown>; readonly end: () => void }> {
  const begun = deferred();
  const agent = createAgent({ namespace, model: createScriptedModel([calls(['wait'])]) });
  const withdraw = agent.tool(
    tool('wait', 'read', {
      run: (_, context) =>
        new Promise(() => {
          begun.resolve();
          context.signal.addEventListener('abort', () => {
            context.progress('stopped');
          });
        }),
    }),
  );
  const thread = agent.thread('t');
  const stops = [
    watchThread(thread, () => undefined),
    watchThread(agent.thread('other'), () => undefined),
    agent.threads.subscribe(() => undefined),
    thread.subscribe(() => undefined),
  ];
  const turn = thread.send('hello').then(
    ({ status }) => status,
    (error: unknown) => (isAgentError(error) ? error.code : 'no error of ours'),
  );
  await begun.promise;
  const end = (): void => {
    for (const stop of stops) stop();
    withdraw();
  };
  return { agent, turn, end };
}

describe('an agent that is closed while its threads are watched', () => {
  for (const way of ['close', 'erase'] as const) {
    it(`leaves no promise unhandled with ${way}()`, async () => {
      const namespace = freshNamespace();
      const found = await unhandled(async () => {
        const { agent, turn, end } = await busy(namespace);
        const again = watchThread(agent.thread('late'), () => undefined);
        await agent[way]();
        expect(await turn).to.be.oneOf(['closed', 'cancelled']);
        again();
        end();
        watchThread(agent.thread('t'), () => undefined)();
        agent.threads.subscribe(() => undefined)();
        expect(await rejection(agent.thread('t').send('hello'))).to.include({ code: 'closed' });
        await agent.close();
      });
      expect(found).to.deep.equal([]);
      if (way === 'close') await createAgent({ namespace, model: 'planner' }).erase();
    });
  }

  it('leaves none where it is closed before it has started, or cannot start', async () => {
    const found = await unhandled(async () => {
      const namespace = freshNamespace();
      for (const agent of [
        createAgent({ namespace, model: 'planner' }),
        createAgent({ namespace, model: 'no such model' }),
        createAgent({ namespace, worker: () => ({}) as Worker }),
      ]) {
        agent.tool(tool('add', 'write'));
        const stop = watchThread(agent.thread('t'), () => undefined);
        agent.threads.subscribe(() => undefined);
        await agent.close();
        stop();
      }
      await createAgent({ namespace, model: 'planner' }).erase();
    });
    expect(found).to.deep.equal([]);
  });
});
