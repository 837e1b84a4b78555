/** Why an answer came about, found out by having it made again: nothing of it is stored, and no language model reads it. */
import type { Explanation, Message } from '../core/index.ts';
import type { AgentContext } from './context.ts';
import { latestUser } from './pending-calls.ts';
import { arranged } from './prompt.ts';

/**
 * Explains a message of a model that follows rules, with the tools that there are now; undefined where there is nothing to be
 * explained.
 */
export async function explainAnswer(
  messages: readonly Message[],
  messageId: string,
  { model, select }: AgentContext,
): Promise<Explanation | undefined> {
  const index = messages.findIndex(({ id }) => id === messageId);
  const before = messages.slice(0, Math.max(0, index));
  const request = { messages: arranged(before), tools: select(latestUser(before)), now: messages[index]?.at ?? 0 };
  return model.explain?.(request, { signal: new AbortController().signal });
}
