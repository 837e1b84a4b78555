/** A whole conversation with a real agent, by keyboard alone, and what a screen reader is told meanwhile. */
import { expect } from 'chai';
import { html } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import '../../components/define.ts';
import type { InpageAgent, InpageChat } from '../../components/index.ts';
import { say } from '../../src/models/index.ts';
import { calls, converse, eraseAll, tool } from '../agent/conversation.ts';
import { fixture, until } from '../helpers/fixture.ts';
import { all, field, find, focused, part, shiftTab, status, textOf } from './chat.ts';

interface Place {
  readonly element: InpageAgent;
  readonly chat: InpageChat;
  /** What was sent, as the tool got it. */
  readonly sent: unknown[];
  /** What the status line has said, in order. */
  readonly told: string[];
}

async function open(): Promise<Place> {
  const sent: unknown[] = [];
  const agent = converse([
    calls(['send_mail', { to: 'ada@example.org', copies: ['bob@example.org'] }]),
    say('It is on its way.'),
  ]);
  agent.tool(
    tool('send_mail', 'write', {
      danger: 'high',
      description: 'Sends a mail',
      input: {
        type: 'object',
        required: ['to'],
        properties: { to: { type: 'string' }, copies: { type: 'array', items: { type: 'string' } } },
      },
      run: (input: unknown) => {
        sent.push(input);
        return 'Sent.';
      },
    }),
  );
  const element = await fixture<InpageAgent>(html`<inpage-agent .agent=${agent} heading="Mail"></inpage-agent>`);
  const { chat } = element;
  if (!chat) throw new Error('There is no chat.');
  await until(() => find(chat, '.welcome'), 'the conversation is read');
  await sendKeys({ press: 'Tab' });
  expect(element.shadowRoot?.activeElement?.getAttribute('part')).to.equal('launcher');
  await sendKeys({ press: 'Enter' });
  await until(() => focused(chat) === field(chat), 'the focus is in the field');
  const told: string[] = [];
  new MutationObserver(() => {
    if (status(chat) !== '' && status(chat) !== told.at(-1)) told.push(status(chat));
  }).observe(part(chat, 'status'), { childList: true, characterData: true, subtree: true });
  return { element, chat, sent, told };
}

/** Goes back until something has the focus. */
async function backTo(chat: InpageChat, wanted: () => Element | null | undefined): Promise<void> {
  for (let presses = 0; focused(chat) !== wanted(); presses++) {
    if (presses > 12) throw new Error('It cannot be reached.');
    await shiftTab();
  }
}

async function ask(chat: InpageChat): Promise<void> {
  await sendKeys({ type: 'Write to Ada' });
  await sendKeys({ press: 'Enter' });
  await until(() => find(chat, '[part=approve]'), 'the approval is asked for');
  // A question takes the focus from nobody.
  expect(focused(chat)).to.equal(field(chat));
}

describe('a whole conversation by keyboard alone', () => {
  afterEach(eraseAll);

  it('opens, asks, changes what is asked about, approves, reads and closes', async () => {
    const { element, chat, sent, told } = await open();
    await ask(chat);
    await backTo(chat, () => part(chat, 'edit'));
    await sendKeys({ press: 'Enter' });
    await until(() => find(chat, '.fields'), 'the fields are shown');
    expect(focused(chat)).to.equal(part(chat, 'edit'));

    const copies = (): HTMLElement | undefined => all(chat, '.fields textarea')[0];
    await backTo(chat, copies);
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'cyd@example.org' });
    await backTo(chat, () => all(chat, '.fields input')[0]);
    for (const press of ['Tab', 'Tab', 'Tab']) {
      if (focused(chat) !== part(chat, 'approve')) await sendKeys({ press });
    }
    expect(focused(chat)).to.equal(part(chat, 'approve'));
    await sendKeys({ press: 'Enter' });
    await until(() => textOf(all(chat, '[data-role=assistant]').at(-1)) === 'It is on its way.', 'it is answered');
    expect(sent).to.deep.equal([{ to: 'ada@example.org', copies: ['bob@example.org', 'cyd@example.org'] }]);
    expect(focused(chat)).to.equal(field(chat));

    await until(() => told.at(-1) === 'Done.', 'the end is said');
    expect(told).to.deep.equal([
      'Sent.',
      'Working…',
      'Asks for your approval: Send mail.',
      'Approved.',
      'Working…',
      'Done.',
    ]);
    await sendKeys({ press: 'Escape' });
    await until(() => !element.open, 'it is closed');
    expect(element.shadowRoot?.activeElement?.getAttribute('part')).to.equal('launcher');
  });

  it('rejects, and says so', async () => {
    const { chat, sent, told } = await open();
    await ask(chat);
    await backTo(chat, () => part(chat, 'reject'));
    await sendKeys({ press: 'Space' });
    await until(() => told.at(-1) === 'Done.', 'the end is said');
    expect(sent).to.deep.equal([]);
    expect(told.slice(2)).to.deep.equal(['Asks for your approval: Send mail.', 'Rejected.', 'Working…', 'Done.']);
    expect(textOf(find(chat, '[data-role=tool] .outcome'))).to.equal('Not done: you said no');
    expect(focused(chat)).to.equal(field(chat));
  });

  it('is told in one polite line, and nowhere else aloud', async () => {
    const { element, chat } = await open();
    await ask(chat);
    const live = [
      ...all(chat, '[role=status], [role=alert], [aria-live]:not([aria-live=off])'),
      ...(element.shadowRoot?.querySelectorAll<HTMLElement>('[role=status], [role=alert], [aria-live]') ?? []),
    ];
    // What is not wrong is not said, and the line of the button is for a panel that is closed.
    expect(live.map(textOf).filter(Boolean)).to.deep.equal(['Asks for your approval: Send mail.']);
    expect(part(chat, 'question').getAttribute('aria-label')).to.equal('Asks for your approval');
  });
});
