/** The arguments of a call as fields. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { nameOf } from './argument-view.ts';
import { fieldsOf, rawOf } from './edit-fields.ts';
import type { Field, Raw } from './edit-fields.ts';
import type { Editable, Edits } from './edits.ts';
import type { Strings } from './strings/index.ts';
import { inWords } from './words.ts';

/** What a field needs of its surroundings. */
interface FieldScope {
  readonly id: string;
  readonly raw: Raw;
  readonly isWrong: boolean;
  readonly disabled: boolean;
  readonly change: (raw: Raw) => void;
}

function controlView(field: Field, { id, raw, isWrong, disabled, change }: FieldScope): TemplateResult {
  const { kind, options, required, schema } = field;
  const describedBy = `${id}-help`;
  const type = (event: Event): void => {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.type === 'checkbox') change(target.checked);
    else if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    ) {
      change(target.value);
    }
  };
  const text = String(raw);
  switch (kind) {
    case 'tick':
      return html`<input
        id=${id}
        type="checkbox"
        aria-describedby=${describedBy}
        .checked=${live(raw === true)}
        ?disabled=${disabled}
        @change=${type}
      />`;
    case 'choice':
      return html`<select
        id=${id}
        aria-describedby=${describedBy}
        aria-invalid=${isWrong}
        ?disabled=${disabled}
        @change=${type}
      >
        ${required ? nothing : html`<option value="" ?selected=${text === ''}></option>`}
        ${options.map(
          (option) =>
            html`<option value=${String(option)} ?selected=${String(option) === text}>
              ${typeof option === 'string' ? inWords(option) : String(option)}
            </option>`,
        )}
      </select>`;
    case 'long':
    case 'lines':
    case 'json':
      return html`<textarea
        id=${id}
        rows=${Math.min(8, text.split('\n').length + 1)}
        class=${kind}
        dir="auto"
        aria-describedby=${describedBy}
        aria-invalid=${isWrong}
        ?disabled=${disabled}
        .value=${live(text)}
        @input=${type}
      ></textarea>`;
    case 'text':
    case 'number':
    case 'date':
    case 'moment':
      return html`<input
        id=${id}
        type=${kind === 'date' ? 'date' : kind === 'moment' ? 'datetime-local' : 'text'}
        inputmode=${kind !== 'number' ? 'text' : schema.type === 'integer' ? 'numeric' : 'decimal'}
        dir="auto"
        autocomplete="off"
        aria-describedby=${describedBy}
        aria-invalid=${isWrong}
        ?disabled=${disabled}
        .value=${live(text)}
        @input=${type}
      />`;
  }
}

/**
 * The fields of a request.
 *
 * @param id of its interrupt.
 */
export function editView(
  id: string,
  request: Editable,
  edits: Edits,
  disabled: boolean,
  strings: Strings,
): TemplateResult {
  const { raw, problems } = edits.of(id);
  const fields = fieldsOf(request.inputSchema, request.input);
  const fieldView = (field: Field, index: number): TemplateResult => {
    const { name, description, required } = field;
    const problem = problems.get(name);
    const own = `edit-${index}`;
    const control = controlView(field, {
      id: own,
      raw: raw.get(name) ?? rawOf(field),
      isWrong: problem !== undefined,
      disabled,
      change: (changed) => {
        edits.change(id, name, changed);
      },
    });
    return html`<div class="field" data-kind=${field.kind}>
      <label for=${own}>${nameOf(field)}${required ? nothing : html` <span>${strings.optional}</span>`}</label>
      ${control}
      <p id="${own}-help" class=${problem === undefined ? 'help' : 'problem'} dir="auto">
        ${problem ?? [description, field.kind === 'lines' ? strings.eachLine : undefined].filter(Boolean).join(' ')}
      </p>
    </div>`;
  };
  const other = problems.get('');
  return html`<div class="fields" part="fields">
    ${other === undefined ? nothing : html`<p class="problem" dir="auto">${other}</p>`} ${fields.map(fieldView)}
  </div>`;
}
