/** Run events in their plain form. */
import { fromWire, toWire } from '../core/index.ts';
import type { RunEvent } from '../core/index.ts';
import type { WireEvent } from './protocol.ts';

/** The event with its error in plain form. The inverse of {@link eventFromWire}. */
export function eventToWire(event: RunEvent): WireEvent {
  const plain: unknown = 'error' in event ? { ...event, error: toWire(event.error) } : event;
  // The two unions differ in the type of `error` alone.
  return plain as WireEvent;
}

/** The event with its error as an AgentError. The inverse of {@link eventToWire}. */
export function eventFromWire(event: WireEvent): RunEvent {
  const revived: unknown = 'error' in event ? { ...event, error: fromWire(event.error) } : event;
  return revived as RunEvent;
}
