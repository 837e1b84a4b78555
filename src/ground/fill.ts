/** Gives fields values as a person would, with the events that frameworks listen for. */
import { AgentError } from '../core/index.ts';
import type { FieldValue } from '../verticals/index.ts';
import type { Place } from './read-form.ts';
import { hasCardNumber } from './secrets.ts';
import { problemOf } from './words.ts';
import type { Control } from './words.ts';

function refused(message: string, fix: string): AgentError {
  return new AgentError('tool-failed', message, { fix });
}

/** Frameworks that control a field put a setter of their own on the element; that of the platform is the one below. */
function setValue(control: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = control instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Reflect.set(prototype, 'value', value, control);
}

const changed = (control: Control): void => {
  control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
};

/** Does something to a field as if the person had been in it. The focus itself stays where it is. */
function visit(control: Control, work: () => void): void {
  control.dispatchEvent(new FocusEvent('focus', { composed: true }));
  control.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
  work();
  control.dispatchEvent(new FocusEvent('blur', { composed: true }));
  control.dispatchEvent(new FocusEvent('focusout', { bubbles: true, composed: true }));
}

function fillText(control: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  if (hasCardNumber(value) && control.type !== 'tel') {
    throw refused('This looks like a card number, which is not filled in.', 'Let the person type it into the page.');
  }
  const { maxLength } = control;
  if (maxLength >= 0 && value.length > maxLength) {
    throw refused(`This takes at most ${maxLength} characters.`, 'Make it shorter.');
  }
  visit(control, () => {
    setValue(control, value);
    control.dispatchEvent(
      new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: value }),
    );
    control.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** Ticks a box, or takes the tick away, by a click, which is what frameworks listen for there. */
function tick(control: HTMLInputElement, wanted: boolean): void {
  if (control.checked === wanted) return;
  visit(control, () => {
    control.click();
  });
}

/** Takes the choice of a radio button back, which no click can do. */
function clearRadio(control: HTMLInputElement): void {
  Reflect.set(HTMLInputElement.prototype, 'checked', false, control);
  changed(control);
}

function choose(select: HTMLSelectElement, values: readonly string[]): void {
  const isChosen = [...select.options].map(({ value }) => values.includes(value));
  if ([...select.options].every(({ selected }, at) => selected === isChosen[at])) return;
  visit(select, () => {
    if (!select.multiple) Reflect.set(HTMLSelectElement.prototype, 'value', values[0] ?? '', select);
    else [...select.options].forEach((option, at) => (option.selected = isChosen[at] === true));
    changed(select);
  });
}

/** Fills a field; returns what is wrong with it then. Throws for a value of the wrong kind. */
export function fillPlace({ kind, controls }: Place, value: FieldValue): string {
  const list = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  const [first] = controls;
  if (kind === 'secret' || first === undefined) {
    throw refused('This field is for the person alone.', 'Let the person fill it in themselves.');
  }
  for (const control of controls) {
    if (control instanceof HTMLSelectElement) choose(control, list);
    else if (control.type === 'checkbox')
      tick(control as HTMLInputElement, kind === 'tick' ? value === true : list.includes(control.value));
    else if (control.type === 'radio') {
      const radio = control as HTMLInputElement;
      if (list.includes(control.value)) tick(radio, true);
      else if (value === '' && radio.checked) clearRadio(radio);
    } else if (typeof value === 'string') fillText(control, value);
    else throw refused('This field takes a text.', 'Give it one.');
  }
  return controls.map(problemOf).find(Boolean) ?? '';
}
