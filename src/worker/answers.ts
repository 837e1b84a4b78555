/** What an answer comes to: refused where it means nothing, and shared by the questions that it also settles. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Answers, ApprovalRequest, Interrupt } from '../core/index.ts';
import { isApproval, isOutcomeAnswer } from '../tools/index.ts';
import type { Executor } from '../tools/index.ts';

/** The payload of an approval of the agent's own. A site's graph may ask for one with a payload of its own. */
function requestOf({ kind, payload }: Interrupt): ApprovalRequest | undefined {
  // The agent's own payloads are made by its executor alone.
  return kind === 'approval' && isRecord(payload) ? (payload as unknown as ApprovalRequest) : undefined;
}

/** When a question of the host's own expires, in ms since 1970; Infinity for never. */
function expiryOf({ payload }: Interrupt): number {
  const { expiresAt } = (isRecord(payload) ? payload : {}) as Partial<ApprovalRequest>;
  return expiresAt ?? Infinity;
}

/** The questions that nobody has answered in time. */
export function expired(interrupts: readonly Interrupt[], now: number): readonly Interrupt[] {
  return interrupts.filter((interrupt) => expiryOf(interrupt) <= now);
}

/** When the next question expires, in ms since 1970; Infinity for never. */
export const nextExpiry = (interrupts: readonly Interrupt[]): number => Math.min(...interrupts.map(expiryOf));

/** The answer that silence gives once its time is up: a no to a call; the node of a workflow has a word of its own. */
export const silence = ({ kind }: Interrupt): object =>
  kind === 'approval' ? { decision: 'reject', reason: 'Nobody answered in time.' } : { status: 'expired' };

function refuse({ id }: Interrupt, value: unknown, fix: string): AgentError {
  return new AgentError('invalid-answer', 'The question takes no such answer; it stays open.', {
    fix,
    details: { id, answer: isRecord(value) ? Object.keys(value) : typeof value },
  });
}

/**
 * Checks an answer before it is kept; a question whose answer is refused stays open.
 *
 * @param executor given when the question is the agent's own, which is about a tool.
 * @throws AgentError `invalid-answer`, `approval-expired`, `tool-gone`, `invalid-tool-input`.
 */
async function check(open: Interrupt, value: unknown, now: number, executor: Executor | undefined): Promise<void> {
  if (open.kind === 'outcome-unknown' && !isOutcomeAnswer(value)) {
    throw refuse(open, value, "Answer { outcome: 'done' }, { outcome: 'retry' } or { outcome: 'cancel' }.");
  }
  const request = requestOf(open);
  if (!request) return;
  if (!isApproval(value)) {
    throw refuse(open, value, "Answer { decision: 'approve' } or { decision: 'reject', reason }.");
  }
  if (value.decision === 'reject' || !executor) return;
  if (expired([open], now).length > 0) {
    throw new AgentError('approval-expired', 'The time to answer is over; nothing was done.', {
      fix: 'Ask for it again.',
      details: { id: open.id, tool: request.tool },
    });
  }
  await executor.admit(request.tool, value.input === undefined ? request.input : value.input);
}

/**
 * The answers that answers give. A yes that holds for more than its call also settles the questions about the same tool
 * that are open beside it, unless they are asked in any case.
 *
 * @throws AgentError what {@link check} throws.
 */
export async function answersTo(
  interrupts: readonly Interrupt[],
  given: Answers,
  now: number,
  executor: Executor | undefined,
): Promise<Answers> {
  const answers: Record<string, unknown> = { ...given };
  for (const [id, value] of Object.entries(given)) {
    const open = interrupts.find((interrupt) => interrupt.id === id);
    // One that is not open is for the engine to refuse.
    if (!open) continue;
    await check(open, value, now, executor);
    const request = requestOf(open);
    if (!executor || !request || !isApproval(value) || value.decision === 'reject') continue;
    const { scope = 'once' } = value;
    if (scope === 'once' || !request.scopes.includes(scope)) continue;
    for (const other of interrupts) {
      const beside = requestOf(other);
      if (other.id in given || beside?.tool !== request.tool || beside.taintedBy !== undefined) continue;
      if (expired([other], now).length === 0) answers[other.id] = { decision: 'approve' };
    }
  }
  return answers;
}
