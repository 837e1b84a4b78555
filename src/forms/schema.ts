/** A form of the page as a JSON Schema, whose words are those of the page, and the way back. */
import type { JsonSchema } from '../core/index.ts';
import type { FieldValue, PageField, PageForm } from '../verticals/index.ts';

/** A property of the schema, and the field that it stands for. */
export interface Slot {
  readonly property: string;
  readonly field: PageField;
  readonly schema: JsonSchema;
  /** The option that it ticks, where each option of a field has a property of its own. */
  readonly option?: string;
}

/** Up to so many options each have a property of their own, so that a word is enough to tick one. */
const MOST_TICKS = 20;
/** Up to so many options are told of in full. */
const MOST_OPTIONS = 300;

/** `Number of guests` gives `number_of_guests`. */
export function slug(text: string, otherwise: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 48)
    .replace(/_+$/, '');
  return plain === '' ? otherwise : plain;
}

/** `Your name` is called `name` by whoever fills it in. */
export const bare = (label: string): string => label.replace(/^(?:your|my|the|please enter|enter)\s+(?=\S)/i, '');

/** A name that nobody has taken yet. */
export function unique(name: string, taken: Set<string>): string {
  let found = name;
  for (let at = 2; taken.has(found); at++) found = `${name}_${at}`;
  taken.add(found);
  return found;
}

/** Labels as they tell the options apart. */
export function labelsOf({ options }: PageField): readonly string[] {
  const taken = new Set<string>();
  return options.map(({ value, label }) => {
    const name = taken.has(label) ? `${label} (${value})` : label;
    taken.add(name);
    return name;
  });
}

const number = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);

function numberSchema({ min, max, step }: PageField): JsonSchema {
  const [least, most, by = 1] = [number(min), number(max), number(step)];
  const isWhole = step !== 'any' && Number.isInteger(by) && Number.isInteger(least ?? 0);
  return {
    type: isWhole ? 'integer' : 'number',
    ...(least === undefined ? {} : { minimum: least }),
    ...(most === undefined ? {} : { maximum: most }),
  };
}

/** The pattern of a field as JSON Schema has it: there it may match anywhere. */
function patternOf(pattern: string | undefined): JsonSchema {
  if (pattern === undefined) return {};
  const whole = `^(?:${pattern})$`;
  try {
    // A validator reads it so, and what it cannot read the browser still checks.
    new RegExp(whole, 'u');
    return { pattern: whole };
  } catch {
    return {};
  }
}

function textSchema({ minLength, maxLength, pattern }: PageField): JsonSchema {
  return {
    type: 'string',
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...patternOf(pattern),
  };
}

/** A zone is let through, and means nothing: the time is that of the form. */
const TIME =
  '^(?:(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?(?:Z|[+-]\\d\\d:\\d\\d)?|(?:1[0-2]|0?[1-9])(?::[0-5]\\d)?[aApP]\\.?[mM]\\.?)$';

function typeOf(field: PageField): JsonSchema {
  switch (field.kind) {
    case 'number':
      return numberSchema(field);
    case 'tick':
      return { type: 'boolean' };
    case 'choice': {
      const labels = labelsOf(field);
      return labels.length <= MOST_OPTIONS ? { type: 'string', enum: labels } : { type: 'string' };
    }
    case 'choices':
      return { type: 'array', uniqueItems: true, items: { type: 'string', enum: labelsOf(field) } };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'moment':
      return { type: 'string', format: 'date-time' };
    case 'time':
      return { type: 'string', format: 'local-time', pattern: TIME };
    case 'month':
      return { type: 'string', pattern: '^\\d{4}-(?:0[1-9]|1[0-2])$' };
    case 'week':
      return { type: 'string', pattern: '^\\d{4}-W[0-5]\\d$' };
    case 'color':
      return { type: 'string', pattern: '^#[0-9a-fA-F]{6}$' };
    case 'email':
      return { ...textSchema(field), format: 'email' };
    case 'url':
      return { ...textSchema(field), format: 'uri' };
    default:
      return textSchema(field);
  }
}

const LIMITED: readonly string[] = ['date', 'time', 'moment', 'month', 'week'];

/** What helps with a field beside its name. */
function remarks({ kind, help, group, label, min, max, required }: PageField): string {
  const from = LIMITED.includes(kind) && min !== undefined ? `from ${min}` : '';
  const to = LIMITED.includes(kind) && max !== undefined ? `to ${max}` : '';
  const limits = [from, to].filter(Boolean).join(' ');
  const parts = [label, group === label ? '' : group, help === label ? '' : help, limits, required ? 'required' : ''];
  return parts.filter(Boolean).join('; ');
}

/** The fields of a form that can be filled in from what somebody says. */
export const openFields = ({ fields }: PageForm): readonly PageField[] =>
  fields.filter(({ kind, fixed }) => kind !== 'secret' && !fixed);

/** The properties of a form, in its order. */
export function slotsOf(form: PageForm): readonly Slot[] {
  const fields = openFields(form);
  const taken = new Set<string>();
  const labels = fields.map(({ label }) => label);
  return fields.flatMap((field, at): Slot[] => {
    const { label, group, name, kind, options } = field;
    if (kind === 'choices' && options.length <= MOST_TICKS) {
      return options.map(({ value, label: said }): Slot => {
        const property = unique(slug(said, `option_${at + 1}`), taken);
        const schema = { type: 'boolean', title: said, description: [said, label].filter(Boolean).join('; ') };
        return { property, field, option: value, schema };
      });
    }
    // Two streets are told apart by where they stand.
    const isShared = group !== '' && labels.filter((other) => other === label).length > 1;
    const said = isShared ? `${group} ${label}` : label;
    const property = unique(slug(bare(said), slug(name, `field_${at + 1}`)), taken);
    return [{ property, field, schema: { ...typeOf(field), title: bare(said), description: remarks(field) } }];
  });
}

/** The schema of all that can be filled in. Nothing has to be: a form may be filled in bit by bit. */
export function schemaOf(slots: readonly Slot[]): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(slots.map(({ property, schema }) => [property, schema])),
  };
}

/** `7pm` and `19:00:00` as a field of the kind `time` has it. */
function timeOf(text: string): string {
  const [, hour = '', minute = '00', half = ''] = /^(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap])?/i.exec(text) ?? [];
  if (hour === '') return text;
  const late = half.toLowerCase() === 'p' ? 12 : 0;
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + late;
  return `${String(hours).padStart(2, '0')}:${minute}`;
}

/** A moment as a field has it: in the time of this place, without seconds. */
function momentOf(text: string): string {
  const date = new Date(text);
  // Without a zone it is meant as it stands.
  if (!/(?:z|[+-]\d{2}:?\d{2})$/i.test(text) || Number.isNaN(date.getTime())) return text.slice(0, 16);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function valueFor({ kind, options }: PageField, given: unknown, labels: readonly string[]): FieldValue {
  const optionOf = (label: unknown): string =>
    options[labels.indexOf(String(label))]?.value ?? options.find(({ value }) => value === label)?.value ?? '';
  if (kind === 'tick') return given === true;
  if (kind === 'choices') return Array.isArray(given) ? given.map(optionOf) : [];
  const text = typeof given === 'string' ? given : typeof given === 'number' ? String(given) : '';
  if (kind === 'choice') return optionOf(given);
  if (kind === 'time') return timeOf(text);
  if (kind === 'date') return text.slice(0, 10);
  if (kind === 'moment') return momentOf(text);
  return text;
}

/**
 * What each field is to hold, for an input; of those that the input does not name nothing is said.
 *
 * @param form as it is now: a tick stands for what it changes, and leaves the others of its field as they are.
 */
export function valuesOf(
  slots: readonly Slot[],
  input: Readonly<Record<string, unknown>>,
  form: PageForm,
): ReadonlyMap<PageField, FieldValue> {
  const values = new Map<PageField, FieldValue>();
  for (const {
    property,
    field: { key },
    option,
  } of slots) {
    const field = form.fields.find((one) => one.key === key);
    if (!field || !Object.hasOwn(input, property)) continue;
    const given = input[property];
    if (option === undefined) {
      values.set(field, valueFor(field, given, labelsOf(field)));
      continue;
    }
    const held = values.get(field) ?? field.value;
    const chosen = new Set(Array.isArray(held) ? (held as readonly string[]) : []);
    if (given === true) chosen.add(option);
    else chosen.delete(option);
    // In the order of the page, as it will tell of them.
    values.set(
      field,
      field.options.flatMap(({ value }) => (chosen.has(value) ? [value] : [])),
    );
  }
  return values;
}
