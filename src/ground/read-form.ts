/** Reads the forms of the page as plain data. */
import type { FieldKind, FieldOption, FieldValue, PageField, PageForm } from '../verticals/index.ts';
import { hasCardNumber, isSecret } from './secrets.ts';
import { elementsIn, isShown, plainly } from './tree.ts';
import { groupOf, helpOf, labelOf, problemOf, sharedLabel, titleOf } from './words.ts';
import type { Control } from './words.ts';

export type Button = HTMLButtonElement | HTMLInputElement;

/** A field as it stands in the page: one element, or all of one name. */
export interface Place {
  readonly kind: FieldKind;
  readonly controls: readonly Control[];
}

/** A form, and where what it tells of lies. */
export interface FormReading {
  readonly element: Element;
  readonly form: PageForm;
  /** By the keys of its fields. */
  readonly places: ReadonlyMap<string, Place>;
  readonly button: Button | undefined;
}

const INPUT_KINDS: Readonly<Record<string, FieldKind>> = {
  ...{ email: 'email', tel: 'tel', url: 'url', number: 'number', range: 'number', date: 'date', time: 'time' },
  ...{ 'datetime-local': 'moment', month: 'month', week: 'week', color: 'color', checkbox: 'tick', radio: 'choice' },
};

const NO_FIELD = ['hidden', 'submit', 'image', 'reset', 'button'];

const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

function kindOf(control: Control): FieldKind {
  if (control instanceof HTMLTextAreaElement) return 'long';
  if (control instanceof HTMLSelectElement) return control.multiple ? 'choices' : 'choice';
  return INPUT_KINDS[control.type] ?? 'text';
}

/** Boxes and radio buttons are often drawn by their labels. */
const isSeen = (control: Control): boolean =>
  isShown(control) ||
  (['checkbox', 'radio'].includes(control.type) && [...(control.labels ?? [])].some((label) => isShown(label)));

/** Whether a field adds something to what is sent as it is. */
const isSent = (control: Control): boolean =>
  control.name !== '' && !control.matches(':disabled') && (isBox(control) ? control.checked : control.value !== '');

/** All fields of a form that can be seen, also those in shadow roots within it and those that only name it. */
function controlsOf(form: Element): { readonly seen: readonly Control[]; readonly hidden: number } {
  const known = plainly(form);
  const root = known.getRootNode();
  const outside =
    known.id !== '' && (root instanceof Document || root instanceof ShadowRoot)
      ? [...root.querySelectorAll(`[form="${CSS.escape(known.id)}"]`)].filter((one) => !known.contains(one))
      : [];
  const all = [...elementsIn(form), ...outside].filter(isControl);
  const own = all.filter((control) => control.form === null || control.form === form);
  const fields = own.filter(({ type }) => !NO_FIELD.includes(type));
  const seen = fields.filter(isSeen);
  const isHidden = (control: Control): boolean =>
    control.type === 'hidden' || (isSent(control) && !seen.includes(control) && fields.includes(control));
  return { seen, hidden: own.filter(isHidden).length };
}

/** The fields, those of one name that belong together as one. */
function placesOf(controls: readonly Control[]): readonly Place[] {
  const grouped = new Map<string, Control[]>();
  const order: { kind: FieldKind; controls: Control[] }[] = [];
  for (const control of controls) {
    const { type, name } = control;
    const key = ['radio', 'checkbox'].includes(type) && name !== '' ? `${type} ${name}` : '';
    const known = grouped.get(key);
    if (key !== '' && known) known.push(control);
    else {
      const place = { kind: kindOf(control), controls: [control] };
      if (key !== '') grouped.set(key, place.controls);
      order.push(place);
    }
  }
  return order.map((place) =>
    place.kind === 'tick' && place.controls.length > 1 ? { ...place, kind: 'choices' } : place,
  );
}

const isBox = (control: Control): control is HTMLInputElement =>
  control.type === 'radio' || control.type === 'checkbox';

function optionsOf({ kind, controls }: Place): readonly FieldOption[] {
  if (kind !== 'choice' && kind !== 'choices') return suggested(controls);
  return controls.flatMap((control): FieldOption[] => {
    if (isBox(control))
      return control.disabled ? [] : [{ value: control.value, label: labelOf(control) || control.value }];
    if (!(control instanceof HTMLSelectElement)) return [];
    const open = [...control.options].filter((option) => !option.disabled && !option.closest('optgroup[disabled]'));
    // "Please choose" is no choice.
    return open
      .filter(({ value }) => value !== '')
      .map(({ value, label }) => ({ value, label: label.trim() || value }));
  });
}

/** What a list of the page offers for a text. */
function suggested([control]: readonly Control[]): readonly FieldOption[] {
  if (!(control instanceof HTMLInputElement) || !control.list) return [];
  return [...control.list.options].map(({ value, label }) => ({ value, label: label || value }));
}

/** What a field holds. */
export function valueOf({ kind, controls }: Place): FieldValue {
  const [first] = controls;
  if (first === undefined || kind === 'secret') return '';
  if (kind === 'tick') return isBox(first) && first.checked;
  if (kind === 'choices') {
    return controls.flatMap((control) => {
      if (isBox(control)) return control.checked ? [control.value] : [];
      return control instanceof HTMLSelectElement ? [...control.selectedOptions].map(({ value }) => value) : [];
    });
  }
  if (isBox(first)) return controls.find((control) => isBox(control) && control.checked)?.value ?? '';
  return first.value;
}

function limitsOf(control: Control | undefined): Partial<PageField> {
  if (!control || control instanceof HTMLSelectElement) return {};
  const attributes = ['min', 'max', 'step', 'pattern'] as const;
  const texts = attributes.flatMap((name) => {
    const value = control.getAttribute(name) ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const { minLength, maxLength } = control;
  return {
    ...Object.fromEntries(texts),
    ...(minLength > 0 ? { minLength } : {}),
    ...(maxLength >= 0 ? { maxLength } : {}),
  };
}

const isFixed = (control: Control): boolean =>
  control.matches(':disabled') || (!(control instanceof HTMLSelectElement) && control.readOnly && !isBox(control));

function fieldOf(place: Place, key: string): PageField {
  const { kind, controls } = place;
  const [first] = controls;
  const isGroup = controls.length > 1 || first?.type === 'radio';
  const label = first === undefined ? '' : isGroup ? sharedLabel(controls) : labelOf(first);
  return {
    key,
    kind,
    label,
    name: first?.name ?? '',
    help: first && !isGroup ? helpOf(first) : '',
    group: first ? groupOf(first) : '',
    required: controls.some((control) => control.required || control.getAttribute('aria-required') === 'true'),
    fixed: controls.every(isFixed),
    value: valueOf(place),
    options: optionsOf(place),
    ...limitsOf(first),
    autocomplete: first?.getAttribute('autocomplete') ?? '',
    problem: kind === 'secret' ? '' : (controls.map(problemOf).find(Boolean) ?? ''),
  };
}

/** A number of a telephone may by chance have the check digit of a card, but not its length. */
const holdsCard = ({ type, value }: Control): boolean => hasCardNumber(value, type === 'tel' ? 16 : undefined);

const SUBMITS = 'button:not([type]), button[type="submit"], input[type="submit"], input[type="image"]';

/** The button that sends a form when Enter is pressed. */
function buttonOf(form: Element): Button | undefined {
  if (!(form instanceof HTMLFormElement)) return undefined;
  const root = plainly(form).getRootNode() as ParentNode;
  const buttons = [...root.querySelectorAll<Button>(SUBMITS)].filter((one) => one.form === form && !one.disabled);
  return buttons.find(isShown);
}

function sentTo(form: Element, button: Button | undefined): string {
  const address = button?.getAttribute('formaction') ?? plainly(form).getAttribute('action') ?? '';
  try {
    const { host, protocol } = new URL(address, document.baseURI);
    return host === location.host ? '' : host || protocol;
  } catch {
    return address;
  }
}

/** Reads one form; undefined where the person can see nothing of it to fill in. */
export function readForm(element: Element, keyOf: (element: Element) => string): FormReading | undefined {
  const { seen, hidden } = controlsOf(element);
  const places = placesOf(seen).map((place): Place => {
    const [first] = place.controls;
    const isOwn = first && (isSecret(first, labelOf(first), groupOf(first)) || place.controls.some(holdsCard));
    return isOwn ? { ...place, kind: 'secret' } : place;
  });
  if (places.every(({ kind }) => kind === 'secret')) return undefined;
  const keyed = places.flatMap((place) => (place.controls[0] ? [[keyOf(place.controls[0]), place] as const] : []));
  const button = buttonOf(element);
  const said = button ? saidBy(button) : '';
  const form: PageForm = {
    key: keyOf(element),
    title: titleOf(element, said),
    fields: keyed.map(([key, place]) => fieldOf(place, key)),
    hidden,
    sentTo: sentTo(element, button),
    ...(button ? { button: said } : {}),
  };
  return { element, form, places: new Map(keyed), button };
}

function saidBy(button: Button): string {
  const label = button.getAttribute('aria-label') ?? '';
  return label || (button instanceof HTMLInputElement ? button.value || button.alt : button.innerText.trim()) || 'Send';
}
