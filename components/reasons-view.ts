/** The reasons for what the rule-based assistant did, as the reader sees them. Loaded once they are asked for. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Explanation } from '../src/core/index.ts';
import { reasonsOf } from './reasons.ts';
import type { CallReasons } from './reasons.ts';
export { reasonsStyles as styles } from './reasons.styles.ts';
export { reasons as words } from './strings/en-reasons.ts';
import type { Strings } from './strings/index.ts';
import type { WhySubject } from './why-view.ts';

function callView({ lead, rows }: CallReasons): TemplateResult {
  return html`<p dir="auto">${lead}</p>
    ${
      rows.length === 0
        ? nothing
        : html`<dl>
            ${rows.map(
              ({ name, words }) =>
                html`<div>
                  <dt dir="auto">${name}</dt>
                  <dd dir="auto">${words}</dd>
                </div>`,
            )}
          </dl>`
    }`;
}

/** Why a call was made, or something was said. */
export function reasonsView(
  explanation: Explanation | undefined,
  subject: WhySubject,
  strings: Strings,
): TemplateResult {
  const say = { ...strings.reasons, locale: strings.locale };
  const reasons = reasonsOf(say, explanation, subject);
  if (reasons === undefined) return html`<p class="quiet">${say.gone}</p>`;
  const { lead, calls, notes } = reasons;
  return html`<div class="reasons">
    ${lead === '' ? nothing : html`<p dir="auto">${lead}</p>`} ${calls.map(callView)}
    ${notes.map((note) => html`<p class="quiet" dir="auto">${note}</p>`)}
  </div>`;
}
