/** What the page calls its fields and forms. */
import { nearest, plainly } from './tree.ts';

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const CONTROLS = 'input, select, textarea, button, script, style, template';

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The text of an element, but for that of the fields in it. */
export function wordsIn(element: Element): string {
  const walk = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element && (node.matches(CONTROLS) || node.getAttribute('aria-hidden') === 'true')) return ' ';
    return [...node.childNodes].map(walk).join('');
  };
  return tidy(walk(element));
}

/** `Name *` and `Name (required):` are called Name. */
const plain = (label: string): string =>
  label
    .replace(/\s*(?:\((?:required|optional)\)|[*:])\s*/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The text of the elements that an attribute names. */
function named(element: Element, attribute: string): string {
  const root = plainly(element).getRootNode();
  const ids = (plainly(element).getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
  if (!(root instanceof Document || root instanceof ShadowRoot)) return '';
  return tidy(ids.map((id) => (root.getElementById(id) ? wordsIn(root.getElementById(id) as Element) : '')).join(' '));
}

const ariaName = (element: Element): string =>
  named(element, 'aria-labelledby') || tidy(plainly(element).getAttribute('aria-label') ?? '');

/** `firstName` and `first_name` as words. */
const spelled = (name: string): string => tidy(name.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replace(/[_.[\]-]+/g, ' '));

/** What a field is called, by the first of all ways in which a page may say so. */
export function labelOf(control: Control): string {
  const root = control.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : undefined;
  return (
    plain(ariaName(control)) ||
    plain([...(control.labels ?? [])].map(wordsIn).join(' ')) ||
    plain(control.title) ||
    (host ? plain(ariaName(host) || (host.getAttribute('label') ?? '')) : '') ||
    plain(control.getAttribute('placeholder') ?? '') ||
    spelled(control.name || control.id)
  );
}

/** What the page says to help with a field. */
export function helpOf(control: Control): string {
  return named(control, 'aria-describedby') || tidy(control.getAttribute('placeholder') ?? '') || tidy(control.title);
}

const GROUP = 'fieldset, [role="group"], [role="radiogroup"]';

function groupName(group: Element): string {
  const legend = group.querySelector(':scope > legend');
  return plain((legend ? wordsIn(legend) : '') || ariaName(group));
}

/** The heading of the group that a field is in. */
export function groupOf(control: Control): string {
  const group = nearest(control, GROUP);
  return group ? groupName(group) : '';
}

/** What several fields of one name are called together. */
export function sharedLabel(controls: readonly Control[]): string {
  const [first] = controls;
  const group = first ? nearest(first, GROUP) : undefined;
  const others = [...(group?.querySelectorAll<Control>('input, select, textarea') ?? [])];
  // A group that has more in it is called after all of that.
  const isOwn = others.every((other) => controls.includes(other));
  return (group && isOwn ? groupName(group) : '') || spelled(first?.name ?? '');
}

const HEADING = 'h1, h2, h3, h4, h5, h6, [role="heading"]';

/** What a form is called: by itself, by a heading in it or before it, by its button, by its name. */
export function titleOf(form: Element, button: string): string {
  const inside = plainly(form).querySelector(HEADING);
  const legends = plainly(form).querySelectorAll('legend');
  return (
    plain(ariaName(form)) ||
    plain(inside ? wordsIn(inside) : '') ||
    plain(headingBefore(form)) ||
    plain(legends.length === 1 && legends[0] ? wordsIn(legends[0]) : '') ||
    plain(button) ||
    spelled(plainly(form).getAttribute('name') ?? plainly(form).id) ||
    'form'
  );
}

/** The heading of the part of the page that a form is in, where it is the only form there. */
function headingBefore(form: Element): string {
  const section = nearest(form, 'section, article, aside, dialog, main, [role="dialog"], [role="region"]');
  if (!section || section === form || section.querySelectorAll('form').length > 1) return '';
  const heading = section.querySelector(HEADING);
  return ariaName(section) || (heading ? wordsIn(heading) : '');
}

/** What is wrong with a field, by the browser or by the page; empty where nothing is. */
export function problemOf(control: Control): string {
  if (control.getAttribute('aria-invalid') === 'true') {
    const said = named(control, 'aria-errormessage') || named(control, 'aria-describedby');
    return said || control.validationMessage || 'The page does not take this.';
  }
  return control.validationMessage;
}
