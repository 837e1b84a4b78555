import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { PrepareModelOptions } from '../../src/client/index.ts';
import { deferred } from '../helpers/deferred.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { chatWith, field, find, focused, part, status, textOf } from './chat.ts';
import { FakeAgent, READY } from './fake-agent.ts';

const OFFER = { ...READY, notices: [{ code: 'model-downloadable', message: 'There is one.' }] };

interface Offered {
  readonly chat: InpageChat;
  /** What the agent was asked, oldest first. */
  readonly asked: PrepareModelOptions[];
  readonly download: ReturnType<typeof deferred<undefined>>;
}

async function offered(): Promise<Offered> {
  const agent = new FakeAgent(undefined, Promise.resolve(OFFER));
  const asked: PrepareModelOptions[] = [];
  const download = deferred<undefined>();
  agent.prepare = (options) => {
    asked.push(options);
    return download.promise;
  };
  const chat = await chatWith(agent);
  await until(() => find(chat, '[part="download"]'), 'the download is offered');
  return { chat, asked, download };
}

async function begun(): Promise<Offered & { readonly bar: HTMLProgressElement }> {
  const all = await offered();
  part(all.chat, 'download').focus();
  await sendKeys({ press: 'Enter' });
  await until(() => find(all.chat, 'progress'), 'the bar is shown');
  return { ...all, bar: find(all.chat, 'progress') as HTMLProgressElement };
}

describe('the download of the browser’s own model', () => {
  it('is not offered where there is none', async () => {
    const chat = await chatWith(new FakeAgent());
    await until(() => find(chat, '[part="model"]'), 'the agent is ready');
    expect(find(chat, '[part="download"]')).to.equal(undefined);
  });

  it('begins with a press and not before, and shows how far it is', async () => {
    const { chat, asked } = await offered();
    expect(asked).to.deep.equal([]);
    await expectAccessible(chat);
    part(chat, 'download').click();
    await until(() => find(chat, 'progress'), 'the bar is shown');
    expect(find(chat, 'progress')?.hasAttribute('value'), 'how far it is is not known yet').to.equal(false);
    asked[0]?.onProgress?.(0.374);
    await chat.updateComplete;
    const bar = find(chat, 'progress') as HTMLProgressElement;
    expect([bar.position, textOf(bar.labels[0])]).to.deep.equal([0.37, 'Downloading the language model 37 %']);
    await expectAccessible(chat);
  });

  it('leads to a page that is loaded again once it is there, and says so', async () => {
    const { chat, download } = await begun();
    download.resolve(undefined);
    await until(() => find(chat, '[part="reload"]'), 'it is there');
    expect(status(chat)).to.equal('Downloaded.');
    expect(textOf(part(chat, 'notice'))).to.contain('once this page has been loaded again');
  });

  it('can be cancelled from the keyboard, and offered again', async () => {
    const { chat, asked, download } = await begun();
    expect(focused(chat)).to.equal(part(chat, 'cancel'));
    await sendKeys({ press: 'Enter' });
    expect(asked[0]?.signal?.aborted).to.equal(true);
    download.reject(asked[0]?.signal?.reason);
    await until(() => find(chat, '[part="download"]'), 'it is offered again');
    expect(focused(chat)).to.equal(field(chat));
    expect(find(chat, '[part="alert"]')).to.equal(undefined);
  });

  it('says why it failed, and is offered again', async () => {
    const { chat, download } = await begun();
    download.reject(new AgentError('model-unreachable', 'The network was lost.', { fix: 'Look at the network.' }));
    await until(() => find(chat, '[part="alert"]'), 'the failure is said');
    expect(textOf(find(chat, '[part="alert"] > p'))).to.equal('The language model could not be downloaded. Try again.');
    expect(textOf(find(chat, '[part="alert"] details'))).to.contain('The network was lost. Look at the network.');
    expect(find(chat, '[part="download"]')).not.to.equal(undefined);
  });
});
