/** The chat over a real worker, in every engine. */
import { expect } from 'chai';
import '../../components/define.ts';
import type { InpageChat } from '../../components/index.ts';
import { createAgent, defineTool } from '../../src/index.ts';
import type { Agent } from '../../src/index.ts';

const worker = () => new Worker(new URL('./fixture-worker.ts', import.meta.url), { type: 'module' });

describe('<inpage-chat> over a worker', () => {
  let chat: InpageChat;
  let agent: Agent;
  let bought = 0;

  const mount = (model: string): void => {
    agent = createAgent({ worker, model, namespace: 'thin-chat' });
    agent.tool(
      defineTool({
        name: 'buy',
        description: 'Buy something',
        effect: 'write',
        danger: 'high',
        input: { type: 'object' },
        run: () => ++bought,
      }),
    );
    chat = document.createElement('inpage-chat');
    chat.agent = agent;
    document.body.append(chat);
  };
  const roles = (): (string | undefined)[] =>
    [...(chat.shadowRoot?.querySelectorAll('article') ?? [])].map((article) => article.dataset['role']);
  const part = (name: string): HTMLElement | null => chat.shadowRoot?.querySelector(`[part~="${name}"]`) ?? null;
  /** Resolves when `done` holds, looking again whenever the chat's shadow root changes. */
  const until = (done: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!done()) return;
        observer.disconnect();
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(chat.shadowRoot ?? chat, { childList: true, subtree: true, attributes: true });
      look();
    });

  afterEach(async () => {
    chat.remove();
    await agent.erase();
  });

  it('shows an approval again after a reload, and buys only after the press', async () => {
    mount('buyer');
    await chat.send('buy tea');
    await until(() => part('approve') !== null && part('reject') !== null);
    chat.remove();
    await agent.close();
    mount('afterwards');
    await until(() => part('approve') !== null);
    expect(roles()).to.include('user');
    expect(bought).to.equal(0);
    part('approve')?.click();
    await until(() => roles().at(-1) === 'assistant' && part('approve') === null);
    expect(bought).to.equal(1);
    expect(roles()).to.deep.equal(['user', 'tool', 'assistant']);
  });
});
