/** The language model that the browser has itself, as a model of an agent. */
import { abortable, abortError } from '../core/index.ts';
import type { AssistantMessage, Model, ModelPart, ModelRequest } from '../core/index.ts';
import { createAnswerReader } from './prompt-answer.ts';
import { notThere, overflow, promptError } from './prompt-errors.ts';
import { createSessions } from './prompt-sessions.ts';
import type { Setting } from './prompt-sessions.ts';
import { stepOf, toldOf, written } from './prompt-step.ts';
import type { Step } from './prompt-step.ts';
import { promptApiHere } from './prompt-types.ts';
import type { PromptApi, PromptAvailability, PromptCoreOptions, PromptMessage, PromptSession } from './prompt-types.ts';

export interface PromptApiOptions {
  /** The languages that are spoken; it may be that more has to be downloaded for them. Default: `['en']`. */
  readonly languages?: readonly string[];
}

/** What such models took at the least, until a session tells. */
const CONTEXT_TOKENS = 4096;

// A browser warns where none is named.
const optionsFor = ({ languages = ['en'] }: PromptApiOptions, hasImages: boolean): PromptCoreOptions => {
  const text = { type: 'text', languages } as const;
  return { expectedInputs: hasImages ? [text, { type: 'image' }] : [text], expectedOutputs: [text] };
};

/**
 * Whether the browser's own model is there: `available`; `downloadable` or `downloading`, which `prepareModel()` waits
 * for; or `unavailable`. It asks nobody but the browser, and begins no download.
 */
export async function promptAvailability(options: PromptApiOptions = {}): Promise<PromptAvailability> {
  try {
    return (await promptApiHere()?.availability(optionsFor(options, false))) ?? 'unavailable';
  } catch {
    return 'unavailable';
  }
}

/** The messages that a session has not heard, and how it is to answer. */
interface Question {
  readonly input: readonly PromptMessage[];
  readonly step: Step;
}

/**
 * The language model that the browser has itself: Chrome's Prompt API. Nothing leaves the device, and no key is needed.
 * It never downloads by itself; `agent.prepareModel()` does.
 *
 * @example
 * const agent = createAgent({ model: promptApi({ languages: ['en'] }) });
 * button.onclick = () => agent.prepareModel({ onProgress: (ratio) => (bar.value = ratio) });
 */
export function promptApi(options: PromptApiOptions = {}): Model {
  let contextTokens = CONTEXT_TOKENS;
  let isLoose = false;
  const api = (): PromptApi => {
    const here = promptApiHere();
    if (here) return here;
    throw notThere('unavailable');
  };
  const sessions = createSessions(api);

  const windowOf = ({ contextWindow, inputQuota }: PromptSession): number => {
    const tokens = contextWindow ?? inputQuota ?? Infinity;
    if (tokens > 0 && Number.isFinite(tokens)) contextTokens = tokens;
    return tokens;
  };
  const usageOf = ({ contextUsage, inputUsage }: PromptSession): number => contextUsage ?? inputUsage ?? 0;

  /** Whether the model is there, and whether it can see where it has to. */
  const setUp = async ({ messages }: ModelRequest): Promise<{ hasImages: boolean; isBlind: boolean }> => {
    const availability = await api().availability(optionsFor(options, false));
    if (availability !== 'available') throw notThere(availability);
    const isShown = messages.some(
      ({ role, content }) =>
        role === 'user' && content.some((part) => part.type === 'file' && part.mediaType.startsWith('image/')),
    );
    const hasImages = isShown && (await api().availability(optionsFor(options, true))) === 'available';
    return { hasImages, isBlind: isShown && !hasImages };
  };

  /** What a session writes. It is refused rather than that a session forgets how the conversation began. */
  async function* writing(
    session: PromptSession,
    { input, step: { constraint, isJson, isToldInFull } }: Question,
    signal: AbortSignal,
  ): AsyncGenerator<string, { inputTokens: number; outputTokens: number }> {
    const how = {
      signal,
      // The tools are told already.
      ...(constraint ? { responseConstraint: constraint, omitResponseConstraintInput: isJson && !isToldInFull } : {}),
    };
    const before = usageOf(session);
    const asked = session.measureContextUsage?.(input, how) ?? session.measureInputUsage?.(input, how) ?? 0;
    const inputTokens = before + (await abortable(Promise.resolve(asked), signal));
    if (inputTokens > windowOf(session)) throw overflow(contextTokens);
    const reader = session.promptStreaming(input, how).getReader();
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) break;
      yield value;
    }
    return {
      inputTokens: Math.round(inputTokens),
      outputTokens: Math.max(0, Math.round(usageOf(session) - inputTokens)),
    };
  }

  async function* answer(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const { hasImages, isBlind } = await abortable(setUp(request), signal);
    if (isBlind) {
      yield { type: 'notice', code: 'file-left-out', message: 'The browser’s own model cannot see pictures here.' };
    }
    if (request.settings ?? request.stop) {
      yield { type: 'notice', code: 'settings-left-out', message: 'The browser’s own model takes no settings.' };
    }
    const step = stepOf(request, isLoose);
    const setting: Setting = { system: step.system, options: optionsFor(options, hasImages) };
    const messages = await abortable(toldOf(request.messages, step.isJson, hasImages), signal);
    const { session, known } = await take(setting, messages, signal);
    let isWhole = false;
    try {
      const input = messages.slice(known).map(({ message }) => message);
      const reader = step.isJson ? createAnswerReader() : undefined;
      const words: string[] = [];
      const say = (text: string): readonly ModelPart[] => {
        if (text === '') return [];
        words.push(text);
        return [{ type: 'text-delta', id: 'text', text }];
      };
      let tokens = { inputTokens: 0, outputTokens: 0 };
      let reason: 'stop' | 'tool-calls' | 'length' | 'filter' = 'stop';
      const content: AssistantMessage['content'][number][] = [];
      const chunks = writing(session, { input, step }, signal);
      try {
        for (;;) {
          const { done, value } = await chunks.next();
          if (done) {
            tokens = value;
            break;
          }
          yield* say(reader ? reader.push(value) : value);
        }
      } catch (error) {
        if ((error as DOMException).name !== 'NotReadableError') throw error;
        reason = 'filter';
      }
      const end = reader?.end();
      if (end?.type === 'text') yield* say(end.text);
      if (words.length > 0) content.push({ type: 'text', text: words.join('') });
      if (end?.type === 'call' && reason === 'stop') {
        const { name, input } = end;
        reason = 'tool-calls';
        content.push({ type: 'tool-call', toolCallId: '', toolName: name, input });
        yield { type: 'tool-call', id: 'call', name, input };
      } else if (end?.type === 'cut' && reason === 'stop') reason = 'length';
      if (reason === 'stop' || reason === 'tool-calls') {
        const said = written(content, step.isJson);
        sessions.put(setting, [...messages.map(({ key }) => key), ...(said === '' ? [] : [`said ${said}`])], session);
        isWhole = true;
      }
      yield { type: 'finish', reason, ...tokens };
    } finally {
      // What was broken off may be half in there.
      if (!isWhole) session.destroy();
    }
  }

  /** A session, also where the caller has stopped waiting for it: then nobody else would end it. */
  const take = async (...asked: Parameters<typeof sessions.take>): ReturnType<typeof sessions.take> => {
    const [, , signal] = asked;
    const taking = sessions.take(...asked);
    return abortable(taking, signal).catch((error: unknown) => {
      taking.then(
        ({ session }) => {
          session.destroy();
        },
        () => undefined,
      );
      throw error;
    });
  };

  return {
    id: 'prompt-api',
    generative: true,
    get contextTokens() {
      return contextTokens;
    },
    nativeTools: false,
    sentTo: [],
    async prepare({ onProgress, signal }) {
      try {
        const creating = api().create({
          ...optionsFor(options, false),
          signal,
          monitor(monitor) {
            monitor.addEventListener('downloadprogress', (event) => {
              const { loaded, total } = event as ProgressEvent;
              onProgress(total > 0 ? loaded / total : loaded);
            });
          },
        });
        const session = await abortable(creating, signal);
        windowOf(session);
        // It is downloaded now; that it be in memory is nobody's wish yet.
        session.destroy();
        onProgress(1);
      } catch (error) {
        throw signal.aborted ? abortError(signal) : promptError(error);
      }
    },
    async *stream(request, { signal }) {
      let hasBegun = false;
      try {
        signal.throwIfAborted();
        for await (const part of answer(request, signal)) {
          signal.throwIfAborted();
          hasBegun ||= part.type !== 'notice';
          yield part;
        }
      } catch (error) {
        if (signal.aborted) throw abortError(signal);
        // It may be a schema of a tool that it does not know.
        if (hasBegun || isLoose || request.tools.length === 0 || (error as Error).name !== 'NotSupportedError') {
          throw promptError(error);
        }
        isLoose = true;
        yield* this.stream(request, { signal });
      }
    },
  };
}
