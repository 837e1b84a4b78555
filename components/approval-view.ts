/** An open question of kind `approval`: what would be done, with what, how dangerous it is, and for how long a yes holds. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isRecord } from '../src/core/index.ts';
import type { Approval, ApprovalRequest, ApprovalScope, Interrupt } from '../src/core/index.ts';
import { argumentsView } from './argument-view.ts';
import { editView } from './edit-view.ts';
import type { Edits } from './edits.ts';
import { expiryOf } from './expiry.ts';
import { icons } from './icons.ts';
import { lateIcons } from './late-icons.ts';
import { longText } from './long-text.ts';
import type { Reader } from './long-text.ts';
import type { Strings } from './strings/index.ts';
import { withoutTurns } from './turning.ts';
import { inWords, readableJson } from './words.ts';

const VALUE_LIMIT = 2_000;

/** Where a question is shown, and what happens with its answer. */
export interface QuestionScope {
  /** Whether an answer to it is under way. */
  readonly answering: boolean;
  readonly reader: Reader;
  readonly edits: Edits;
}

/** What a question asks, as far as it is about a tool; what an earlier version has stored lacks the newer parts. */
export function requestOf({ payload }: Interrupt): ApprovalRequest | undefined {
  if (!isRecord(payload)) return undefined;
  const { tool, description, danger } = payload;
  const isRequest =
    typeof tool === 'string' &&
    typeof description === 'string' &&
    (danger === 'low' || danger === 'medium' || danger === 'high');
  // The host makes payloads of this shape alone.
  return isRequest ? ({ scopes: ['once'], ...payload } as unknown as ApprovalRequest) : undefined;
}

/** What would be done; what is said on further lines is shown as a list. */
function summaryView(id: string, text: string, reader: Reader): TemplateResult {
  const [what = '', ...lines] = text.split('\n');
  const lineView = (line: string, index: number): TemplateResult => {
    const at = line.indexOf(': ');
    return html`<div>
      <dt>${line.slice(0, Math.max(0, at))}</dt>
      <dd class="text" dir="auto">
        ${longText(line.slice(at < 0 ? 0 : at + 2), `${id}/${index}`, reader, VALUE_LIMIT)}
      </dd>
    </div>`;
  };
  return html`<p class="what" dir="auto">${what}</p>
    ${lines.length === 0 ? nothing : html`<dl>${lines.map(lineView)}</dl>`}`;
}

/** When silence becomes a no, or ends the waiting where there is no yes to be said. */
export function expiryView(expiresAt: number | undefined, strings: Strings, isOpen = false): unknown {
  if (expiresAt === undefined) return nothing;
  const time = new Date(expiresAt);
  const isToday = time.toDateString() === new Date().toDateString();
  const words = time.toLocaleString(
    strings.locale || [],
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  );
  return html`<p class="quiet expiry">
    ${lateIcons.waiting}<span
      >${expiresAt > Date.now() ? (isOpen ? strings.waitsUntil : strings.expires)(words) : strings.expired}</span
    >
  </p>`;
}

function requestView(
  id: string,
  request: ApprovalRequest,
  { reader, edits, answering }: QuestionScope,
): TemplateResult {
  const { description, summary, tool, touches = [], taintedBy, input } = request;
  // It is missing in what an earlier version has stored.
  const { inputSchema = {} } = request as Partial<ApprovalRequest>;
  const { strings } = reader;
  return html`${
      taintedBy === undefined
        ? nothing
        : html`<p class="tainted" dir="auto">${icons.alert}<span>${strings.tainted(inWords(taintedBy))}</span></p>`
    }
    ${summaryView(id, withoutTurns(summary ?? description), reader)}
    <p class="quiet">
      <bdi>${inWords(tool)}</bdi>${touches.length === 0 ? nothing : html` · ${strings.touches(touches.join(', '))}`}
    </p>
    ${edits.of(id).isOpen ? editView(id, request, edits, answering, strings) : argumentsView(id, inputSchema, input, reader)}`;
}

function scopeView(id: string, { scopes }: ApprovalRequest, { edits, answering, reader }: QuestionScope): unknown {
  const { strings } = reader;
  if (scopes.length < 2) return nothing;
  const choose = (event: Event): void => {
    const value = event.target instanceof HTMLSelectElement ? event.target.value : 'once';
    edits.choose(id, scopes.find((scope) => scope === value) ?? 'once');
  };
  const chosen = edits.of(id).scope;
  const option = (scope: ApprovalScope): TemplateResult =>
    html`<option value=${scope} ?selected=${scope === chosen}>${strings.scope[scope]}</option>`;
  return html`<label class="scope">
    <span>${strings.allow}</span>
    <select part="scope" ?disabled=${answering} @change=${choose}>
      ${scopes.map(option)}
    </select>
  </label>`;
}

function editButton(id: string, request: ApprovalRequest, { edits, answering, reader }: QuestionScope): unknown {
  const { strings } = reader;
  // A schema is missing in what an earlier version has stored.
  const { inputSchema, input } = request as Partial<ApprovalRequest>;
  const properties = inputSchema?.['properties'];
  const hasFields = inputSchema !== undefined && (isRecord(properties) ? Object.keys(properties).length > 0 : true);
  if (!hasFields || !isRecord(input)) return nothing;
  const { isOpen } = edits.of(id);
  return html`<button
    part="edit"
    class="quiet-button"
    type="button"
    aria-expanded=${isOpen}
    ?disabled=${answering}
    @click=${() => {
      edits.toggle(id);
    }}
  >
    ${isOpen ? strings.keepArguments : strings.editArguments}
  </button>`;
}

/**
 * The card of one approval.
 *
 * @param decide called with what the person decided; never called by itself
 * @param why the reasons for the call, where there are some
 */
export function approvalView(
  interrupt: Interrupt,
  scope: QuestionScope,
  decide: (approval: Approval) => void,
  why: unknown,
): TemplateResult {
  const { id, payload } = interrupt;
  const { strings } = scope.reader;
  const request = requestOf(interrupt);
  const danger = request?.danger ?? 'high';
  const isOver = (): boolean => expiryOf(interrupt) <= Date.now();
  const disabled = scope.answering || isOver();
  const approve = (): void => {
    const approval = request ? scope.edits.approval(id, request) : ({ decision: 'approve' } as const);
    // The card may be older than its time.
    if (approval && !isOver()) decide(approval);
  };
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
        ? html`<pre dir="auto">${longText(withoutTurns(readableJson(payload)), id, scope.reader, VALUE_LIMIT)}</pre>`
        : requestView(id, request, scope)
    }
    ${why} ${request === undefined ? nothing : scopeView(id, request, scope)}
    <div class="actions">
      <button part="approve" class="primary" type="button" ?disabled=${disabled} @click=${approve}>
        ${strings.approve}
      </button>
      <button
        part="reject"
        type="button"
        ?disabled=${disabled}
        @click=${() => {
          decide({ decision: 'reject' });
        }}
      >
        ${strings.reject}
      </button>
      ${request === undefined ? nothing : editButton(id, request, scope)}
    </div>
    ${request === undefined ? nothing : expiryView(request.expiresAt, strings)}
  </div>`;
}
