/** The message that holds how a tool call ended. */
import { AgentError } from '../core/index.ts';
import type { ToolCallPart, ToolMessage, ToolOutput } from '../core/index.ts';

/** Why a call has no result: it was begun, and what came of it is not known. */
export function cutOff(tool: string): AgentError {
  return new AgentError(
    'aborted',
    `"${tool}" was cut off before it answered; whether it had its effect is not known.`,
    {
      fix: 'Check before doing it again.',
      details: { tool },
    },
  );
}

/**
 * The result of a call as a message.
 *
 * @param ran what the tool ran with, when that is not what the model asked for.
 */
export function resultMessage(
  { toolCallId, toolName }: ToolCallPart,
  output: ToolOutput,
  at: number,
  ran?: { readonly input: unknown },
): ToolMessage {
  return {
    id: `${toolCallId}:result`,
    at,
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId, toolName, output, ...ran }],
  };
}
