/** What answers, and where what is written goes: a badge with the gist, and the whole of it behind that. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AgentReady, ModelInfo, ThreadView } from '../src/client/index.ts';
import { icons } from './icons.ts';
import type { Strings } from './strings/index.ts';

/** The model that answers just now: the agent's, or the one that stands in for it. */
export function modelNow({ model }: AgentReady, { notices }: ThreadView): ModelInfo {
  const standIn = notices.findLast((notice) => notice.model !== undefined)?.model;
  return standIn ? { ...standIn, generative: true } : model;
}

interface Told {
  readonly name: string;
  /** Where what is written is sent, as far as that is known. */
  readonly where?: string;
  readonly meaning: string;
  readonly icon: TemplateResult;
}

function toldOf({ id, generative, sentTo }: ModelInfo, strings: Strings): Told {
  if (!generative) return { name: strings.ruleBased, meaning: strings.ruleBasedMeaning, icon: icons.device };
  if (sentTo === undefined) return { name: id, meaning: strings.sentUnknown, icon: icons.away };
  const [host, ...others] = sentTo;
  if (host === undefined) {
    return { name: strings.browserModel, meaning: strings.browserModelMeaning, icon: icons.device };
  }
  const elsewhere = others.length > 0 ? ` ${strings.sentElsewhere(others.join(', '))}` : '';
  const meaning = strings.sentToMeaning(id, host) + elsewhere;
  return { name: id, where: strings.sentTo(host), meaning, icon: icons.away };
}

/** @param isOpen whether the whole is shown */
export function modelBadge(model: ModelInfo, isOpen: boolean, toggle: () => void, strings: Strings): TemplateResult {
  const { name, where, meaning, icon } = toldOf(model, strings);
  return html`<button
    class="badge"
    part="model"
    type="button"
    title=${meaning}
    aria-expanded=${isOpen}
    @click=${toggle}
  >
    ${icon}<span class="model" dir="auto">${name}</span>
    ${where === undefined ? nothing : html`<span class="where">${where}</span>`}
  </button>`;
}

/** The whole of it, as a sentence. */
export const modelMeaning = (model: ModelInfo, strings: Strings): string => toldOf(model, strings).meaning;
