/** An open question of kind `approval`: what would be done, with what, how dangerous it is, and two buttons. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isRecord } from '../src/core/index.ts';
import type { Approval, ApprovalRequest, Interrupt } from '../src/core/index.ts';
import { icons } from './icons.ts';
import { longText } from './long-text.ts';
import type { Reader } from './long-text.ts';
import { strings } from './strings.ts';
import { inWords, readable, readableJson } from './words.ts';

const VALUE_LIMIT = 2_000;

/** Where a question is shown, and what happens with its answer. */
export interface QuestionScope {
  /** Whether an answer to it is under way. */
  readonly answering: boolean;
  readonly reader: Reader;
}

function isApprovalRequest(payload: unknown): payload is ApprovalRequest {
  if (!isRecord(payload)) return false;
  const { tool, description, danger } = payload;
  return (
    typeof tool === 'string' &&
    typeof description === 'string' &&
    (danger === 'low' || danger === 'medium' || danger === 'high')
  );
}

function argumentView(name: string, value: unknown, key: string, reader: Reader): TemplateResult {
  const kind = typeof value === 'object' ? 'code' : 'text';
  const words = longText(readable(value), key, reader, VALUE_LIMIT);
  return html`<div>
    <dt>${inWords(name)}</dt>
    <dd class=${kind} dir="auto">${words}</dd>
  </div>`;
}

function argumentsView(id: string, input: unknown, reader: Reader): unknown {
  const entries = isRecord(input) ? Object.entries(input) : [[strings.input, input] as const];
  if (entries.length === 0) return nothing;
  return html`<dl>${entries.map(([name, value]) => argumentView(name, value, `${id}/${name}`, reader))}</dl>`;
}

function requestView(id: string, request: ApprovalRequest, reader: Reader): TemplateResult {
  return html`<p class="what" dir="auto">${request.description}</p>
    <p class="quiet">${inWords(request.tool)}</p>
    ${argumentsView(id, request.input, reader)}`;
}

/**
 * The card of one approval.
 *
 * @param decide called with what the person decided; never called by itself
 */
export function approvalView(
  { id, payload }: Interrupt,
  { answering, reader }: QuestionScope,
  decide: (decision: Approval['decision']) => void,
): TemplateResult {
  const request = isApprovalRequest(payload) ? payload : undefined;
  const danger = request?.danger ?? 'high';
  return html`<div
    class="question"
    part="question"
    role="group"
    aria-label=${strings.approvalTitle}
    data-danger=${danger}
  >
    <header>
      ${icons.shield}
      <h3>${strings.approvalTitle}</h3>
      ${
        request === undefined
          ? nothing
          : html`<span class="danger">${danger === 'low' ? nothing : icons.alert}${strings.danger[danger]}</span>`
      }
    </header>
    ${
      request === undefined
        ? html`<pre dir="auto">${longText(readableJson(payload), id, reader, VALUE_LIMIT)}</pre>`
        : requestView(id, request, reader)
    }
    <div class="actions">
      <button
        part="approve"
        class="primary"
        type="button"
        ?disabled=${answering}
        @click=${() => {
          decide('approve');
        }}
      >
        ${strings.approve}
      </button>
      <button
        part="reject"
        type="button"
        ?disabled=${answering}
        @click=${() => {
          decide('reject');
        }}
      >
        ${strings.reject}
      </button>
    </div>
  </div>`;
}
