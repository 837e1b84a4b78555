/** Damage: what is stored and cannot be read as it was written. */
import { AgentError, isAgentError } from '../core/index.ts';

/** Whether an error says that something stored is damaged. */
export const isDamage = (error: unknown): error is AgentError => isAgentError(error) && error.code === 'corrupt-record';

/** What some work comes to, unless what it works with is damaged. */
export function unlessDamaged<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

/** The error for a thread of which something is lost. */
export function damaged(thread: string, version: number, why: string, cause?: unknown): AgentError {
  return new AgentError('corrupt-record', `Thread "${thread}" is damaged at version ${version}: ${why}.`, {
    fix: 'It goes on with what could be read; the rest is lost.',
    details: { thread, version },
    cause,
  });
}

/** The error for a version that no record has. */
export const lacking = (thread: string, version: number): AgentError =>
  damaged(thread, version, 'its record is missing');

/** Not damage: a later version of inpage has made it, and nothing of it may be touched. */
export function unknownFormat(what: string, format: number | undefined): AgentError {
  return new AgentError('unknown-format', `A later version of inpage has written ${what}, in format ${format}.`, {
    fix: 'Reload the page to get that version of inpage.',
    details: { format },
  });
}
