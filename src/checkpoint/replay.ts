/** Reads a thread's segments back into entries, as far as they are good. */
import { AgentError, isAgentError } from '../core/index.ts';
import type { LogEntry } from '../core/index.ts';
import { decodeSegment } from './segment.ts';
import type { StoredSegment } from './segment.ts';

export interface Replay {
  /** The entry of version n is `entries[n - 1]`. */
  readonly entries: readonly LogEntry[];
  /** Why the rest could not be read, when the log is damaged. */
  readonly damage?: AgentError;
}

function gap(segment: StoredSegment, expected: number): AgentError {
  return new AgentError('corrupt-record', `Thread "${segment.thread}" lacks the record of version ${expected}.`, {
    fix: 'The thread goes on from the version before; what came after it is lost.',
    details: { thread: segment.thread, version: expected },
  });
}

/** The longest good prefix of a log. A damaged or missing record ends it, and is told in `damage`. */
export function replay(segments: readonly StoredSegment[], head: number, thread: string): Replay {
  const entries: LogEntry[] = [];
  try {
    for (const segment of segments) {
      if (segment.seq0 !== entries.length + 1) throw gap(segment, entries.length + 1);
      entries.push(...decodeSegment(segment));
    }
  } catch (error) {
    if (isAgentError(error) && error.code === 'corrupt-record') return { entries, damage: error };
    throw error;
  }
  if (entries.length >= head) return { entries };
  const missing = new AgentError('corrupt-record', `Thread "${thread}" ends at version ${entries.length} of ${head}.`, {
    fix: 'The thread goes on from there; what came after it is lost.',
    details: { thread, version: entries.length + 1 },
  });
  return { entries, damage: missing };
}
