/** `<inpage-chat>` with all that it needs: a worker, a model in it, and a thread in IndexedDB. */
import '../../../components/define-chat.ts';
import { openIndexedDb } from '../../../src/checkpoint/index.ts';
import { agentChannels } from '../../../src/agent/index.ts';
import type { Message } from '../../../src/core/index.ts';
import { START, StateGraph } from '../../../src/engine.ts';
import { createAgent } from '../../../src/index.ts';
import { contender } from './contender.ts';
import { conversation, END } from './text.ts';

const NAMESPACE = 'bench';
const THREAD = 'long';

const chat = document.createElement('inpage-chat');
const root = (): ShadowRoot | null => chat.shadowRoot;
const field = (): HTMLTextAreaElement | null | undefined => root()?.querySelector('textarea');

/** Stores the conversation as a run of the agent's graph would. */
async function store(count: number): Promise<void> {
  const messages = conversation(count).map(({ role, text }, index): Message => {
    const content = [{ type: 'text' as const, text }];
    return role === 'user'
      ? { id: `m${index}`, at: 0, role, content }
      : { id: `m${index}`, at: 0, role: 'assistant', content };
  });
  const database = await openIndexedDb(NAMESPACE);
  const graph = new StateGraph({ id: 'agent', version: '1', channels: agentChannels })
    .addNode('say', () => ({ messages }))
    .addEdge(START, 'say')
    .compile({ checkpointer: database.checkpointer });
  await graph.invoke({}, { threadId: THREAD });
  await database.close();
}

contender({
  element: chat,
  async prepare(count) {
    await store(count);
    const agent = createAgent({
      namespace: NAMESPACE,
      worker: () => new Worker('/inpage-worker.js', { type: 'module' }),
      model: 'talker',
    });
    chat.agent = agent;
    chat.thread = 'empty';
    await agent.ready;
    await agent.thread('empty').state();
    await chat.updateComplete;
  },
  open() {
    chat.thread = THREAD;
  },
  last: () => [...(root()?.querySelectorAll('article') ?? [])].at(-1),
  async reply(seconds) {
    const { status, text, error } = await chat.send(String(seconds));
    if (!text.endsWith(END)) throw new Error(`The reply ended ${status} ${String(error)} with: ${text.slice(-80)}`);
    const length = root()?.querySelectorAll('article').length ?? 0;
    if (length <= 200) throw new Error(`Of the conversation only ${length} messages are shown.`);
  },
  text: () => root()?.querySelector('.messages')?.textContent ?? '',
  focus: () => {
    chat.focus();
  },
  draft: () => field()?.value ?? '',
});
