/** The page as verticals may read it and act on it. */
import { AgentError } from '../core/index.ts';
import type { FieldValue, PageGround, Submission } from '../verticals/index.ts';
import { fillPlace } from './fill.ts';
import { readForm } from './read-form.ts';
import type { FormReading, Place } from './read-form.ts';
import { isShown, nearest, plainly, rootsIn } from './tree.ts';
import { withoutCardNumbers } from './secrets.ts';
import { watchPage } from './watch.ts';

/** So many forms are told of, and so much text. */
const MOST_FORMS = 20;
const MOST_TEXT = 20_000;

function gone(what: string): AgentError {
  return new AgentError('tool-failed', `The page has no such ${what} any more.`, {
    fix: 'Look at the forms of the page again.',
  });
}

/**
 * Sends a form as its button would. A form that the browser finds invalid is not sent; the browser then shows why.
 */
function send({ element, button }: FormReading): Submission {
  if (!(element instanceof HTMLFormElement) || !button) throw gone('form that can be sent');
  const form = plainly(element);
  const isChecked = !form.noValidate && !button.formNoValidate;
  if (isChecked && !form.checkValidity()) {
    form.reportValidity();
    return { sent: false, taken: false };
  }
  let event: SubmitEvent | undefined;
  const note = (one: SubmitEvent): void => {
    event = one;
  };
  form.addEventListener('submit', note, { capture: true, once: true });
  form.requestSubmit(button);
  form.removeEventListener('submit', note, { capture: true });
  return { sent: event !== undefined, taken: event?.defaultPrevented ?? false };
}

/**
 * Makes the page for one vertical.
 *
 * @param within a selector of the parts that it may see.
 * @throws AgentError `invalid-option` when that is no selector.
 */
export function createPageGround(within?: string): PageGround {
  if (within !== undefined) {
    try {
      document.createDocumentFragment().querySelector(within);
    } catch (error) {
      throw new AgentError('invalid-option', `"${within}" is no selector.`, { fix: 'Mend `within`.', cause: error });
    }
  }
  const keys = new WeakMap<Element, string>();
  let count = 0;
  const keyOf = (element: Element): string => {
    const key = keys.get(element) ?? `k${++count}`;
    keys.set(element, key);
    return key;
  };
  const isWithin = (element: Element): boolean => within === undefined || nearest(element, within) !== undefined;
  const read = (): readonly FormReading[] =>
    rootsIn(document)
      .flatMap((root) => [...root.querySelectorAll('form, [role="form"]:not(form)')])
      .filter((form) => isWithin(form) && isShown(form))
      .slice(0, MOST_FORMS)
      .flatMap((form) => readForm(form, keyOf) ?? []);
  return {
    forms: () => read().map(({ form }) => form),
    text() {
      const parts = within === undefined ? [document.body] : [...document.querySelectorAll<HTMLElement>(within)];
      const text = parts.map(({ innerText }) => innerText).join('\n');
      return withoutCardNumbers(text).slice(0, MOST_TEXT);
    },
    watch: (listener) => watchPage(listener),
    fill(key, value: FieldValue) {
      const readings = read();
      const reading = readings.find(({ places }) => places.has(key));
      const place: Place | undefined = reading?.places.get(key);
      const field = reading?.form.fields.find((one) => one.key === key);
      if (!place || !field) throw gone('field');
      if (field.fixed) {
        throw new AgentError('tool-failed', `“${field.label}” cannot be changed just now.`, {
          fix: 'Fill in the others first.',
        });
      }
      return fillPlace(place, value);
    },
    submit(key) {
      const reading = read().find(({ form }) => form.key === key);
      if (!reading) throw gone('form');
      return send(reading);
    },
  };
}
