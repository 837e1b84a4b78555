/** What a node may not do with tools. */
import { AgentError } from '../../core/index.ts';
import type { ToolSpec } from '../../core/index.ts';
import type { Constraints } from '../document.ts';

/** Why a node may not use a tool; undefined when it may. */
export function refusal(
  { write, network, allowedTools, blockedTools }: Constraints,
  tool: ToolSpec,
): string | undefined {
  const named = (names: readonly string[]): boolean =>
    [tool.name, ...tool.aliases].some((name) => names.includes(name));
  if (blockedTools && named(blockedTools)) return 'it is blocked';
  if (allowedTools && !named(allowedTools)) return 'it is not among those that are allowed';
  if (!write && tool.effect !== 'read') return 'it changes something, and `write` is blocked';
  if (!network && tool.category === 'network') return 'it needs the network, which is blocked';
  return undefined;
}

/** What is allowed by both: by a node, and by what it lies in. */
export function narrowed(own: Constraints, around: Constraints | undefined): Constraints {
  if (!around) return own;
  const most = Math.min(own.maxToolCalls ?? Infinity, around.maxToolCalls ?? Infinity);
  const allowed = own.allowedTools?.filter((name) => around.allowedTools?.includes(name) ?? true);
  const allowedTools = allowed ?? around.allowedTools;
  const blockedTools = [...(own.blockedTools ?? []), ...(around.blockedTools ?? [])];
  return {
    llm: own.llm && around.llm,
    network: own.network && around.network,
    write: own.write && around.write,
    ...(most < Infinity ? { maxToolCalls: most } : {}),
    ...(allowedTools ? { allowedTools } : {}),
    ...(blockedTools.length > 0 ? { blockedTools } : {}),
  };
}

/**
 * Refuses a tool that a node may not use.
 *
 * @throws AgentError `tool-denied`.
 */
export function demandAllowed(constraints: Constraints, tool: ToolSpec, node: string): void {
  const why = refusal(constraints, tool);
  if (why === undefined) return;
  throw new AgentError('tool-denied', `The constraints of "${node}" do not let it use "${tool.name}": ${why}.`, {
    fix: 'Use another tool, or change the constraints of the node.',
    details: { node, tool: tool.name, retry: false },
  });
}
