/** Which calls a person must allow first. */
import type { ToolSpec } from '../core/index.ts';

/** Reads never ask; of the rest, everything above low danger does. */
export function needsApproval(tool: ToolSpec): boolean {
  return tool.effect !== 'read' && tool.danger !== 'low';
}
