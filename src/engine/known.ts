/** What a thread's log knows of a version. */
import { AgentError, isAgentError } from '../core/index.ts';
import type { ThreadLog } from '../core/index.ts';
import type { Values } from '../state/index.ts';

/** The values of a version, unless the records that they are made of are damaged. */
export async function knownValues(log: ThreadLog, version: number): Promise<Values | undefined> {
  try {
    return Object.fromEntries(await log.fold(version));
  } catch (error) {
    if (isAgentError(error) && error.code === 'corrupt-record') return undefined;
    throw error;
  }
}

/**
 * Checks that a thread is where whoever changes it has seen it.
 *
 * @throws AgentError `version-conflict`.
 */
export function checkVersion({ head }: ThreadLog, { version }: { readonly version: number }): void {
  if (head === version) return;
  throw new AgentError('version-conflict', `The thread is at version ${head}, not ${version}.`, {
    fix: 'Read it again with getState() and decide anew.',
    details: { version: head, expected: version },
  });
}
