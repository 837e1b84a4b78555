/** Finds where a conversation branches off. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Checkpointer } from '../core/index.ts';

/**
 * The version of a thread before a message came into it.
 *
 * @throws AgentError `unknown-version` when the log does not have it, or no longer.
 */
export async function versionBefore(checkpointer: Checkpointer, threadId: string, messageId: string): Promise<number> {
  const log = await checkpointer.open(threadId, '', { signal: new AbortController().signal });
  let found: number | undefined;
  for await (const { version, writes } of log.entries()) {
    for (const [name, op, added] of writes) {
      if (name !== 'messages' || op !== 'append') continue;
      // The last time: what was taken back may have come again.
      if ((added as readonly unknown[]).some((one) => isRecord(one) && one['id'] === messageId)) found = version - 1;
    }
  }
  if (found !== undefined) return found;
  throw new AgentError('unknown-version', `The log has no message "${messageId}".`, {
    fix: 'Name a message of this thread that was not pruned.',
    details: { messageId },
  });
}
