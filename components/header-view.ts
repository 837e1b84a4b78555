/** The head of the chat: its name, what answers, what it may do, and a new conversation. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ModelInfo } from '../src/client/index.ts';
import type { Message } from '../src/core/index.ts';
import { icons } from './icons.ts';
import { loadedQuestions } from './late-questions.ts';
import { modelBadge, modelMeaning } from './model-view.ts';
import type { Strings } from './strings/index.ts';

/** A button of the head that is not its own. */
export interface HeaderAction {
  readonly at: 'start' | 'end';
  readonly label: string;
  readonly icon: TemplateResult;
  readonly expanded?: boolean;
  readonly run: () => void;
}

/** What the head shows, and what its buttons do. */
export interface HeaderScope {
  readonly strings: Strings;
  readonly heading: string;
  /** What answers; undefined until that is known. */
  readonly model: ModelInfo | undefined;
  /** The conversation, to tell what it has taken. */
  readonly messages: readonly Message[];
  /** Whether it is said in full what answers, and whether the permissions are shown. */
  readonly isOpen: { readonly model: boolean; readonly permissions: boolean };
  /** Whether there is no assistant. */
  readonly broken: boolean;
  /** Buttons before the heading and after its own. */
  readonly actions: readonly HeaderAction[];
  readonly begin: () => void;
  readonly permissions: () => void;
  readonly meaning: () => void;
}

function actionView({ label, icon, expanded, run }: HeaderAction): TemplateResult {
  return html`<button
    class="plain"
    type="button"
    aria-label=${label}
    title=${label}
    aria-expanded=${expanded ?? nothing}
    @click=${run}
  >
    ${icon}
  </button>`;
}

export function headerView({
  heading,
  model,
  messages,
  isOpen,
  broken,
  strings,
  ...does
}: HeaderScope): TemplateResult {
  const others = (at: HeaderAction['at']): unknown => does.actions.filter((action) => action.at === at).map(actionView);
  return html`<header part="header">
      ${others('start')}
      <div class="title">
        <h2>${heading}</h2>
        ${model === undefined ? nothing : modelBadge(model, isOpen.model, does.meaning, strings)}
      </div>
      <button
        class="plain"
        type="button"
        data-opens="permissions"
        aria-label=${strings.permissions}
        title=${strings.permissions}
        aria-expanded=${isOpen.permissions}
        ?disabled=${broken}
        @click=${does.permissions}
      >
        ${icons.shield}
      </button>
      <button
        class="plain"
        type="button"
        aria-label=${strings.newConversation}
        title=${strings.newConversation}
        ?disabled=${broken}
        @click=${does.begin}
      >
        ${icons.newConversation}
      </button>
      ${others('end')}
    </header>
    ${isOpen.model && model !== undefined ? html`<p part="model-meaning" dir="auto">${modelMeaning(model, strings)} ${loadedQuestions()?.usageWords(messages, strings)}</p>` : nothing}`;
}
