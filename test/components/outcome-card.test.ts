import { expect } from 'chai';
import type { Interrupt, OutcomeUnknown } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { all, chatWith, part, status, textOf } from './chat.ts';
import { FakeAgent, FakeThread } from './fake-agent.ts';

const payload: OutcomeUnknown = {
  callId: 'c1',
  tool: 'send_mail',
  description: 'Sends a mail',
  input: { to: 'ada@example.org' },
};
const question: Interrupt = { id: 'q', task: '1:tool:0', kind: 'outcome-unknown', payload };

describe('the card of a call that was cut off', () => {
  it('says what was cut off, and with what', async () => {
    const chat = await chatWith(new FakeAgent(new FakeThread('main', [], [question])));
    const card = textOf(part(chat, 'question'));
    expect(card).to.contain('Was this done?').and.to.contain('Sends a mail').and.to.contain('“Send mail” was cut off');
    expect(all(chat, '.question dt, .question dd').map(textOf)).to.deep.equal(['To', 'ada@example.org']);
    await expectAccessible(chat);
  });

  for (const outcome of ['done', 'retry', 'cancel'] as const) {
    it(`answers “${outcome}” with the button for it`, async () => {
      const agent = new FakeAgent(new FakeThread('main', [], [question]));
      const chat = await chatWith(agent);
      part(chat, `outcome-${outcome}`).click();
      await until(() => agent.current.answers.length === 1, 'the answer is given');
      expect(agent.current.answers).to.deep.equal([{ id: 'q', value: { outcome } }]);
    });
  }

  it('is said to who cannot see it', async () => {
    const agent = new FakeAgent();
    const chat = await chatWith(agent);
    agent.current.start();
    agent.current.ask(question);
    agent.current.end('interrupted');
    await until(() => status(chat) === 'Asks whether this was done: Send mail.', 'the question is said');
  });
});
