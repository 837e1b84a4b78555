/** Draft nodes: they change a draft of the state as if it were theirs, and their changes become writes. */
import { createDraft } from '../state/index.ts';
import { Command } from './command.ts';
import type { PlanFunction } from './plan.ts';
import { LoweredResult } from './task.ts';
import { isThenable } from './thenable.ts';

/** A draft node as the plan runs it. The draft is revoked when the node ends, however it does. */
export function draftNode(run: PlanFunction): PlanFunction {
  return (_, context) => {
    const { plan, values } = context.frame;
    const { draft, finish, revoke } = createDraft(plan.channels, values);
    const done = (returned: unknown): LoweredResult =>
      new LoweredResult(finish(), returned instanceof Command ? returned : undefined);
    context.onClose = revoke;
    const returned = run(draft, context);
    return isThenable(returned) ? returned.then(done) : done(returned);
  };
}
