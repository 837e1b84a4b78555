import { expect } from 'chai';
import type { InpageChat } from '../../components/index.ts';
import type { AgentReady } from '../../src/client/index.ts';
import type { Message } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { chatWith, find, part, status, textOf } from './chat.ts';
import { FakeAgent, FakeThread, READY, REMOTE, replied, said } from './fake-agent.ts';

async function chatOf(model: AgentReady['model'], thread?: FakeThread): Promise<InpageChat> {
  const chat = await chatWith(new FakeAgent(thread, Promise.resolve({ ...READY, model })));
  await until(() => find(chat, '[part="model"]'), 'the badge is shown');
  return chat;
}

describe('the badge of the model', () => {
  const states: Record<string, [model: AgentReady['model'], badge: string, meaning: RegExp]> = {
    'rules answer': [READY.model, 'Rule-based assistant', /without a language model/],
    'the browser’s own model answers': [
      { id: 'prompt-api', generative: true, sentTo: [] },
      'Browser model',
      /stays on this device/,
    ],
    'a remote model answers': [REMOTE.model, 'big-model sent to api.example', /is sent to api\.example\.$/],
    'another one would stand in for it': [
      { ...REMOTE.model, sentTo: ['api.example', 'b.example', 'c.example'] },
      'big-model sent to api.example',
      /is sent to api\.example\. If it does not answer, it is sent to b\.example, c\.example instead\.$/,
    ],
    'only the site knows who answers': [{ id: 'own', generative: true }, 'own', /may leave this device/],
  };
  for (const [state, [model, badge, meaning]] of Object.entries(states)) {
    it(`says in short, in a description and before the first message what it is when ${state}`, async () => {
      const chat = await chatOf(model);
      expect(textOf(part(chat, 'model'))).to.equal(badge);
      expect(part(chat, 'model').title).to.match(meaning);
      expect(textOf(find(chat, '.welcome .quiet'))).to.match(meaning);
    });
  }

  it('says the whole of it when it is pressed, and no more when it is pressed again', async () => {
    const chat = await chatOf(REMOTE.model);
    const badge = part(chat, 'model');
    expect(badge.getAttribute('aria-expanded')).to.equal('false');
    badge.click();
    await chat.updateComplete;
    expect(badge.getAttribute('aria-expanded')).to.equal('true');
    expect(textOf(part(chat, 'model-meaning'))).to.equal(badge.title);
    await expectAccessible(chat);
    badge.click();
    await chat.updateComplete;
    expect(find(chat, '[part="model-meaning"]')).to.equal(undefined);
  });

  it('tells what the conversation has taken, where the model says so', async () => {
    const cost = (text: string, inputTokens: number, outputTokens: number): Message =>
      Object.assign(replied(text), { usage: { inputTokens, outputTokens } });
    const thread = new FakeThread('main', [
      said('Hello'),
      cost('Hello.', 1200, 30),
      said('Go on'),
      cost('Done.', 1400, 25),
    ]);
    const chat = await chatOf(REMOTE.model, thread);
    part(chat, 'model').click();
    await chat.updateComplete;
    expect(textOf(part(chat, 'model-meaning'))).to.match(
      /api\.example\. So far it has read 2,600 tokens of this conversation and written 55\.$/,
    );
  });

  it('changes when another model stands in, and says so aloud, until the next run', async () => {
    const thread = new FakeThread('main', [said('Hello')]);
    const chat = await chatOf(REMOTE.model, thread);
    thread.start();
    const model = { id: 'small-model', sentTo: ['b.example'] };
    thread.emit({ type: 'notice', code: 'model-fallback', message: 'It failed (500).', model });
    await until(() => textOf(part(chat, 'model')) === 'small-model sent to b.example', 'the badge changes');
    expect(status(chat)).to.equal('“small-model” at b.example answers instead, as the language model did not.');
    await until(() => textOf(find(chat, '[part="notice"]')) === status(chat), 'it is shown as well');
    thread.start();
    await until(() => textOf(part(chat, 'model')) === 'big-model sent to api.example', 'the badge changes back');
  });

  it('shows where something is sent, however long the name of the model is and however narrow the chat', async () => {
    const chat = await chatOf({ ...REMOTE.model, id: 'a-very-long-name-of-a-model/'.repeat(9) });
    for (const width of [640, 380, 280]) {
      chat.style.inlineSize = `${width}px`;
      const where = find(chat, '.where');
      expect(where?.checkVisibility()).to.equal(true);
      expect(where?.scrollWidth).to.equal(where?.clientWidth);
      expect(part(chat, 'header').scrollWidth).to.be.at.most(width);
    }
  });
});
