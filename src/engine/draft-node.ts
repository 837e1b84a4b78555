/** Draft nodes: they change a draft of the state as if it were theirs, and their changes become writes. */
import { createDraft } from '../drafts/index.ts';
import type { Channels, Draft, State } from '../state/index.ts';
import { isCommand } from './command.ts';
import type { Command } from './command.ts';
import type { Context } from './context.ts';
import type { Node } from './graph.ts';
import { markTakesState } from './node-mark.ts';
import type { PlanFunction } from './plan.ts';
import { LoweredResult } from './task.ts';
import { isThenable } from './thenable.ts';

/** A node that changes a draft of the state in place. The draft ends with the node: touching it later throws. */
export type DraftNode<C, X> = (
  draft: Draft<State<C>>,
  context: Context<X>,
) => Command<C> | void | Promise<Command<C> | void>;

/**
 * Makes a node of a function that changes a draft of the state. What it changes becomes the same writes that an update
 * would; other nodes see nothing of it before.
 *
 * @returns a node that takes the state, so nothing can be sent to it.
 * @throws AgentError (in the node) `draft-revoked` for a draft that is touched after its node has ended.
 * @example
 * builder.addNode('tick', draftNode((draft) => {
 *   draft.plan.steps[0].done = true;
 *   draft.log.push('ticked');
 * }));
 */
export function draftNode<C extends Channels, X>(node: DraftNode<C, X>): Node<C, X> {
  // The plan calls it with the channels that it was written for, so the types meet again there.
  const change = node as unknown as PlanFunction;
  const run: PlanFunction = (_, context) => {
    const { plan, values } = context.frame;
    const { draft, finish, revoke } = createDraft(plan.channels, values);
    const done = (returned: unknown): LoweredResult =>
      new LoweredResult(finish(), isCommand(returned) ? returned : undefined);
    context.onClose = revoke;
    const returned = change(draft, context);
    return isThenable(returned) ? returned.then(done) : done(returned);
  };
  return markTakesState(run) as unknown as Node<C, X>;
}
