/** A question of a workflow to a person: a yes, a yes to what may be changed, a choice, or a text. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isRecord } from '../src/core/index.ts';
import type { Approval, Interrupt, JsonSchema } from '../src/core/index.ts';
import { expiryView } from './approval-view.ts';
import type { QuestionScope } from './approval-view.ts';
import { argumentsView } from './argument-view.ts';
import { editView } from './edit-view.ts';
import { icons } from './icons.ts';
import { lateIcons } from './late-icons.ts';
import { withoutTurns } from './turning.ts';
import { readable } from './words.ts';

/** Those that are answered by a yes or a no. */
type Decision = 'approval' | 'review' | 'confirmation';

/** What such a question says, as far as it is shown. */
interface HitlQuestion {
  readonly hitl: Decision | 'choice' | 'input';
  readonly prompt: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly choices: readonly unknown[];
  readonly defaultValue: unknown;
  readonly expiresAt: number | undefined;
  readonly problem: string | undefined;
}

const HITL: ReadonlySet<string> = new Set<HitlQuestion['hitl']>([
  'approval',
  'review',
  'choice',
  'input',
  'confirmation',
]);

/** What a question of a workflow asks; undefined for any other. */
export function hitlOf({ kind, payload }: Interrupt): HitlQuestion | undefined {
  if (kind !== 'input' || !isRecord(payload) || typeof payload['prompt'] !== 'string') return undefined;
  // Nodes of workflows alone make payloads with such a type.
  return typeof payload['hitl'] === 'string' && HITL.has(payload['hitl'])
    ? ({ context: {}, choices: [], ...payload } as unknown as HitlQuestion)
    : undefined;
}

/** The form of data as a schema, so that they get fields of their own. */
export function schemaOf(data: Readonly<Record<string, unknown>>): JsonSchema {
  const typeOf = (value: unknown): JsonSchema => {
    const type = typeof value;
    return type === 'string' || type === 'number' || type === 'boolean' ? { type } : {};
  };
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeOf(value)])),
    required: Object.keys(data),
  };
}

/** What the card gives. */
export interface HitlActions {
  readonly decide: (approval: Approval) => void;
  readonly reply: (value: unknown) => void;
}

function decisionView(
  id: string,
  hitl: Decision,
  { context }: HitlQuestion,
  { edits, answering, reader: { strings } }: QuestionScope,
  { decide }: HitlActions,
): TemplateResult {
  const words = strings.hitl[hitl];
  const request = { input: context, inputSchema: schemaOf(context) };
  const isEdited = hitl === 'review' && edits.of(id).isOpen;
  const approve = (): void => {
    const approval = edits.approval(id, request);
    if (approval) decide(approval);
  };
  const mayEdit = hitl === 'review' && Object.keys(context).length > 0;
  return html`${isEdited ? editView(id, request, edits, answering, strings) : nothing}
    <div class="actions">
      <button part="approve" class="primary" type="button" ?disabled=${answering} @click=${approve}>
        ${words.yes}
      </button>
      <button
        part="reject"
        type="button"
        ?disabled=${answering}
        @click=${() => {
          decide({ decision: 'reject' });
        }}
      >
        ${words.no}
      </button>
      ${
        mayEdit
          ? html`<button
              part="edit"
              class="quiet-button"
              type="button"
              aria-expanded=${isEdited}
              ?disabled=${answering}
              @click=${() => {
                edits.toggle(id);
              }}
            >
              ${isEdited ? strings.keepArguments : strings.editArguments}
            </button>`
          : nothing
      }
    </div>`;
}

function choiceView({ choices }: HitlQuestion, { answering }: QuestionScope, { reply }: HitlActions): TemplateResult {
  return html`<div class="actions choices">
    ${choices.map(
      (choice) =>
        html`<button
          part="choice"
          type="button"
          dir="auto"
          ?disabled=${answering}
          @click=${() => {
            reply(choice);
          }}
        >
          ${withoutTurns(readable(choice))}
        </button>`,
    )}
  </div>`;
}

function inputView(
  { defaultValue }: HitlQuestion,
  { answering, reader: { strings } }: QuestionScope,
  { reply }: HitlActions,
): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = event.currentTarget instanceof HTMLFormElement ? new FormData(event.currentTarget).get('answer') : '';
    if (typeof text === 'string' && text.trim() !== '') reply(text);
  };
  return html`<form class="actions" @submit=${submit}>
    <input
      name="answer"
      type="text"
      dir="auto"
      autocomplete="off"
      aria-label=${strings.yourAnswer}
      .value=${defaultValue === undefined ? '' : readable(defaultValue)}
      ?disabled=${answering}
    />
    <button class="primary" type="submit" ?disabled=${answering}>${strings.answer}</button>
  </form>`;
}

/**
 * The card of one such question.
 *
 * @param actions called with what the person says; never called by themselves
 */
export function hitlView(
  { id }: Interrupt,
  question: HitlQuestion,
  scope: QuestionScope,
  actions: HitlActions,
): TemplateResult {
  const { hitl, prompt, context, problem, expiresAt } = question;
  const { strings } = scope.reader;
  const { title } = strings.hitl[hitl];
  const isOver = expiresAt !== undefined && expiresAt <= Date.now();
  const own = { ...scope, answering: scope.answering || isOver };
  const answer =
    hitl === 'choice'
      ? choiceView(question, own, actions)
      : hitl === 'input'
        ? inputView(question, own, actions)
        : decisionView(id, hitl, question, own, actions);
  const isEdited = hitl === 'review' && scope.edits.of(id).isOpen;
  return html`<div class="question" part="question" role="group" aria-label=${title} data-hitl=${hitl}>
    <header>
      ${hitl === 'choice' || hitl === 'input' ? lateIcons.question : icons.shield}
      <h3>${title}</h3>
    </header>
    <p class="what" dir="auto">${withoutTurns(prompt)}</p>
    ${problem === undefined ? nothing : html`<p class="problem" dir="auto">${problem}</p>`}
    ${isEdited ? nothing : argumentsView(id, schemaOf(context), context, scope.reader)} ${answer}
    ${expiresAt === undefined ? nothing : expiryView(expiresAt, strings, hitl === 'choice' || hitl === 'input')}
  </div>`;
}
