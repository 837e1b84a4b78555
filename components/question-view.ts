/** An open question of any other kind: what is asked as JSON, a field and a button. No kind is left without an answer. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Interrupt, JsonSchema } from '../src/core/index.ts';
import type { QuestionScope } from './approval-view.ts';
import { lateIcons } from './late-icons.ts';
import { longText } from './long-text.ts';
import { withoutTurns } from './turning.ts';
import { readableJson } from './words.ts';

const PAYLOAD_LIMIT = 4_000;

/**
 * What was typed as the value that the question wants: the text itself, unless its schema asks for another type and the
 * text is JSON.
 */
export function answerOf(text: string, schema: JsonSchema | undefined): unknown {
  if (schema?.type === undefined || schema.type === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * The card of one question.
 *
 * @param answer called with the answer that the person gave; never called by itself
 */
export function questionView(
  { id, payload, schema }: Interrupt,
  { answering, reader }: QuestionScope,
  answer: (value: unknown) => void,
): TemplateResult {
  const { strings } = reader;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = event.currentTarget instanceof HTMLFormElement ? new FormData(event.currentTarget).get('answer') : '';
    if (typeof text === 'string' && text.trim() !== '') answer(answerOf(text, schema));
  };
  return html`<div class="question" part="question" role="group" aria-label=${strings.questionTitle}>
    <header>
      ${lateIcons.question}
      <h3>${strings.questionTitle}</h3>
    </header>
    ${
      typeof payload === 'string'
        ? html`<p class="what" dir="auto">${longText(withoutTurns(payload), id, reader)}</p>`
        : html`<pre dir="auto">${longText(withoutTurns(readableJson(payload)), id, reader, PAYLOAD_LIMIT)}</pre>`
    }
    <form class="actions" @submit=${submit}>
      <input
        name="answer"
        type="text"
        dir="auto"
        autocomplete="off"
        aria-label=${strings.yourAnswer}
        ?disabled=${answering}
      />
      <button class="primary" type="submit" ?disabled=${answering}>${strings.answer}</button>
    </form>
  </div>`;
}
