/**
 * Verticals: tools, prompts and stages that belong together, loaded once for a page and allowed what the site grants.
 *
 * @example
 * import { createAgent } from 'inpage';
 * import { useVertical } from 'inpage/verticals';
 * import { forms } from 'inpage/verticals/forms';
 * const agent = createAgent();
 * await useVertical(agent, forms, { grant: ['page:read', 'page:act'], within: '#booking' });
 *
 * @module
 */
import { createGround, isOff, keepOff, loadPageHalf, openWorkerHalf } from './ground/index.ts';
import { checkVertical, createUse } from './verticals/index.ts';
import type { UseOptions, Vertical, VerticalAgent, VerticalHandle, VerticalUse } from './verticals/index.ts';

export { AgentError, isAgentError } from './core/index.ts';
export type { AgentVerticals, VerticalChange, VerticalEntry } from './core/index.ts';
export { withVerticals } from './verticals/index.ts';
export type {
  Activate,
  Activated,
  AnyVerticalTool,
  Capability,
  CodeAddress,
  FetchOptions,
  FieldKind,
  FieldOption,
  FieldValue,
  Ground,
  PageField,
  PageForm,
  PageGround,
  RunWorkflow,
  StorageGround,
  Submission,
  UseOptions,
  Vertical,
  VerticalAgent,
  VerticalHandle,
  VerticalHost,
  VerticalPrompts,
  VerticalTool,
  VerticalToolContext,
  VerticalToolEntry,
  VerticalUse,
} from './verticals/index.ts';

/** The version of inpage, which the `engine` of a manifest is held against. */
export const VERSION = '0.1.0';

const origin = (): string => globalThis.location.origin;

/**
 * Brings several verticals to an agent, each after those that it depends on. All agents with the same options share them,
 * and so do all copies of inpage on the page: each is loaded once. One that is there already stays as it is; see
 * `replace()` of its handle.
 *
 * @param uses each with what it is granted.
 * @returns a handle for each, in the same order.
 * @throws AgentError `invalid-vertical`, `vertical-incompatible`, `vertical-missing` and `vertical-cycle` before anything is
 *   loaded; `vertical-failed` for what cannot be loaded, which may be tried again.
 */
export function useVerticals(agent: VerticalAgent, uses: readonly VerticalUse[]): Promise<readonly VerticalHandle[]> {
  return createUse({
    engine: VERSION,
    origin: origin(),
    load: loadPageHalf,
    openPart: openWorkerHalf,
    ground: ({ id }, namespace, within) => createGround(id, namespace, within),
    isOff,
    keepOff,
  })(agent, uses);
}

/**
 * Brings one vertical to an agent; see {@link useVerticals}.
 *
 * @example
 * const handle = await useVertical(agent, forms, { grant: ['page:read', 'page:act'] });
 */
export async function useVertical(
  agent: VerticalAgent,
  vertical: Vertical,
  options: UseOptions = {},
): Promise<VerticalHandle> {
  const [handle] = await useVerticals(agent, [[vertical, options]]);
  // There is one for each that was given.
  return handle as VerticalHandle;
}

/**
 * Returns its argument, once it has been checked as `useVertical()` checks it.
 *
 * @throws AgentError `invalid-vertical`, naming every fault at once.
 */
export function defineVertical(vertical: Vertical): Vertical {
  return checkVertical(vertical, 'location' in globalThis ? origin() : 'https://localhost');
}
