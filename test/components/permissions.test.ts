import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import type { InpageChat } from '../../components/index.ts';
import { AgentError } from '../../src/core/index.ts';
import type { Grant } from '../../src/core/index.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { until } from '../helpers/fixture.ts';
import { all, chatWith, find, focused, part, textOf } from './chat.ts';
import { FakeAgent } from './fake-agent.ts';

const grant = (tool: string, scope: Grant['scope']): Grant => ({
  ...{ tool, scope, threadId: scope === 'always' ? '' : 'main', fingerprint: 'f' },
  at: new Date(2026, 10, 3, 12).getTime(),
});

const button = (chat: InpageChat): HTMLElement => {
  const found = find(chat, 'header [aria-label="Permissions"]');
  if (!found) throw new Error('There is no button for the permissions.');
  return found;
};

async function open(...held: Grant[]): Promise<{ chat: InpageChat; agent: FakeAgent }> {
  const agent = new FakeAgent();
  agent.current.held = held;
  const chat = await chatWith(agent);
  button(chat).click();
  await until(() => find(chat, '[part="permissions"] p'), 'the permissions are read');
  return { chat, agent };
}

describe('the permissions', () => {
  it('say that everything is asked when nothing is allowed', async () => {
    const { chat } = await open();
    expect(textOf(part(chat, 'permissions'))).to.contain('The assistant asks before everything that could do harm.');
  });

  it('list what is allowed, for how long, and since when', async () => {
    const { chat } = await open(grant('send_mail', 'always'), grant('check_out', 'thread'));
    expect(all(chat, '[part="permissions"] li > div').map(textOf)).to.deep.equal([
      'Send mail Always on this site · since Nov 3, 2026',
      'Check out In this conversation · since Nov 3, 2026',
    ]);
    await expectAccessible(chat);
  });

  it('take back what was allowed', async () => {
    const { chat, agent } = await open(grant('send_mail', 'always'), grant('check_out', 'thread'));
    find(chat, '[aria-label="Revoke: Send mail"]')?.click();
    await until(() => all(chat, '[part="permissions"] li').length === 1, 'one is left');
    expect(agent.current.held.map(({ tool }) => tool)).to.deep.equal(['check_out']);
    expect(focused(chat)).to.equal(part(chat, 'permissions'));
  });

  it('stay as they are when one cannot be taken back, and say why', async () => {
    const { chat, agent } = await open(grant('send_mail', 'always'));
    agent.current.revoke = () => Promise.reject(new AgentError('storage-failed', 'It is full.', { fix: 'Free some.' }));
    find(chat, '[aria-label="Revoke: Send mail"]')?.click();
    await until(() => textOf(find(chat, '.said')), 'the failure is said');
    expect(textOf(find(chat, '.said'))).to.equal('It is full. Free some.');
    expect(all(chat, '[part="permissions"] li')).to.have.length(1);
  });

  it('take the focus, and give it back when Escape closes them', async () => {
    const { chat } = await open();
    expect(button(chat).getAttribute('aria-expanded')).to.equal('true');
    await until(() => focused(chat) === part(chat, 'permissions'), 'the panel has the focus');
    await sendKeys({ press: 'Escape' });
    await until(() => !find(chat, '[part="permissions"]'), 'the panel is closed');
    expect(focused(chat)).to.equal(button(chat));
    expect(button(chat).getAttribute('aria-expanded')).to.equal('false');
  });

  it('close with their button', async () => {
    const { chat } = await open();
    find(chat, '[part="permissions"] [aria-label="Close"]')?.click();
    await until(() => !find(chat, '[part="permissions"]'), 'the panel is closed');
  });

  it('are those of the thread that is shown', async () => {
    const { chat, agent } = await open(grant('send_mail', 'thread'));
    agent.thread('other').held = [];
    chat.thread = 'other';
    await until(() => !find(chat, '[part="permissions"] li'), 'the other thread has none');
  });

  it('list the verticals of the site and what each may do, and turn them off and on', async () => {
    const { chat, agent } = await open();
    expect(all(chat, '[part="permissions"] li')).to.have.length(0);
    const put = (isOn: boolean): void => {
      const toggle = (): void => {
        put(!isOn);
      };
      agent.verticals.put('forms', {
        id: 'forms',
        version: '1.0.0',
        name: 'Forms',
        granted: ['page:read', 'page:act'],
        may: ['Reads.', 'Fills in.'],
        isOn,
        toggle,
      });
    };
    put(true);
    await until(() => find(chat, '[aria-label="Turn off: Forms"]'), 'the vertical is listed');
    expect(all(chat, '[part="permissions"] li > div').map(textOf)).to.deep.equal(['Forms Reads. Fills in.']);
    await expectAccessible(chat);
    find(chat, '[aria-label="Turn off: Forms"]')?.click();
    await until(() => find(chat, '[aria-label="Turn on: Forms"]'), 'it is off');
  });
});
