/** The page half of the vertical `forms`: a tool to fill in each form that can be seen, and one to send it. */
import { AgentError, errorText, stableText } from '../core/index.ts';
import type { FieldValue, Ground, PageForm, VerticalHost, AnyVerticalTool, VerticalTool } from '../verticals/index.ts';
import { listed, missing, review, sayValue, secrets } from './say.ts';
import { bare, openFields, schemaOf, slotsOf, slug, unique, valuesOf } from './schema.ts';
import type { Slot } from './schema.ts';

/** What a fill has changed, so that it can be taken back. */
interface Fill {
  readonly form: string;
  readonly changes: readonly { readonly key: string; readonly before: FieldValue; readonly after: FieldValue }[];
}

interface Filled {
  readonly message: string;
  readonly fill: string;
}

const same = (one: FieldValue | undefined, other: FieldValue): boolean => stableText(one) === stableText(other);

/** Names of tools are at most 64 characters long. */
const NAME = 40;

const find = ({ page }: Pick<Ground, 'page'>, key: string): PageForm => {
  const form = page.forms().find((one) => one.key === key);
  if (form) return form;
  throw new AgentError('tool-failed', 'This form cannot be seen any more.', {
    fix: 'Look at the forms of the page again.',
  });
};

/** How a form stands, for whoever is to go on with it. */
function standing(form: PageForm): readonly string[] {
  const [needed, own] = [missing(form), secrets(form)];
  return [
    ...(needed.length > 0 ? [`Still needed: ${listed(needed)}.`] : []),
    ...(own.length > 0 ? [`You fill in yourself: ${listed(own)}.`] : []),
    ...(needed.length === 0 && form.button !== undefined ? [`Say “send the form” to review and send it.`] : []),
  ];
}

const fills = new Map<string, Fill>();

function fillTool(
  form: PageForm,
  name: string,
  slots: readonly Slot[],
): VerticalTool<Readonly<Record<string, unknown>>, Filled> {
  const { key, title } = form;
  const lower = title.toLowerCase();
  const suggesting = slots.filter(
    ({ field }) => field.kind !== 'choice' && field.kind !== 'choices' && field.options.length > 0,
  );
  return {
    name,
    description: `Fill in the form “${title}”: ${listed([...new Set(slots.map(({ field }) => field.label))])}. Give only what the person has said.`,
    category: 'page',
    effect: 'write',
    danger: 'low',
    keywords: ['form', 'fill', 'enter'],
    examples: [`fill in the ${lower} form`, `fill in the form with`, lower, ...sayings(slots)],
    input: schemaOf(slots),
    ...(suggesting.length > 0
      ? {
          suggest: (property: string) =>
            suggesting
              .find((slot) => slot.property === property)
              ?.field.options.map(({ value, label }) => ({ value, label })) ?? [],
        }
      : {}),
    run(input, context) {
      const changes: Fill['changes'][number][] = [];
      const refused: string[] = [];
      for (const [{ key: one, label, value: was }, value] of valuesOf(slots, input, find(context, key))) {
        try {
          const problem = context.page.fill(one, value);
          const after = find(context, key).fields.find((field) => field.key === one)?.value;
          if (after !== undefined && !same(after, was)) changes.push({ key: one, before: was, after });
          if (after === undefined || !same(after, value))
            refused.push(`${label}: the page does not take “${String(value)}”`);
          else if (problem !== '') refused.push(`${label}: ${problem}`);
        } catch (error) {
          refused.push(`${label}: ${errorText(error)}`);
        }
      }
      const now = find(context, key);
      const fill = context.idempotencyKey;
      fills.set(fill, { form: key, changes });
      const filled = changes.flatMap(({ key: one }) => {
        const field = now.fields.find((each) => each.key === one);
        return field ? [`${field.label}: ${sayValue(field, field.value) ?? 'nothing'}`] : [];
      });
      const wrong = refused.length > 0 ? `This was not taken: ${refused.join('; ')}.` : '';
      const said =
        filled.length > 0
          ? `Filled in “${title}”: ${filled.join('; ')}.`
          : Object.keys(input).length > 0
            ? wrong || `“${title}” says so already.`
            : `Tell me what to put in: ${listed(openFields(now).map(({ label }) => label))}.`;
      const parts = [said, ...(wrong === '' || said === wrong ? [] : [wrong]), ...standing(now)];
      return { message: parts.join(' '), fill, refused };
    },
    undo({ output }, context) {
      const done = fills.get(output.fill);
      if (!done) {
        throw new AgentError('undo-failed', 'The page has been loaded again since; what was filled in is gone.', {
          fix: 'There is nothing left to take back.',
        });
      }
      const now = find(context, done.form);
      const kept = done.changes.toReversed().flatMap(({ key: one, before, after }) => {
        const field = now.fields.find((each) => each.key === one);
        // What the person has changed since is theirs.
        if (!field || !same(field.value, after)) return same(field?.value, before) ? [] : [field?.label ?? 'a field'];
        context.page.fill(one, before);
        return [];
      });
      fills.delete(output.fill);
      if (kept.length > 0) {
        throw new AgentError('undo-failed', `Taken back, but for what was changed since: ${listed(kept)}.`, {
          fix: 'Change the rest by hand.',
        });
      }
    },
  };
}

/** How people say what belongs into a field. */
function sayings(slots: readonly Slot[]): readonly string[] {
  return slots.slice(0, 12).flatMap(({ field: { kind, label }, option }) => {
    const lower = bare(label).toLowerCase();
    if (option !== undefined || lower === '' || kind === 'tick') return [];
    return [`set the ${lower} to`];
  });
}

/** What the person was shown last of each form, by its key. */
type Shown = Map<string, string>;

function sendTool({ key, title, button = '' }: PageForm, name: string, isOnly: boolean, shown: Shown): VerticalTool {
  const lower = title.toLowerCase();
  return {
    name,
    description: `Send the form “${title}” as it is filled in, once the person has approved what is sent`,
    category: 'page',
    // The page may be left with it.
    effect: 'navigate',
    danger: 'high',
    review: true,
    keywords: ['form', 'submit', button],
    examples: [
      `send the ${lower} form`,
      `submit the ${lower} form`,
      ...(isOnly ? ['send the form', 'submit the form', 'send it'] : []),
    ],
    summary(_input, { page }) {
      const said = review(find({ page }, key));
      shown.set(key, said);
      return said;
    },
    async run(_input, { page, signal }) {
      const before = shown.get(key);
      shown.delete(key);
      if (before === undefined || before !== review(find({ page }, key))) {
        throw new AgentError('tool-denied', 'The form has changed since it was approved, so it was not sent.', {
          fix: 'Ask to send it again, and look at what is sent.',
        });
      }
      const { sent, taken } = page.submit(key);
      if (!sent) return { message: `“${title}” was not sent: ${problems(find({ page }, key))}.`, sent };
      if (taken) {
        // Pages say what they do not take only after a while.
        await new Promise((resolve) => setTimeout(resolve, 100));
        const left = signal.aborted ? undefined : page.forms().find((one) => one.key === key);
        // One that has been emptied was taken.
        const said = left && review(left) === before ? problems(left) : '';
        if (said !== '') return { message: `The page does not take “${title}” as it is: ${said}.`, sent: false };
      }
      return { message: `“${title}” was sent.`, sent };
    },
  };
}

const problems = ({ fields }: PageForm): string =>
  fields
    .flatMap(({ label, problem }) => (problem === '' ? [] : [`${label}: ${problem.replace(/[.\s]+$/, '')}`]))
    .join('; ');

function listTool(): VerticalTool {
  return {
    name: 'list_forms',
    description: 'List the forms of this page: which fields they have, and what is filled in',
    category: 'page',
    effect: 'read',
    examples: ['which forms are on this page?', 'what is filled in?', 'what does the form still need?'],
    keywords: ['form', 'field'],
    run(_input, { page }) {
      const forms = page.forms();
      const message = forms.map((form) => {
        const said = form.fields.flatMap((field) => {
          const value = field.kind === 'tick' && field.value === false ? undefined : sayValue(field, field.value);
          return value === undefined ? [] : [`${field.label}: ${value}`];
        });
        return [`“${form.title}”: ${said.join('; ') || 'nothing is filled in yet'}.`, ...standing(form)].join(' ');
      });
      return {
        message: forms.length === 0 ? 'There is no form on this page just now.' : message.join('\n'),
        forms: forms.map((form) => ({
          title: form.title,
          fields: form.fields.map(({ label, kind, required, value }) => ({ label, kind, required, value })),
        })),
      };
    },
  };
}

/** The tools of what can be seen now. */
function toolsFor(forms: readonly PageForm[], shown: Shown): readonly AnyVerticalTool[] {
  const taken = new Set<string>();
  const fillable = forms.filter((form) => openFields(form).length > 0);
  return fillable.flatMap((form): AnyVerticalTool[] => {
    const name = unique(slug(form.title, 'form').slice(0, NAME).replace(/_+$/, ''), taken);
    return [
      fillTool(form, `fill_${name}`, slotsOf(form)),
      ...(form.button === undefined ? [] : [sendTool(form, `send_${name}`, fillable.length === 1, shown)]),
    ];
  });
}

/** Puts it to work. */
export function activate(host: VerticalHost): { stop(): void } {
  if (!host.granted.includes('page:read')) {
    host.offer([]);
    return { stop: () => undefined };
  }
  const shown: Shown = new Map();
  const refresh = (): void => {
    host.offer([listTool(), ...toolsFor(host.page.forms(), shown)]);
  };
  refresh();
  return { stop: host.page.watch(refresh) };
}
