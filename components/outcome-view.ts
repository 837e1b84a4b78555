/** An open question of kind `outcome-unknown`: a call that was cut off, and what the person says became of it. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isRecord } from '../src/core/index.ts';
import type { Interrupt, OutcomeAnswer } from '../src/core/index.ts';
import type { QuestionScope } from './approval-view.ts';
import { icons } from './icons.ts';
import { longText } from './long-text.ts';
import { withoutTurns } from './turning.ts';
import { inWords, readable } from './words.ts';

const VALUE_LIMIT = 2_000;
const ANSWERS = ['done', 'retry', 'cancel'] as const;

/**
 * The card of one such question.
 *
 * @param answer called with what the person says; never called by itself
 */
export function outcomeView(
  { id, payload }: Interrupt,
  { answering, reader }: QuestionScope,
  answer: (value: OutcomeAnswer) => void,
): TemplateResult {
  const { strings } = reader;
  const { tool, description, input } = isRecord(payload) ? payload : {};
  const entries = isRecord(input) ? Object.entries(input) : [];
  const button = (outcome: OutcomeAnswer['outcome']): TemplateResult =>
    html`<button
      type="button"
      part="outcome-${outcome}"
      ?disabled=${answering}
      @click=${() => {
        answer({ outcome });
      }}
    >
      ${strings.outcome[outcome]}
    </button>`;
  return html`<div
    class="question"
    part="question"
    role="group"
    aria-label=${strings.outcomeTitle}
    data-danger="medium"
  >
    <header>
      ${icons.alert}
      <h3>${strings.outcomeTitle}</h3>
    </header>
    <p class="what" dir="auto">
      ${typeof description === 'string' && description !== '' ? description : inWords(String(tool))}
    </p>
    <p class="quiet" dir="auto">${strings.outcomeMeaning(inWords(String(tool)))}</p>
    ${
      entries.length === 0
        ? nothing
        : html`<dl>
            ${entries.map(
              ([name, value]) =>
                html`<div>
                  <dt>${inWords(name)}</dt>
                  <dd dir="auto">${longText(withoutTurns(readable(value)), `${id}/${name}`, reader, VALUE_LIMIT)}</dd>
                </div>`,
            )}
          </dl>`
    }
    <div class="actions">${ANSWERS.map(button)}</div>
  </div>`;
}
