/** The states of approvals outside a chat. */
import { html } from 'lit';
import type { ApprovalRequest } from '../src/core/index.ts';
import { AgentError } from '../src/core/index.ts';
import { approval, FakeAgent, FakeThread } from '../test/components/fake-agent.ts';
import { form } from './chat-states.ts';
import { press } from './state.ts';
import type { Scene, State } from './state.ts';

function asked(name: string, requests: readonly Partial<ApprovalRequest>[], ...presses: readonly string[]): State {
  const make = (): Scene => {
    const thread = new FakeThread(
      'main',
      [],
      requests.map((request) => approval(request)),
    );
    thread.respond = () => {
      const issues = [{ path: 'total', message: 'is more than 15' }];
      return Promise.reject(new AgentError('invalid-tool-input', 'It does not fit.', { fix: '', details: { issues } }));
    };
    return {
      view: html`<inpage-approval .agent=${new FakeAgent(thread)}></inpage-approval>`,
      async then(place) {
        for (const each of presses) await press(place, 'inpage-approval', each);
      },
    };
  };
  return { name: `approval: ${name}`, make };
}

export const approvalStates: readonly State[] = [
  asked('of little danger', [{ danger: 'low', summary: 'Add “Buy milk” to your to-dos.', scopes: ['once', 'always'] }]),
  asked('of high danger', [form]),
  asked('refused by the tool', [form], '[part=approve]'),
  asked('two at once', [{ danger: 'medium', expiresAt: Date.UTC(2030, 0, 1, 12) }, { tool: 'send_mail' }]),
];
