/** The head of the chat: its name, what answers, a new conversation, and notices. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AgentReady, ThreadView } from '../src/client/index.ts';
import { icons } from './icons.ts';
import { strings } from './strings.ts';

/** What the assistant is, in a word or two. */
function badgeView({ model }: AgentReady): TemplateResult {
  return model.generative
    ? html`<span class="badge">${model.id}</span>`
    : html`<span class="badge" title=${strings.ruleBasedMeaning}
        >${strings.ruleBased}<span class="hidden">. ${strings.ruleBasedMeaning}</span></span
      >`;
}

/** What the buttons of the head do; undefined while there is no assistant. */
export interface HeaderActions {
  readonly begin: () => void;
  readonly permissions: () => void;
}

/** @param isOpen whether the permissions are shown */
export function headerView(
  heading: string,
  ready: AgentReady | undefined,
  isOpen: boolean,
  actions?: HeaderActions,
): TemplateResult {
  return html`<header part="header">
    <h2>${heading}</h2>
    ${ready === undefined ? nothing : badgeView(ready)}
    <button
      class="plain"
      type="button"
      aria-label=${strings.permissions}
      title=${strings.permissions}
      aria-expanded=${isOpen}
      ?disabled=${actions === undefined}
      @click=${actions?.permissions}
    >
      ${icons.shield}
    </button>
    <button
      class="plain"
      type="button"
      aria-label=${strings.newConversation}
      title=${strings.newConversation}
      ?disabled=${actions === undefined}
      @click=${actions?.begin}
    >
      ${icons.newConversation}
    </button>
  </header>`;
}

/** Notices for which a person at the page needs other words than the site's owner, or none. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ['worker-fallback', ''],
  ['storage-unavailable', strings.memoryOnly],
  ['worker-failed', strings.inPage],
]);

/** The sentences that the person should know, each once. */
export function noticesOf(ready: AgentReady | undefined, view: ThreadView): readonly string[] {
  const all = [...(ready?.notices ?? []), ...view.notices];
  return [...new Set(all.map(({ code, message }) => NOTICES.get(code) ?? message))].filter((text) => text !== '');
}

/** One notice as a quiet line. */
export function noticeView(message: string): TemplateResult {
  return html`<p part="notice">${icons.note}<span dir="auto">${message}</span></p>`;
}
