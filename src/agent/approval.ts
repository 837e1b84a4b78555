/** The one shape of an approval's answer. */
import { isRecord } from '../core/index.ts';
import type { Approval } from '../core/index.ts';

/** Whether an answer is an {@link Approval}. What is not, counts as no yes. */
export function isApproval(answer: unknown): answer is Approval {
  if (!isRecord(answer)) return false;
  const { decision, reason } = answer;
  return decision === 'approve' || (decision === 'reject' && (reason === undefined || typeof reason === 'string'));
}
