/** Takes back a call that a thread's messages tell of. */
import { resultMessage } from '../agent/index.ts';
import { AgentError, messageCalls } from '../core/index.ts';
import type { Message, ToolMessage, ToolResultPart } from '../core/index.ts';
import type { Executor } from '../tools/index.ts';

/** What a model hears of a call that was taken back. */
const UNDONE = { message: 'The person took this back.' };

function resultOf(messages: readonly Message[], callId: string): ToolResultPart | undefined {
  // The newest one, since a call that was undone has a second result that says so.
  return messages
    .flatMap((message) => (message.role === 'tool' ? message.content : []))
    .findLast((part) => part.toolCallId === callId);
}

/**
 * Has the tool take a call back.
 *
 * @returns the message that says so.
 * @throws AgentError `undo-failed` when there is nothing to be taken back, and what the tool threw.
 */
export async function undoCall(
  messages: readonly Message[],
  callId: string,
  executor: Executor,
  signal: AbortSignal,
  at: number,
): Promise<ToolMessage> {
  const result = resultOf(messages, callId);
  if (result?.undo !== 'offered' || result.output.type !== 'json') {
    const why = result?.undo === 'done' ? 'has been taken back already' : 'cannot be taken back';
    throw new AgentError('undo-failed', `This call ${why}.`, {
      fix: 'Look at the conversation anew.',
      details: { callId },
    });
  }
  const call = messages.flatMap(messageCalls).find(({ toolCallId }) => toolCallId === callId);
  const input = result.input ?? call?.input;
  const done = { tool: result.toolName, input, output: result.output.value };
  const context = { signal, idempotencyKey: `${callId}:undo`, progress: () => undefined };
  const undone = await executor.undo(done, context);
  if (undone.outcome === 'failed') throw undone.error;
  const marks = result.input === undefined ? {} : { input };
  return resultMessage(result, { type: 'json', value: UNDONE }, at, { ...marks, undo: 'done' });
}
