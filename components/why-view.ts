/** The question why, beside what the rule-based assistant did. What answers it is loaded once it is asked. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { messageCalls } from '../src/core/index.ts';
import type { Message, ToolCallPart } from '../src/core/index.ts';
import { icons } from './icons.ts';
import type { Strings } from './strings/index.ts';
import type { Why } from './why.ts';

/** What it is asked about: a message that calls tools and which of its calls, or one that says something. */
export interface WhySubject {
  /** Undefined for a message of a language model. */
  readonly messageId: string | undefined;
  readonly call?: ToolCallPart;
  /** Which of the calls of its message it is. */
  readonly index?: number;
  readonly text?: string;
}

/** What each call of a message is asked about. A model that counts tokens follows no rules. */
export const subjectsOf = (message: Message): readonly (WhySubject & { readonly call: ToolCallPart })[] =>
  messageCalls(message).map((call, index) => ({ messageId: ruled(message), call, index }));

/** The id of a message that rules have given. */
export const ruled = (message: Message): string | undefined =>
  message.role === 'assistant' && message.usage === undefined ? message.id : undefined;

export function whyView(why: Why, subject: WhySubject | undefined, strings: Strings): TemplateResult | typeof nothing {
  const messageId = subject?.messageId;
  if (!why.isOffered || subject === undefined || messageId === undefined) return nothing;
  const ask = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof HTMLDetailsElement && currentTarget.open) void why.ask(messageId, currentTarget);
  };
  const isTold = why.reasons !== undefined && why.told.has(messageId);
  return html`<details part="why" class="why" @toggle=${ask}>
    <summary class="aside"><bdi>${strings.why}</bdi><span class="chevron">${icons.open}</span></summary>
    ${isTold ? why.reasons?.reasonsView(why.told.get(messageId), subject, strings) : html`<p class="quiet">${strings.whyAsked}</p>`}
  </details>`;
}
