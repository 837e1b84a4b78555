/** One answer of a model: streamed out as it comes, and put together as one message. */
import { AgentError, errorText, isAgentError } from '../core/index.ts';
import type { AssistantMessage, EventBody, ModelRequest, Usage } from '../core/index.ts';
import type { AgentScope } from './context.ts';

type Content = AssistantMessage['content'][number];

/** Why an answer is not all that the model would have said. */
const CUT = {
  length: { code: 'answer-cut', message: 'The answer was cut off: it was longer than the model may answer.' },
  filter: { code: 'answer-filtered', message: 'The rest of the answer was held back by a filter of the model.' },
};

const countOf = (tokens: unknown): number => Math.max(0, Number(tokens)) || 0;

function modelError(error: unknown, model: string): AgentError {
  if (isAgentError(error)) return error;
  return new AgentError('model-failed', `The model "${model}" failed: ${errorText(error)}`, {
    fix: 'Try again; if it goes on failing, choose another model.',
    details: { model },
    cause: error,
  });
}

/**
 * Asks the model of a run.
 *
 * @param emit called with what is to be seen as it comes.
 * @param id the id of the message.
 * @throws AgentError what the model throws; `model-failed` for what is no AgentError.
 */
export async function answerOf(
  request: ModelRequest,
  ctx: AgentScope,
  emit: (event: EventBody) => void,
  id: string,
): Promise<AssistantMessage> {
  const { model, now } = ctx.context;
  const content: Content[] = [];
  let calls = 0;
  let text = '';
  let thought = '';
  let hasSpoken = false;
  let usage: Usage | undefined;
  /** Puts down what was said so far, so that what comes next stands behind it. */
  const settle = (): void => {
    if (thought !== '') content.push({ type: 'reasoning', text: thought });
    if (text !== '') content.push({ type: 'text', text });
    text = thought = '';
  };
  try {
    for await (const part of model.stream(request, { signal: ctx.signal })) {
      switch (part.type) {
        case 'text-delta':
          if (thought !== '') settle();
          if (!hasSpoken) emit({ type: 'text-start', id });
          hasSpoken = true;
          text += part.text;
          emit({ type: 'text-delta', id, text: part.text });
          break;
        case 'reasoning-delta':
          if (text !== '') settle();
          thought += part.text;
          emit(part);
          break;
        case 'reasoning-end':
          if (text !== '') settle();
          content.push({ type: 'reasoning', text: thought, meta: part.meta });
          thought = '';
          break;
        case 'tool-call': {
          settle();
          // A model's own call ids repeat; this one is unlike any other, so that a server can tell calls apart by it.
          const callId = `${ctx.runId}:${ctx.step}:${calls++}`;
          content.push({ type: 'tool-call', toolCallId: callId, toolName: part.name, input: part.input });
          emit({ type: 'tool-call', callId, tool: part.name, input: part.input });
          break;
        }
        case 'finish': {
          const { reason } = part;
          // A server may say anything.
          const [inputTokens, outputTokens] = [countOf(part.inputTokens), countOf(part.outputTokens)];
          if (inputTokens + outputTokens > 0) usage = { inputTokens, outputTokens };
          emit({ type: 'usage', inputTokens, outputTokens });
          if (reason === 'length' || reason === 'filter') emit({ type: 'notice', ...CUT[reason] });
          break;
        }
        case 'tool-input-delta':
        case 'notice':
          emit(part);
          break;
        case 'candidates':
          break;
      }
    }
  } catch (error) {
    throw modelError(error, model.id);
  }
  settle();
  if (hasSpoken) emit({ type: 'text-end', id });
  return { id, at: now(), role: 'assistant', content, ...(usage ? { usage } : {}) };
}
