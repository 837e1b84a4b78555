/** Which calls a person must allow first, and for how long a yes may hold. */
import { isRecord, stableText } from '../core/index.ts';
import type { Approval, ApprovalScope, Grant, OutcomeAnswer, ToolSpec } from '../core/index.ts';
import type { RegisteredTool } from './registry.ts';

/** When a person is asked: never, before what could do harm, or before every call. */
export type ApprovalMode = 'auto' | 'dangerous' | 'all';

/** Whether a call asks: not at all, unless somebody has granted it, or in any case. */
export type Demand = 'none' | 'unless-granted' | 'always';

/**
 * Whether a call of a tool asks.
 *
 * @param isTainted whether the conversation has read untrusted text. Then whatever could do harm, and every navigation,
 *   asks each time: the request may come from the text instead of the person.
 */
export function demand(tool: ToolSpec, mode: ApprovalMode, isTainted: boolean): Demand {
  const isRisky = tool.danger !== 'low';
  if (tool.review || (isTainted && (isRisky || tool.effect === 'navigate'))) return 'always';
  const asks = mode === 'all' || (mode === 'dangerous' && isRisky && tool.effect !== 'read');
  return asks ? 'unless-granted' : 'none';
}

const ALL_SCOPES: readonly ApprovalScope[] = ['once', 'run', 'thread', 'always'];
const ONLY_ONCE: readonly ApprovalScope[] = ['once'];

/** How long a yes may hold. One to what is to be reviewed, or after untrusted text was read, holds for its call alone. */
export function scopesOf(isOnce: boolean): readonly ApprovalScope[] {
  return isOnce ? ONLY_ONCE : ALL_SCOPES;
}

/** What a tool is, for grants: one that has come to be something else must ask again. */
export function fingerprint({ tool, source }: RegisteredTool): string {
  const { name, description, effect, danger, input } = tool;
  return stableText({ source, name, description, effect, danger, input });
}

/** Whether a grant holds for a call. */
export function covers(grant: Grant, entry: RegisteredTool, threadId: string, messageId: string): boolean {
  const { scope } = grant;
  if (grant.tool !== entry.tool.name || grant.fingerprint !== fingerprint(entry)) return false;
  if (scope === 'always') return true;
  return grant.threadId === threadId && (scope === 'thread' || grant.messageId === messageId);
}

/** Whether an answer is an {@link Approval}. What is not, counts as no yes. */
export function isApproval(answer: unknown): answer is Approval {
  if (!isRecord(answer)) return false;
  const { decision, reason, scope } = answer;
  if (decision === 'reject') return reason === undefined || typeof reason === 'string';
  return decision === 'approve' && (scope === undefined || ALL_SCOPES.some((known) => known === scope));
}

/** Whether an answer says what became of a call that was cut off. */
export function isOutcomeAnswer(answer: unknown): answer is OutcomeAnswer {
  return isRecord(answer) && ['done', 'retry', 'cancel'].some((known) => known === answer['outcome']);
}
