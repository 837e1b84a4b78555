/** What a person has changed about the calls that they are asked about, until they have answered. */
import type { Approval, ApprovalRequest, ApprovalScope, InputIssue } from '../src/core/index.ts';
import { fieldsOf, readRaw } from './edit-fields.ts';
import type { Raw } from './edit-fields.ts';
import type { Worded } from './strings/index.ts';

/** What may be changed before a yes. */
export type Editable = Pick<ApprovalRequest, 'input' | 'inputSchema'>;

/** The state of one card. */
export interface Edit {
  /** Whether the arguments are shown as fields. */
  readonly isOpen: boolean;
  /** What was put into the fields that were changed, by name. */
  readonly raw: ReadonlyMap<string, Raw>;
  /** What is wrong, by name of the field; under the empty name what belongs to none. */
  readonly problems: ReadonlyMap<string, string>;
  readonly scope: ApprovalScope;
}

const UNTOUCHED: Edit = Object.freeze({ isOpen: false, raw: new Map(), problems: new Map(), scope: 'once' });

/** Keeps the edits of all cards of an element, and renders it again when they change. */
export class Edits {
  readonly #element: Worded;
  readonly #edits = new Map<string, Edit>();

  constructor(element: Worded) {
    this.#element = element;
  }

  /** The state of the card of an interrupt. */
  of(id: string): Edit {
    return this.#edits.get(id) ?? UNTOUCHED;
  }

  /** Shows the arguments as fields; or as they were, with all changes forgotten. */
  toggle(id: string): void {
    const { isOpen, scope } = this.of(id);
    this.#set(id, { ...UNTOUCHED, isOpen: !isOpen, scope });
  }

  change(id: string, name: string, raw: Raw): void {
    const edit = this.of(id);
    const problems = new Map(edit.problems);
    problems.delete(name);
    this.#set(id, { ...edit, raw: new Map(edit.raw).set(name, raw), problems });
  }

  choose(id: string, scope: ApprovalScope): void {
    this.#set(id, { ...this.of(id), scope });
  }

  /** The yes to a request, as it has been changed; undefined, and said at the fields, while one cannot be read. */
  approval(id: string, request: Editable): Approval | undefined {
    const edit = this.of(id);
    const problems = new Map<string, string>();
    const input: Record<string, unknown> = { ...(request.input as object) };
    for (const field of fieldsOf(request.inputSchema, request.input)) {
      const raw = edit.raw.get(field.name);
      if (raw === undefined) continue;
      const reading = readRaw(field, raw);
      if ('problem' in reading) problems.set(field.name, this.#element.words.unreadable[reading.problem]);
      else if (reading.value === undefined) Reflect.deleteProperty(input, field.name);
      else input[field.name] = reading.value;
    }
    this.#set(id, { ...edit, problems });
    if (problems.size > 0) return undefined;
    const scope = edit.scope === 'once' ? {} : { scope: edit.scope };
    return { decision: 'approve', ...(edit.raw.size > 0 ? { input } : {}), ...scope };
  }

  /** Shows what the host has found wrong with the arguments. */
  refuse(id: string, request: Editable, issues: readonly InputIssue[]): void {
    const names = new Set(fieldsOf(request.inputSchema, request.input).map(({ name }) => name));
    const problems = new Map<string, string>();
    for (const { path, message } of issues) {
      const [first = ''] = path.split('.');
      const name = names.has(first) ? first : '';
      problems.set(name, [problems.get(name), name === '' ? `${path}: ${message}` : message].filter(Boolean).join(' '));
    }
    this.#set(id, { ...this.of(id), isOpen: true, problems });
  }

  #set(id: string, edit: Edit): void {
    this.#edits.set(id, edit);
    this.#element.requestUpdate();
  }
}
