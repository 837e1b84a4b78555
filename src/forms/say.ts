/** Forms and their fields in words, for people and models. */
import type { FieldValue, PageField, PageForm } from '../verticals/index.ts';

/** Characters of a value that are shown. */
const LONG = 200;

/** A value in words, shortened where it is long; undefined where there is none. */
export function sayValue(field: PageField, value: FieldValue): string | undefined {
  const said = wholeValue(field, value);
  return said !== undefined && said.length > LONG && field.kind !== 'choices' ? `${said.slice(0, LONG)}…` : said;
}

function wholeValue({ kind, options }: PageField, value: FieldValue): string | undefined {
  const labelOf = (one: string): string => options.find((option) => option.value === one)?.label ?? one;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value.length === 0 ? undefined : (value as readonly string[]).map(labelOf).join(', ');
  const text = value as string;
  if (text === '') return undefined;
  if (kind === 'choice') return labelOf(text);
  return kind === 'moment' ? text.replace('T', ' ') : text;
}

const nameOf = ({ label, name }: PageField): string => label || name || 'A field without a name';

/** `A, B and C`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

/** What has to be filled in and is not. */
export const missing = ({ fields }: PageForm): readonly string[] =>
  fields
    .filter(
      (field) =>
        field.required &&
        field.kind !== 'secret' &&
        (field.kind === 'tick' ? field.value !== true : sayValue(field, field.value) === undefined),
    )
    .map(nameOf);

/** What only the person can fill in. */
export const secrets = ({ fields }: PageForm): readonly string[] =>
  fields.filter(({ kind }) => kind === 'secret').map(nameOf);

/** On one line, so that no text looks like a line of another field. */
const onLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ↵ ');

/** All that would be sent, in full and line by line, for the person who is asked. */
export function review(form: PageForm): string {
  const { title, fields, hidden, sentTo, button } = form;
  const lines = fields.flatMap((field) => {
    if (field.kind === 'secret') return [`${nameOf(field)}: what you have put in, which is not shown here`];
    const said = wholeValue(field, field.value);
    const isLeft = said === undefined || (field.kind === 'tick' && field.value !== true);
    return isLeft ? [] : [`${nameOf(field)}: ${onLine(said)}`];
  });
  const where = sentTo === '' ? 'this site' : sentTo;
  const added = hidden === 0 ? [] : [`The page adds ${hidden === 1 ? 'a value' : `${hidden} values`} of its own.`];
  const by = button === undefined || button === title ? '' : ` by “${button}”`;
  return [`Send “${title}” to ${where}${by}:`, ...lines, ...added].join('\n');
}
