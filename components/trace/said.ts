/** What the messages of a conversation tell of the versions that wrote them: calls, when, and what it took. Pure. */
import type { HistoryEntry, Message } from '../../src/core/index.ts';
import type { TraceCall, TraceRow } from './log.ts';
import { nodeOf } from './log.ts';

const STATUS = { json: 'ok', 'error-json': 'failed', 'execution-denied': 'denied' } as const;

const resultsOf = (messages: readonly Message[], inputs: ReadonlyMap<string, unknown>): readonly TraceCall[] =>
  messages.flatMap((message) =>
    message.role !== 'tool'
      ? []
      : message.content.map(({ toolCallId: callId, toolName: tool, output, input }): TraceCall => {
          const given = output.type === 'execution-denied' ? output.reason : output.value;
          return { callId, tool, input: input ?? inputs.get(callId), status: STATUS[output.type], output: given };
        }),
  );

/**
 * What is told of each version. Messages have no version of their own, so both are gone through from the newest, for as
 * long as they fit: what was taken back or came from outside ends it.
 */
export function saidBy(
  entries: readonly HistoryEntry[],
  messages: readonly Message[],
): ReadonlyMap<number, Partial<TraceRow>> {
  const found = new Map<number, Partial<TraceRow>>();
  const inputs = new Map(
    messages.flatMap((message) =>
      message.role === 'assistant'
        ? message.content.flatMap((part) => (part.type === 'tool-call' ? [[part.toolCallId, part.input] as const] : []))
        : [],
    ),
  );
  let end = messages.length;
  const skip = (): void => {
    while (messages[end - 1]?.role === 'system') end--;
  };
  /** The last so many, if all of them are of a role. */
  const take = (count: number, role: Message['role']): readonly Message[] | undefined => {
    skip();
    const taken = messages.slice(Math.max(0, end - count), end);
    if (taken.length < count || taken.some((message) => message.role !== role)) return undefined;
    end -= count;
    return taken;
  };
  let isQuiet = true;
  for (const { version, kind, ns, tasks, writes } of entries.toReversed()) {
    if (kind === 'question' || kind === 'answer') isQuiet = false;
    if (ns !== '' || !writes.some(({ channel }) => channel === 'messages')) continue;
    const isTools = tasks.every((task) => nodeOf(task) === 'tool') && tasks.length > 0;
    const isModel = tasks.length === 1 && nodeOf(tasks[0] ?? '') === 'model';
    const taken =
      kind === 'input'
        ? take(1, 'user')
        : kind === 'step' && isTools
          ? take(tasks.length, 'tool')
          : kind === 'step' && isModel
            ? take(1, 'assistant')
            : undefined;
    const last = taken?.at(-1);
    if (taken === undefined || last === undefined) return found;
    skip();
    // Where a person was waited for, the message before says nothing of when this began.
    const begun = kind === 'input' || !isQuiet ? undefined : messages[end - 1]?.at;
    isQuiet = true;
    found.set(version, {
      calls: kind === 'step' && isTools ? resultsOf(taken, inputs) : [],
      // What has no time of its own is not of this world's time.
      ...(last.at > 0 ? { ended: last.at, isRough: true, ...(begun ? { begun } : {}) } : {}),
      ...(last.role === 'assistant' && last.usage ? { usage: last.usage } : {}),
    });
  }
  return found;
}
