/** The arguments of a call in words that a person can read. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isRecord } from '../src/core/index.ts';
import type { JsonSchema } from '../src/core/index.ts';
import { fieldsOf } from './edit-fields.ts';
import type { Field } from './edit-fields.ts';
import { longText } from './long-text.ts';
import type { Reader } from './long-text.ts';
import type { Strings } from './strings/index.ts';
import { withoutTurns } from './turning.ts';
import { inWords, readable } from './words.ts';

const VALUE_LIMIT = 2_000;

/** What an argument is called by. */
export const nameOf = ({ name, schema: { title } }: Field): string =>
  typeof title === 'string' ? title : inWords(name);

function wordsOf({ kind, value }: Field, { locale, yes, no }: Strings): string {
  if (typeof value === 'boolean') return value ? yes : no;
  // At noon no time zone makes another day of it.
  if (kind === 'date')
    return new Date(`${String(value)}T12:00`).toLocaleDateString(locale || [], { dateStyle: 'medium' });
  if (kind === 'moment') {
    return new Date(String(value)).toLocaleString(locale || [], { dateStyle: 'medium', timeStyle: 'short' });
  }
  const words = kind === 'lines' && Array.isArray(value) ? value.join('\n') : readable(value);
  return words === '' ? '–' : words;
}

/**
 * The arguments that are given, each with its name.
 *
 * @param id of the interrupt that asks about them
 */
export function argumentsView(id: string, schema: JsonSchema, input: unknown, reader: Reader): unknown {
  const fields = isRecord(input)
    ? fieldsOf(schema, input).filter(({ value }) => value !== undefined)
    : fieldsOf({ properties: { '': { title: reader.strings.input } } }, { '': input });
  if (fields.length === 0) return nothing;
  const view = (field: Field): TemplateResult => {
    const isCode = field.kind === 'json' && typeof field.value === 'object';
    const words = longText(withoutTurns(wordsOf(field, reader.strings)), `${id}/${field.name}`, reader, VALUE_LIMIT);
    return html`<div>
      <dt>${nameOf(field)}</dt>
      <dd class=${isCode ? 'code' : 'text'} dir=${typeof field.value === 'number' ? nothing : 'auto'}>${words}</dd>
    </div>`;
  };
  return html`<dl>${fields.map(view)}</dl>`;
}
