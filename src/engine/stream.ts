/** A run as a stream: its events through a bounded queue, of the modes that were asked for. */
import { createQueue } from '../core/index.ts';
import type { Queue, RunEvent } from '../core/index.ts';
import type { StreamMode } from './options.ts';

/** Events that may wait for a reader before the run waits too. */
const CAPACITY = 1024;

const MODE_OF: Readonly<Partial<Record<RunEvent['type'], StreamMode>>> = {
  values: 'values',
  update: 'updates',
  'text-start': 'messages',
  'text-delta': 'messages',
  'text-end': 'messages',
  'reasoning-delta': 'messages',
  'tool-input-delta': 'messages',
  custom: 'custom',
};

/** Whether a stream of these modes gives the event. `values` and `update` come in their own modes alone. */
export function isWanted({ type }: RunEvent, modes: ReadonlySet<StreamMode>): boolean {
  const mode = MODE_OF[type];
  if (type === 'run-end' || (mode !== undefined && modes.has(mode))) return true;
  return modes.has('events') && mode !== 'values' && mode !== 'updates';
}

/** The queue between a run and the reader of its stream. */
export function createEventQueue(onReturn: () => void): Queue<RunEvent> {
  return createQueue(CAPACITY, onReturn);
}
