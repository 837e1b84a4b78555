/** A transform: sets names in the data. */
import type { TransformSpec } from '../document.ts';
import { parseAssignments } from '../expression/assignments.ts';
import { isName } from '../read/texts.ts';
import type { Data } from './channels.ts';
import type { Compilation } from './parts.ts';
import type { WorkflowNode } from './ports.ts';
import { errorsOf, located } from './scope.ts';

export function transformNode(spec: TransformSpec, compilation: Compilation): WorkflowNode | undefined {
  const { transform } = spec;
  if (isName(transform.text)) {
    const registered = compilation.registered('transforms', transform, compilation.options.transforms);
    if (!registered) return undefined;
    return async ({ data }, context) => {
      const set = await compilation.ask(spec, registered, undefined, data, (seen) => registered(seen, context));
      // A transform gives a record of the names to set.
      return { data: { ...data, ...(set as Data) } };
    };
  }
  const assignments = compilation.parse(transform, parseAssignments);
  if (!assignments) return undefined;
  return (state) => ({ data: located(transform, () => assignments.apply(state.data, errorsOf(state))) });
}
