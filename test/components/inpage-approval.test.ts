import { expect } from 'chai';
import { html } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import '../../components/define.ts';
import type { InpageApproval } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { ApprovalRequest } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { fixture, nextEvent, until } from '../helpers/fixture.ts';
import { textOf } from './chat.ts';
import { approval, FakeAgent, FakeThread } from './fake-agent.ts';

const all = (element: InpageApproval, selector: string): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];

function part(element: InpageApproval, name: string): HTMLElement {
  const [found] = all(element, `[part~="${name}"]`);
  if (!found) throw new Error(`There is no part "${name}".`);
  return found;
}

const status = (element: InpageApproval): string => textOf(part(element, 'status'));

async function asked(agent: FakeAgent): Promise<InpageApproval> {
  const element = await fixture<InpageApproval>(html`<inpage-approval .agent=${agent}></inpage-approval>`);
  await until(() => all(element, '.question').length > 0, 'the question is shown');
  return element;
}

const withQuestions = (...requests: readonly Partial<ApprovalRequest>[]): FakeAgent =>
  new FakeAgent(
    new FakeThread(
      'main',
      [],
      requests.map((request) => approval(request)),
    ),
  );

describe('<inpage-approval>', () => {
  it('is empty while nothing is asked, and says what comes to be asked', async () => {
    const agent = new FakeAgent();
    const element = await fixture<InpageApproval>(html`<inpage-approval .agent=${agent}></inpage-approval>`);
    await until(() => agent.current.listeners === 1, 'it listens');
    expect(all(element, '.question')).to.deep.equal([]);
    agent.current.start();
    agent.current.ask(approval());
    await until(() => all(element, '.question').length === 1, 'the question is shown');
    expect(status(element)).to.equal('Asks for your approval: Delete todo.');
    agent.current.ask();
    await until(() => all(element, '.question').length === 0, 'the question is gone');
  });

  it('gives the answer with what the person has changed, and tells the page before', async () => {
    const agent = withQuestions({ scopes: ['once', 'thread', 'always'] });
    const element = await asked(agent);
    part(element, 'edit').click();
    await element.updateComplete;
    const [field] = all(element, '.fields input') as HTMLInputElement[];
    if (!field) throw new Error('There is no field.');
    field.value = 'Buy tea';
    field.dispatchEvent(new InputEvent('input'));
    const scope = part(element, 'scope') as HTMLSelectElement;
    expect([...scope.options].map(({ value }) => value)).to.deep.equal(['once', 'thread', 'always']);
    scope.value = 'thread';
    scope.dispatchEvent(new Event('change'));
    const told = nextEvent(element, 'inpage-approve');
    part(element, 'approve').click();
    const wanted = { decision: 'approve', input: { title: 'Buy tea' }, scope: 'thread' };
    expect((await told).approval).to.deep.equal(wanted);
    await until(() => agent.current.answers.length === 1, 'the answer is given');
    expect(agent.current.answers[0]?.value).to.deep.equal(wanted);
    expect(status(element)).to.equal('Approved.');
  });

  it('says of what somebody else has answered at the same time that it is answered, and not that it failed', async () => {
    const agent = withQuestions({});
    agent.current.respond = () =>
      Promise.reject(
        new AgentError('unknown-interrupt', 'Nothing is open under "2:tool:0#ab".', { fix: 'None is open.' }),
      );
    const element = await asked(agent);
    part(element, 'approve').click();
    agent.current.ask();
    await until(() => all(element, '[part=alert]').length > 0, 'it is said');
    expect(textOf(part(element, 'alert'))).to.equal(
      'This has been answered already, in another tab or by somebody else.',
    );
    expect(status(element)).to.not.equal('Failed.');
  });

  it('keeps the focus when somebody else answers what the person is at', async () => {
    const agent = withQuestions({});
    const element = await asked(agent);
    part(element, 'reject').focus();
    agent.current.ask();
    await until(() => all(element, '.question').length === 0, 'the question is gone');
    expect(element.shadowRoot?.activeElement?.part.value).to.equal('base');
  });

  it('keeps the focus when the time to answer is over', async () => {
    const agent = withQuestions({ expiresAt: Date.now() + 300 });
    const element = await asked(agent);
    part(element, 'approve').focus();
    await until(() => part(element, 'approve').matches(':disabled'), 'it is over');
    expect(element.shadowRoot?.activeElement?.part.value).to.equal('base');
  });

  it('gives no answer that the page keeps from being given', async () => {
    const agent = withQuestions({});
    const element = await asked(agent);
    element.addEventListener('inpage-reject', (event) => {
      event.preventDefault();
    });
    part(element, 'reject').click();
    await element.updateComplete;
    expect(agent.current.answers).to.deep.equal([]);
    expect(part(element, 'reject').matches(':enabled')).to.equal(true);
  });

  it('says what keeps an answer from being given', async () => {
    const agent = withQuestions({});
    const element = await asked(agent);
    const issues = [{ path: 'title', message: 'is too long' }];
    agent.current.respond = () =>
      Promise.reject(new AgentError('invalid-tool-input', 'It does not fit.', { fix: 'f', details: { issues } }));
    part(element, 'approve').click();
    await until(() => all(element, '.fields .problem').length > 0, 'the problem is shown');
    expect(textOf(part(element, 'alert'))).to.match(/^This cannot be done as it is\./);
    agent.current.respond = () => Promise.reject(new AgentError('closed', 'The agent is closed.', { fix: 'Reload.' }));
    part(element, 'approve').click();
    await until(() => textOf(part(element, 'alert')) === 'The agent is closed. Reload.', 'the failure is said');
  });

  it('follows a chat, and both are done when one of them has answered', async () => {
    const agent = withQuestions({});
    const chat = document.createElement('inpage-chat');
    chat.id = 'asking';
    chat.agent = agent;
    const element = await fixture<InpageApproval>(html`<inpage-approval for="asking"></inpage-approval>${chat}`);
    await until(() => all(element, '.question').length === 1, 'the question is shown');
    agent.current.respond = () => {
      agent.current.ask();
      return Promise.resolve(agent.current.result('completed'));
    };
    part(element, 'reject').click();
    await until(() => all(element, '.question').length === 0, 'it is done here');
    await until(() => !chat.shadowRoot?.querySelector('.question'), 'it is done there');
  });

  it('can be answered by keyboard alone, one question after the other', async () => {
    const agent = withQuestions({ tool: 'first' }, { tool: 'second' });
    const [first, second] = (await agent.current.state()).interrupts;
    const element = await asked(agent);
    agent.current.respond = () => {
      if (second && agent.current.answers.length === 1) agent.current.ask(second);
      else agent.current.ask();
      return Promise.resolve(agent.current.result('completed'));
    };
    const button = document.createElement('button');
    element.before(button);
    button.focus();
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'approve'));
    await sendKeys({ press: 'Enter' });
    await until(() => all(element, '.question').length === 1, 'the first is gone');
    expect(element.shadowRoot?.activeElement?.part.value).to.equal('base');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'reject'));
    await sendKeys({ press: 'Space' });
    await until(() => all(element, '.question').length === 0, 'the second is gone');
    expect(agent.current.answers).to.deep.equal([
      { id: first?.id, value: { decision: 'approve' } },
      { id: second?.id, value: { decision: 'reject' } },
    ]);
  });

  it('has no faults for who cannot see it', async () => {
    const element = await asked(withQuestions({ scopes: ['once', 'thread'], expiresAt: Date.UTC(2030, 0, 1) }));
    part(element, 'edit').click();
    await element.updateComplete;
    await expectAccessible(element);
  });
});
