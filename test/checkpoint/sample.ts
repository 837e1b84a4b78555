/** A thread whose state at every version is known. */
import type { LogEntry, ThreadLog, Write } from '../../src/core/index.ts';
import { apply, NO_VALUES, plain } from '../../src/state/index.ts';

/** The entry of a version: one change of each kind of channel, with a text of some length. */
export function entryOf(version: number, length = 0): LogEntry {
  const writes: Write[] = [
    ['n', 'set', version],
    ['list', 'append', [`${version} `.padEnd(length, '.')]],
    ['map', 'put', { [`key${version % 50}`]: version }],
    ['said', 'text', `${version}, `],
  ];
  return { ns: '', runId: 'run', step: version, writes };
}

/** Appends the entries up to a version, each in a segment of its own or all together. */
export async function fill(
  log: ThreadLog,
  to: number,
  options: { length?: number; apart?: boolean } = {},
): Promise<void> {
  while (log.head < to) {
    log.append(entryOf(log.head + 1, options.length));
    if (options.apart) await log.flushed(log.head);
  }
  await log.flushed(to);
}

/** The state at a version. */
export function stateAt(version: number, length = 0): Map<string, unknown> {
  const writes = Array.from({ length: version }, (_, index) => entryOf(index + 1, length).writes).flat();
  return new Map(Object.entries(plain(apply(NO_VALUES, writes))));
}
