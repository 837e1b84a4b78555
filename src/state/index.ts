/** State: channels, lowering of updates to writes, and applying writes to values. Pure. */
export { admit, isAdmitted, refuse, seal } from './admit.ts';
export { AppendLog } from './append-log.ts';
export { apply } from './apply.ts';
export { append, last, local, map, Overwrite, reduce, text } from './channel.ts';
export type { Channel, Channels, Draft, State, Update } from './channel.ts';
export { diff, difference } from './diff.ts';
export { foldUpdates, initialWrites, lower, setWrite, storedWrites, unknownChannel } from './lower.ts';
export type { Lowered, ReduceUpdate } from './lower.ts';
export { MapLog } from './map-log.ts';
export { mergeWrites } from './merge.ts';
export type { TaskWrites } from './merge.ts';
export {
  BY,
  frontier,
  GRAPH,
  graphOf,
  INPUT,
  INTERRUPTS,
  interrupts,
  MEMO,
  memo,
  NEXT,
  PENDING,
  pending,
  SENDS,
  sends,
  snapshot,
  UNDO,
  userChannels,
  userState,
} from './position.ts';
export type { Frontier, ParentCommand, PendingSend, PendingTask, StoredFailure } from './position.ts';
export { isIndex, putRecords } from './puts.ts';
export type { EntryChange } from './puts.ts';
export { NO_VALUES, plain, read, valueOf, view } from './values.ts';
export type { Values } from './values.ts';
