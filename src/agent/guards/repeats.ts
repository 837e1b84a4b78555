/** Whether a call is made again and again to no avail. */
import type { Limits } from '../../core/index.ts';
import type { Made } from './rounds.ts';

/**
 * How often a call has been made with one and the same result, and how often it may be.
 *
 * What a person would not call a repetition does not count: leafing through pages that differ, waiting for something
 * that changes, and looking again after something was changed. A write that succeeds is often meant to be made again,
 * as in "add another one", and may be made more often.
 *
 * @param made the calls of the turn that have ended.
 */
export function repetition(
  made: readonly Made[],
  { name, key }: Pick<Made, 'name' | 'key'>,
  { sameCalls, sameWrites, sameCallsWithin }: Limits,
): { readonly times: number; readonly most: number } {
  let latest: Made | undefined;
  let times = 0;
  let most = sameCalls;
  let within = sameCallsWithin;
  for (let index = made.length - 1; index >= 0 && made.length - index <= within; index--) {
    const call = made[index] as Made;
    const isWritten = call.ended === 'ok' && !call.reads;
    if (call.name !== name || call.key !== key) {
      // From here on it may give something else.
      if (isWritten) break;
      continue;
    }
    if (call.ended !== 'blocked') {
      if (!latest) {
        latest = call;
        if (isWritten) most = sameWrites;
        within = Math.max(within, most);
      }
      if (call.gave !== latest.gave || call.ended !== latest.ended) break;
    }
    times++;
  }
  return { times, most };
}
