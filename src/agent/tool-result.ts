/** The message that holds how a tool call ended. */
import type { ToolCallPart, ToolMessage, ToolOutput, ToolResultPart } from '../core/index.ts';

/**
 * The result of a call as a message.
 *
 * @param marks what else there is to say about it: what it ran with, whether it may hold words of strangers, whether
 *   it can be taken back.
 */
export function resultMessage(
  { toolCallId, toolName }: Pick<ToolCallPart, 'toolCallId' | 'toolName'>,
  output: ToolOutput,
  at: number,
  marks: Pick<ToolResultPart, 'input' | 'untrusted' | 'undo'> = {},
): ToolMessage {
  const id = marks.undo === 'done' ? `${toolCallId}:undone` : `${toolCallId}:result`;
  return { id, at, role: 'tool', content: [{ type: 'tool-result', toolCallId, toolName, output, ...marks }] };
}
