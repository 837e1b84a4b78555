import { expect } from 'chai';
import type { Agent, OutcomeUnknown } from '../../src/index.ts';
import { createAgent } from '../../src/index.ts';
import { createScriptedModel, say } from '../../src/models/index.ts';
import { hostStarter } from '../helpers/host.ts';
import { openSession } from '../helpers/model-session.ts';
import { calls, tool } from '../agent/conversation.ts';

/** A page of its own, in a frame, that offers tools to a host which outlives it. */
async function openPage(port: MessagePort, namespace: string, endpoint = ''): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<script type="module">
    import { createAgent, defineTool } from '${new URL('../../src/index.ts', import.meta.url).href}';
    addEventListener('message', ({ data, ports: [port] }) => {
      const begun = (name) => () => {
        parent.postMessage(name + ' begun');
        return new Promise(() => undefined);
      };
      const [namespace, endpoint] = data;
      const remote = { endpoint, model: 'text', getToken: begun('token') };
      const agent = createAgent({ namespace, worker: () => port, model: endpoint ? remote : 'scripted' });
      const tool = (name, effect) => agent.tool(defineTool({
        name, description: name, effect, danger: 'low', run: begun(name),
      }));
      tool('look', 'read');
      tool('put', 'write');
      agent.thread().send('go');
    });
    parent.postMessage('ready');
  </script>`;
  const ready = said('ready');
  document.body.append(frame);
  await ready;
  frame.contentWindow?.postMessage([namespace, endpoint], '*', [port]);
  return frame;
}

/** Resolves once a frame has said something. */
function said(text: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent): void => {
      if (data !== text) return;
      removeEventListener('message', listen);
      resolve();
    };
    addEventListener('message', listen);
  });
}

let agent: Agent | undefined;
afterEach(async () => {
  await agent?.erase();
  agent = undefined;
});

/** Has a page make a call and go away in the middle of it; gives the thread as another page finds it. */
async function leftBehind(name: string, effect: 'read' | 'write'): Promise<Agent> {
  const namespace = `gone-${name}`;
  // The host is this page's: a shared worker would outlive a page in the same way.
  const begun = said(`${name} begun`);
  const first = await openPage(
    hostStarter({ models: { scripted: () => createScriptedModel([calls([name]), say('Done.')]) } })(),
    namespace,
  );
  await begun;
  first.remove();
  const worker = hostStarter({ models: { scripted: () => createScriptedModel([say('Done after all.')]) } });
  agent = createAgent({ namespace, worker, model: 'scripted' });
  agent.tool(tool(name, effect, { run: () => 'from the second page' }));
  return agent;
}

describe('a page that goes away in the middle of a call', () => {
  it('leaves a write that nobody knows the outcome of, and a person says what became of it', async () => {
    const thread = (await leftBehind('put', 'write')).thread();
    let open = (await thread.state())?.interrupts ?? [];
    const deadline = performance.now() + 3000;
    while (open.length === 0 && performance.now() < deadline) open = (await thread.state())?.interrupts ?? [];
    expect(open.map(({ kind }) => kind)).to.deep.equal(['outcome-unknown']);
    expect((open[0]?.payload as OutcomeUnknown).tool).to.equal('put');
    const { status, toolCalls } = await thread.answer(open[0]?.id ?? '', { outcome: 'done' });
    expect(status).to.equal('completed');
    expect(toolCalls[0]?.output).to.have.property('message').that.includes('It was done all the same');
  });

  it('leaves a read that is made again when the run goes on', async () => {
    const thread = (await leftBehind('look', 'read')).thread();
    const { status, toolCalls } = await thread.resume();
    expect([status, toolCalls[0]?.output]).to.deep.equal(['completed', 'from the second page']);
  });
});

describe('a page that goes away while it is asked for a token', () => {
  it('holds up nobody: the next page goes on', async () => {
    const { endpoint } = await openSession();
    const namespace = 'gone-token';
    const begun = said('token begun');
    const first = await openPage(hostStarter({})(), namespace, endpoint);
    await begun;
    first.remove();
    agent = createAgent({ namespace, worker: hostStarter({}), model: { endpoint, model: 'text' } });
    const { status, text } = await agent.thread().resume();
    expect([status, text]).to.deep.equal(['completed', 'Hello from the server.']);
  });
});
