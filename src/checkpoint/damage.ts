/** Damage: what is stored and cannot be read as it was written. */
import { AgentError, isAgentError } from '../core/index.ts';

/** Whether an error says that something stored is damaged. */
export const isDamage = (error: unknown): error is AgentError => isAgentError(error) && error.code === 'corrupt-record';

/** The error for a version that no record has. */
export function lacking(thread: string, version: number): AgentError {
  return new AgentError('corrupt-record', `Thread "${thread}" lacks the record of version ${version}.`, {
    fix: 'The thread goes on from the version before; what came after it is lost.',
    details: { thread, version },
  });
}

/** Not damage: a later version of inpage has written a record, and nothing of its thread may be touched. */
export function unknownFormat(record: { readonly thread: string; readonly format: number }, known: number): AgentError {
  const { thread, format } = record;
  return new AgentError(
    'unknown-format',
    `Thread "${thread}" has a record of format ${format}, this version reads ${known}.`,
    {
      fix: 'Reload the page to get the newer version of inpage that wrote it.',
      details: { thread, format },
    },
  );
}
