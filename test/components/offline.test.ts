import { html } from 'lit';
import { expect } from 'chai';
import type { InpageChat } from '../../components/index.ts';
import type { AgentReady } from '../../src/client/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { all, find, part, status, textOf } from './chat.ts';
import { FakeAgent, READY, REMOTE } from './fake-agent.ts';

const WORDS = 'You are offline. api.example answers only once you are online again.';

/** Has the browser say that the network is there, or not, as it does when that changes. */
function turn(to: 'online' | 'offline'): void {
  Object.defineProperty(navigator, 'onLine', { value: to === 'online', configurable: true });
  dispatchEvent(new Event(to));
}

const shown = (chat: InpageChat): string => textOf(find(chat, '[part~="offline"]'));

async function chatWith(ready: AgentReady, lang = 'en'): Promise<InpageChat> {
  const agent = new FakeAgent(undefined, Promise.resolve(ready));
  const chat = await fixture<InpageChat>(html`<inpage-chat lang=${lang} .agent=${agent}></inpage-chat>`);
  await until(() => find(chat, '.badge'), 'it is known what answers');
  return chat;
}

/** Once what is loaded late is there: it has been asked for by now, and modules come in the order of asking. */
async function settled(chat: InpageChat): Promise<void> {
  await import('../../components/notice-view.ts');
  await chat.updateComplete;
}

describe('without a network', () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('says that a remote model does not answer, from when the network goes until it is back', async () => {
    const chat = await chatWith(REMOTE);
    await settled(chat);
    expect(shown(chat)).to.equal('');
    turn('offline');
    await until(() => shown(chat) !== '', 'it is shown');
    expect(shown(chat)).to.equal(WORDS);
    turn('online');
    await until(() => shown(chat) === '', 'it is gone');
    expect(status(chat)).to.equal('You are online again.');
  });

  it('says so where there is none from the beginning', async () => {
    turn('offline');
    const chat = await chatWith(REMOTE);
    await until(() => shown(chat) === WORDS, 'it is shown');
  });

  it('is heard once, and seen in one place', async () => {
    const chat = await chatWith(REMOTE);
    await settled(chat);
    const told: string[] = [];
    new MutationObserver(() => told.push(status(chat))).observe(part(chat, 'status'), {
      childList: true,
      characterData: true,
      subtree: true,
    });
    turn('offline');
    await until(() => status(chat) === WORDS, 'it is said');
    expect(find(chat, '[part="status"] .hidden')).not.to.equal(undefined);
    chat.requestUpdate();
    turn('offline');
    await chat.updateComplete;
    expect(told).to.deep.equal([WORDS]);
    expect(part(chat, 'status').getAttribute('role')).to.equal('status');
  });

  for (const [name, model] of Object.entries({
    'rules answer': READY.model,
    'the model of the browser answers': { id: 'browser', generative: true, sentTo: [] },
    'nothing is known of where the model is': { id: 'own', generative: true },
    'the model is on this device': { id: 'llama', generative: true, sentTo: ['localhost:11434'] },
  })) {
    it(`says nothing where ${name}`, async () => {
      const chat = await chatWith({ ...REMOTE, model });
      turn('offline');
      await settled(chat);
      await chat.updateComplete;
      expect(all(chat, '[part~="notice"]')).to.deep.equal([]);
      expect(status(chat)).to.equal('');
    });
  }

  it('listens no more once the element has gone', async () => {
    const chat = await chatWith(REMOTE);
    await settled(chat);
    chat.remove();
    turn('offline');
    await chat.updateComplete;
    expect(shown(chat)).to.equal('');
  });

  for (const lang of ['de', 'ar']) {
    it(`says so in ${lang}, without accessibility faults`, async () => {
      turn('offline');
      const chat = await chatWith(REMOTE, lang);
      chat.style.width = '380px';
      await until(() => shown(chat).includes('api.example'), 'it is shown');
      expect(shown(chat)).not.to.equal(WORDS);
      await expectAccessible(chat);
      const [outer, inner] = [chat.getBoundingClientRect(), part(chat, 'offline').getBoundingClientRect()];
      expect(inner.left >= outer.left && inner.right <= outer.right).to.equal(true);
    });
  }
});
