/** The workflows that workflows run: each has to be there, and none may run itself. */
import type { Located, WorkflowSpec } from '../document.ts';
import { suggest } from '../faults.ts';
import type { Faults } from '../faults.ts';
import type { ScalarTree, Source } from '../tree.ts';

type Workflows = Readonly<Record<string, WorkflowSpec>>;

function called({ nodes }: WorkflowSpec): readonly Located[] {
  return nodes.flatMap((node) => (node.type === 'workflow' && node.workflow.text !== '' ? [node.workflow] : []));
}

/** A chain of names that leads from a workflow back to it. */
function circle(name: string, workflows: Workflows, open: readonly string[]): readonly string[] | undefined {
  const spec = Object.hasOwn(workflows, name) ? workflows[name] : undefined;
  for (const { text } of spec ? called(spec) : []) {
    if (text === open[0]) return [...open, text];
    if (open.includes(text)) continue;
    const found = circle(text, workflows, [...open, text]);
    if (found) return found;
  }
  return undefined;
}

/** Checks the names of sub-workflows against those that the document has. */
export function checkWorkflowNames(workflows: Workflows, faults: Faults, source: Source): void {
  const names = Object.keys(workflows);
  for (const [name, spec] of Object.entries(workflows)) {
    const found = circle(name, workflows, [name]);
    for (const { text, at } of called(spec)) {
      // A node that came from another file stands there.
      const start = at.file === source.file ? offsetOf(source, at.line, at.column) : 0;
      const tree: ScalarTree = { kind: 'scalar', value: text, plain: true, source, start, end: start + text.length };
      if (!names.includes(text))
        faults.error(tree, `There is no workflow \`${text}\` in the document.`, suggest(text, names));
      else if (found?.[1] === text) faults.error(tree, `The workflow \`${name}\` runs itself: ${found.join(' → ')}.`);
    }
  }
}

function offsetOf(source: Source, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = source.text.indexOf('\n', start) + 1;
  return start + column - 1;
}
