/** Run events in their plain form. */
import { fromWire, toWire } from '../core/index.ts';
import type { RunEvent } from '../core/index.ts';
import type { WireEvent } from './protocol.ts';

/** The event with its error in plain form. The inverse of {@link eventFromWire}. */
export function eventToWire(event: RunEvent): WireEvent {
  if (!('error' in event) || event.error === undefined) return event as WireEvent;
  return { ...event, error: toWire(event.error) } as WireEvent;
}

/** The event with its error as an AgentError. The inverse of {@link eventToWire}. */
export function eventFromWire(event: WireEvent): RunEvent {
  if (!('error' in event) || event.error === undefined) return event as RunEvent;
  return { ...event, error: fromWire(event.error) } as RunEvent;
}
