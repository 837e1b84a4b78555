/** Which of the calls that were made are wanted, and which of the wanted ones are still to be made. */
import { fitsCall } from './same-input.ts';
import type { Call, SetName, SetTool, WantedCall } from './sets.ts';

/** Takes each wanted call that some calls fit away, once. Gives what is left of both. */
export function match(
  wanted: readonly WantedCall[],
  calls: readonly Call[],
  toolOf: (name: string) => SetTool | undefined,
  set: SetName,
): { readonly open: readonly WantedCall[]; readonly extra: readonly Call[] } {
  const open = [...wanted];
  const extra = calls.filter(({ tool: name, input }) => {
    const tool = toolOf(name);
    const at = open.findIndex((call) => tool !== undefined && call.tool === name && fitsCall(tool, call, input, set));
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
  return { open, extra };
}
