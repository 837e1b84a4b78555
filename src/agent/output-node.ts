/** Reads on in large outputs: the calls of `read_output`, which need no tool but the thread itself. */
import { asAgentError, toWire } from '../core/index.ts';
import type { ToolCallPart, ToolMessage, ToolOutput } from '../core/index.ts';
import type { State, Update } from '../state/index.ts';
import { READ_OUTPUT, readOutput } from '../tools/index.ts';
import type { AgentChannels } from './channels.ts';
import type { AgentScope } from './context.ts';
import { openCalls } from './pending-calls.ts';
import { resultMessage } from './tool-result.ts';

/** Answers every open call of `read_output`. */
export function outputNode(state: State<AgentChannels>, ctx: AgentScope): Update<AgentChannels> {
  const answer = (call: ToolCallPart): ToolMessage => {
    const { toolCallId: callId, toolName: tool, input } = call;
    const at = ctx.context.now();
    ctx.emit({ type: 'tool-start', callId, tool, input });
    try {
      const value = readOutput(state.outputs, input);
      const { output } = input as { readonly output: string };
      ctx.emit({ type: 'tool-end', callId, tool, outcome: 'ok', output: value });
      const marks = state.outputs.get(output)?.untrusted === true ? { untrusted: true as const } : {};
      return resultMessage(call, { type: 'json', value } satisfies ToolOutput, at, marks);
    } catch (caught) {
      const error = asAgentError(caught, 'tool-failed', 'Call it with an id that a result names.');
      ctx.emit({ type: 'tool-end', callId, tool, outcome: 'failed', error });
      return resultMessage(call, { type: 'error-json', value: toWire(error) }, at);
    }
  };
  return {
    messages: openCalls(state.messages)
      .filter(({ toolName }) => toolName === READ_OUTPUT)
      .map(answer),
  };
}
