import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { ErrorCode } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { all, chatWith, field, find, focused, part, textOf } from './chat.ts';
import { FakeAgent, FakeThread, REMOTE, said } from './fake-agent.ts';

interface Failed {
  readonly chat: InpageChat;
  readonly agent: FakeAgent;
  readonly sentence: string;
}

/** A chat whose run has failed before it was done. */
async function failed(code: ErrorCode, details?: unknown): Promise<Failed> {
  const agent = new FakeAgent(new FakeThread('main', [said('Hello')]), Promise.resolve(REMOTE));
  agent.current.next = ['model'];
  const chat = await chatWith(agent);
  agent.current.start();
  agent.current.end('failed', new AgentError(code, '"m" at api.example failed (1).', { fix: 'Mend it.', details }));
  await until(() => find(chat, '[part="alert"]'), 'the failure is said');
  return { chat, agent, sentence: textOf(find(chat, '[part="alert"] > p')) };
}

describe('a failure of the model', () => {
  const sentences: [code: ErrorCode, details: unknown, sentence: string, button: string][] = [
    ['model-unreachable', undefined, 'The language model cannot be reached. Try again in a moment.', 'Try again'],
    [
      'model-unauthorized',
      undefined,
      'The language model did not let this site in. Its key or token may be wrong or out of date.',
      'Try again',
    ],
    [
      'model-rate-limited',
      { isTransient: true },
      'The language model takes no more requests for now. Try again in a while.',
      'Try again',
    ],
    [
      'model-rate-limited',
      { retryAfter: 6200 },
      'The language model takes no more requests for now. Try again in 7 seconds.',
      'Try again',
    ],
    [
      'model-rate-limited',
      { retryAfter: 600_000 },
      'The language model takes no more requests for now. Try again in 10 minutes.',
      'Try again',
    ],
    [
      'model-rate-limited',
      { isTransient: false },
      'The language model takes no more requests for now. The site has to see to it.',
      'Try again',
    ],
    ['model-timeout', undefined, 'The language model did not answer in time.', 'Try again'],
    ['model-failed', undefined, 'The assistant could not answer.', 'Try again'],
    ['invalid-output', undefined, 'The answer was not of the form that was asked for.', 'Try again'],
    [
      'context-overflow',
      undefined,
      'This conversation is too long for the language model. Begin a new one; this one is kept.',
      'New conversation',
    ],
    [
      'budget-exhausted',
      { limit: 'tokensPerRun' },
      'This answer has taken as much as one answer may. You can let it go on.',
      'Go on',
    ],
    [
      'budget-exhausted',
      { limit: 'moneyPerDay' },
      'The assistant has used up what it may take in a day. It can go on tomorrow.',
      '',
    ],
  ];
  for (const [code, details, expected, button] of sentences) {
    it(`is a plain sentence: ${expected}`, async () => {
      const { chat, sentence } = await failed(code, details);
      expect(sentence).to.equal(expected);
      expect(all(chat, '[part="alert"] button').map(textOf)).to.deep.equal(button === '' ? [] : [button]);
      expect(find(chat, '[part="resume"]'), 'one way to go on is enough').to.equal(undefined);
    });
  }

  it('tells the site’s owner what it was and what to do, on request', async () => {
    const { chat } = await failed('model-timeout');
    const details = find(chat, '[part="alert"] details');
    expect(textOf(details)).to.equal('For this site’s owner "m" at api.example failed (1). Mend it.');
    expect(details?.hasAttribute('open')).to.equal(false);
    find(chat, '[part="alert"] summary')?.click();
    await expectAccessible(chat);
  });

  it('is said politely, in a place that was there before', async () => {
    const { chat } = await failed('model-timeout');
    expect(part(chat, 'alert').parentElement?.getAttribute('aria-live')).to.equal('polite');
    expect(find(await chatWith(new FakeAgent()), '[aria-live="polite"].said')).not.to.equal(undefined);
  });

  it('is tried again from the keyboard, where the run stopped', async () => {
    const { chat, agent } = await failed('model-unreachable');
    part(chat, 'retry').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => agent.current.resumed === 1, 'the run goes on');
    expect(focused(chat)).to.equal(field(chat));
    agent.current.start();
    await until(() => find(chat, '[part="alert"]') === undefined, 'the failure is taken back');
  });

  it('of a conversation that is too long leads to a new one', async () => {
    const { chat } = await failed('context-overflow');
    part(chat, 'begin').click();
    await until(() => find(chat, '.welcome'), 'the new conversation is shown');
    expect(find(chat, '[part="alert"]')).to.equal(undefined);
  });

  it('says that the device is offline where that is why', async () => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    try {
      expect((await failed('model-unreachable')).sentence).to.equal(
        'This device is offline. Try again when it is online.',
      );
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
  });
});
