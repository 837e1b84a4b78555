/** A transform: sets names in the data. */
import type { TransformSpec } from '../document.ts';
import { parseAssignments } from '../expression/assignments.ts';
import { isName } from '../read/texts.ts';
import type { Compilation } from './parts.ts';
import type { WorkflowNode } from './ports.ts';
import { errorsOf, located } from './scope.ts';

export function transformNode(spec: TransformSpec, compilation: Compilation): WorkflowNode | undefined {
  const { transform } = spec;
  if (isName(transform.text)) {
    const registered = compilation.registered('transforms', transform, compilation.options.transforms);
    return registered && (async ({ data }, context) => ({ data: { ...data, ...(await registered(data, context)) } }));
  }
  const assignments = compilation.parse(transform, parseAssignments);
  if (!assignments) return undefined;
  return (state) => ({ data: located(transform, () => assignments.apply(state.data, errorsOf(state))) });
}
