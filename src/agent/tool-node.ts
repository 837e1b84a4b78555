/** One tool call of a message, and the result for every call that is the same. */
import type { Context } from '../engine/index.ts';
import { admit } from '../state/index.ts';
import type { Update } from '../state/index.ts';
import type { ToolTask } from '../tools/index.ts';
import type { AgentChannels } from './channels.ts';
import type { AgentContext } from './context.ts';
import { resultMessage } from './tool-result.ts';

/** Makes the call that it was sent; every ending but being stopped becomes the call's result. */
export async function toolNode(
  task: ToolTask,
  ctx: Context<AgentContext>,
  { executor, now }: AgentContext,
): Promise<Update<AgentChannels>> {
  const { toolCallId, toolName, repeats = [] } = task;
  const ending = await executor.execute(task, ctx, (output) => admit(output, [toolName, 'output']));
  const { outcome, output, error, ran, untrusted, undo, text } = ending;
  const result = { ...(output.type === 'json' ? { output: output.value } : {}), ...(error ? { error } : {}) };
  ctx.emit({ type: 'tool-end', callId: toolCallId, tool: toolName, outcome, ...result });
  for (const callId of repeats) {
    ctx.emit({ type: 'tool-end', callId, tool: toolName, outcome: outcome === 'ok' ? 'cached' : outcome, ...result });
  }
  const at = now();
  const marks = { ...ran, ...(untrusted ? { untrusted } : {}) };
  return {
    messages: [
      resultMessage(task, output, at, { ...marks, ...(undo ? { undo } : {}) }),
      // What was done once can be taken back once.
      ...repeats.map((id) => resultMessage({ toolCallId: id, toolName }, output, at, marks)),
    ],
    ...(untrusted ? { taintedBy: toolName } : {}),
    ...(text === undefined ? {} : { outputs: { [toolCallId]: { text, untrusted: untrusted === true } } }),
  };
}
