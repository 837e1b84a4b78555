/** Texts of a document that are read again where they run: checked here, with the place of each fault. */
import { SyntaxFault } from '../expression/fault.ts';
import { parseAssignments } from '../expression/assignments.ts';
import { parseInputs } from '../expression/inputs.ts';
import { readOnce } from '../expression/known.ts';
import { parseExpression } from '../expression/parse.ts';
import { parseTemplate } from '../expression/template.ts';
import type { Inputs, Located } from '../document.ts';
import type { Faults } from '../faults.ts';
import { plainValue } from '../tree.ts';
import type { MapTree, Tree } from '../tree.ts';
import { isNothing } from './fields.ts';
import type { ScalarText } from './fields.ts';

/** The name of something registered, rather than an expression that does something. */
const NAME = /^[A-Za-z_][\w.:-]*$/;
/** A path, or a name that could be one. */
const PATH = /^(?:\$?ctx\.)?[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

export const isName = (text: string): boolean => NAME.test(text);

export function located(tree: ScalarText): Located {
  return { text: tree.value, at: tree.source.place(tree.start) };
}

/** Where in its source a part of a text stands, as far as the two are alike. */
function offsetOf(tree: ScalarText, offset: number): number {
  const { value, source, start, end } = tree;
  const lineStart = value.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = value.indexOf('\n', lineStart);
  const line = value.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  const found = source.text.slice(start, end).indexOf(line);
  return found < 0 ? 0 : found + offset - lineStart;
}

/** Reads a text; what cannot be read is a fault at its place. */
function check(tree: ScalarText, faults: Faults, what: string, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    faults.error({ tree, offset: offsetOf(tree, error.offset) }, `${what}: ${error.message}`, error.suggestion);
  }
}

function checked(tree: ScalarText, faults: Faults, what: string, read: (text: string) => unknown): Located {
  const source = located(tree);
  check(tree, faults, what, () => {
    readOnce(source, read);
  });
  return source;
}

export function template(tree: ScalarText, faults: Faults, what: string): Located {
  return checked(tree, faults, what, parseTemplate);
}

/** A registered name, else an expression. */
export function condition(tree: ScalarText, faults: Faults): Located {
  return isName(tree.value) ? located(tree) : checked(tree, faults, 'The condition cannot be read', parseExpression);
}

/** A registered name, else assignments. */
export function transform(tree: ScalarText, faults: Faults): Located {
  return isName(tree.value) ? located(tree) : checked(tree, faults, 'The transform cannot be read', parseAssignments);
}

function checkInputs(tree: Tree, faults: Faults): void {
  if (tree.kind === 'list') for (const item of tree.items) checkInputs(item, faults);
  else if (tree.kind === 'map') for (const { value } of tree.entries) checkInputs(value, faults);
  else if (typeof tree.value === 'string') {
    check({ ...tree, value: tree.value }, faults, 'The input cannot be read', () => parseInputs(tree.value));
    if (/^\$(?!\$|ctx[.[]|errors[.[])[a-z]+[.[]/.test(tree.value)) {
      faults.trap(
        tree,
        'This looks like a reference but is taken as it stands.',
        'References begin with `$ctx.` or `$errors.`; `$$` stands for `$`.',
      );
    }
  }
}

/** Plain data with references. */
export function inputs(tree: MapTree, faults: Faults): Inputs {
  checkInputs(tree, faults);
  // The plain value of a map is a record.
  return plainValue(tree) as Inputs;
}

/** A mapping from names to data: what is no reference yet becomes one. */
export function mapping(tree: MapTree, faults: Faults): Inputs {
  const entries = tree.entries.flatMap(({ name, value }) => {
    if (isNothing(value)) return [];
    if (value.kind !== 'scalar' || typeof value.value !== 'string') return [[name, plainValue(value)] as const];
    const { value: text } = value;
    checkInputs(value, faults);
    return [[name, PATH.test(text) && !text.startsWith('$') ? `$ctx.${text.replace(/^ctx\./, '')}` : text] as const];
  });
  return Object.fromEntries(entries);
}
