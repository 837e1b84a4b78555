/** The head of the chat: its name, what answers, what it may do, and a new conversation. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ModelInfo } from '../src/client/index.ts';
import { icons } from './icons.ts';
import { modelBadge, modelMeaning } from './model-view.ts';
import { strings } from './strings.ts';

/** What the head shows, and what its buttons do. */
export interface HeaderScope {
  readonly heading: string;
  /** What answers; undefined until that is known. */
  readonly model: ModelInfo | undefined;
  /** Whether it is said in full what answers, and whether the permissions are shown. */
  readonly isOpen: { readonly model: boolean; readonly permissions: boolean };
  /** Whether there is no assistant. */
  readonly broken: boolean;
  readonly begin: () => void;
  readonly permissions: () => void;
  readonly meaning: () => void;
}

export function headerView({ heading, model, isOpen, broken, ...actions }: HeaderScope): TemplateResult {
  return html`<header part="header">
      <div class="title">
        <h2>${heading}</h2>
        ${model === undefined ? nothing : modelBadge(model, isOpen.model, actions.meaning)}
      </div>
      <button
        class="plain"
        type="button"
        aria-label=${strings.permissions}
        title=${strings.permissions}
        aria-expanded=${isOpen.permissions}
        ?disabled=${broken}
        @click=${actions.permissions}
      >
        ${icons.shield}
      </button>
      <button
        class="plain"
        type="button"
        aria-label=${strings.newConversation}
        title=${strings.newConversation}
        ?disabled=${broken}
        @click=${actions.begin}
      >
        ${icons.newConversation}
      </button>
    </header>
    ${isOpen.model && model !== undefined ? html`<p part="model-meaning" dir="auto">${modelMeaning(model)}</p>` : nothing}`;
}
