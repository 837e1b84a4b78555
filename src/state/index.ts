/** State: channels, lowering of updates to writes, and applying writes to values. Pure. */
export { admit } from './admit.ts';
export { apply, applyAll, NO_VALUES } from './apply.ts';
export type { Values } from './apply.ts';
export { append, last } from './channel.ts';
export type { Channel, Channels, State, Update } from './channel.ts';
export { mergeWrites } from './conflict.ts';
export type { TaskWrites } from './conflict.ts';
export { initialWrites, lower } from './lower.ts';
export {
  frontier,
  interrupts,
  INTERRUPTS,
  MEMO,
  memo,
  NEXT,
  PENDING,
  pending,
  sends,
  SENDS,
  snapshot,
  userState,
} from './position.ts';
export type { Frontier, PendingSend, PendingTask } from './position.ts';
