/** Variables in a document: `$env.NAME` and `${NAME:-default}`, from the map that the site gives. */
import type { Faults } from '../faults.ts';
import { suggest } from '../faults.ts';
import type { Entry, ScalarTree, Tree } from '../tree.ts';

export type Env = Readonly<Record<string, string>>;

/** `$$` before either keeps it as it is. */
const VARIABLE = /\$\$(?=env\.|\{)|\$env\.([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;
const WHOLE = /^(?:\$env\.[A-Za-z_]\w*|\$\{[A-Za-z_]\w*(?::-[^}]*)?\})$/;
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const WORDS: Readonly<Record<string, ScalarTree['value']>> = { true: true, false: false, null: null, '': null };

/** What YAML would have made of a text without quotes. */
function scalarOf(text: string): ScalarTree['value'] {
  if (Object.hasOwn(WORDS, text)) return WORDS[text] ?? null;
  return NUMBER.test(text) ? Number(text) : text;
}

function scalar(tree: ScalarTree, env: Env, faults: Faults): ScalarTree {
  const { value, plain } = tree;
  if (typeof value !== 'string' || !value.includes('$')) return tree;
  const isWhole = WHOLE.test(value);
  const text = value.replace(VARIABLE, (_, first?: string, second?: string, other?: string) => {
    const name = first ?? second;
    if (name === undefined) return '$';
    if (Object.hasOwn(env, name)) return env[name] ?? '';
    if (other !== undefined) return other;
    faults.error(
      tree,
      `There is no variable \`${name}\`, and no default for it.`,
      suggest(name, Object.keys(env)) ?? `Write \`\${${name}:-…}\`.`,
    );
    return '';
  });
  if (text === value) return tree;
  // In quotes it is a text, whatever it says; and so is what is only part of a text.
  return { ...tree, value: plain && isWhole ? scalarOf(text) : text };
}

/** Whether a text may have variables at all. */
const MAY_HAVE = /\$env\.|\$\{|\$\$/;

/** A tree with its variables filled in; the same tree where it has none. */
export function interpolate(tree: Tree, env: Env, faults: Faults): Tree {
  return MAY_HAVE.test(tree.source.text) ? filled(tree, env, faults) : tree;
}

function filled(tree: Tree, env: Env, faults: Faults): Tree {
  switch (tree.kind) {
    case 'scalar':
      return scalar(tree, env, faults);
    case 'list': {
      const items = tree.items.map((item) => filled(item, env, faults));
      return items.some((item, index) => item !== tree.items[index]) ? { ...tree, items } : tree;
    }
    case 'map': {
      const entries = tree.entries.map((entry): Entry => {
        const value = filled(entry.value, env, faults);
        return value === entry.value ? entry : { ...entry, value };
      });
      return entries.some((entry, index) => entry !== tree.entries[index]) ? { ...tree, entries } : tree;
    }
  }
}
