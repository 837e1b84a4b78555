/** What a conversation has taken of language models, as far as they say so. Pure. */
import type { Message } from '../src/core/index.ts';
import type { Strings } from './strings/index.ts';

/** As a sentence; empty where none has said so. */
export function usageWords(messages: readonly Message[], strings: Strings): string {
  let [read, written] = [0, 0];
  for (const message of messages) {
    if (message.role !== 'assistant') continue;
    read += message.usage?.inputTokens ?? 0;
    written += message.usage?.outputTokens ?? 0;
  }
  return read + written === 0 ? '' : strings.taken(read, written);
}
