/** What the status line says when a view of a thread follows another: the boundaries of a run, never its tokens. */
import type { ThreadView } from '../src/client/index.ts';
import { isRecord } from '../src/core/index.ts';
import type { Interrupt } from '../src/core/index.ts';
import type { Strings } from './strings/index.ts';
import { inWords } from './words.ts';

function question({ kind, payload }: Interrupt, strings: Strings): string {
  const tool = isRecord(payload) ? payload['tool'] : undefined;
  if (kind === 'outcome-unknown' && typeof tool === 'string') return strings.asksOutcome(inWords(tool));
  if (kind !== 'approval') return strings.asksAnswer;
  return typeof tool === 'string' ? strings.asksApproval(inWords(tool)) : `${strings.approvalTitle}.`;
}

/** The sentence for what has changed from `before` to `after`, or undefined when that is no boundary. */
export function announcement(before: ThreadView, after: ThreadView, strings: Strings): string | undefined {
  const asked = after.interrupts.find(({ id }) => !before.interrupts.some((known) => known.id === id));
  if (asked !== undefined) return question(asked, strings);
  if (after.ended !== undefined && after.ended !== before.ended) {
    // That a run waits is already said, and better, by what it asks.
    return after.interrupts.length > 0 ? undefined : strings.ended[after.ended.status];
  }
  if (after.running && !before.running) return strings.working;
  // Who answers now, and where what was written went.
  const notice = after.notices.at(before.notices.length);
  return notice?.model ? strings.standIn(notice.model.id, notice.model.sentTo.join(', ')) : undefined;
}
