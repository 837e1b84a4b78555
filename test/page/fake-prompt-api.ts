/**
 * The Prompt API of a browser, as its specification has it, with a model that follows a function. The browser of the
 * tests has no model of its own. https://webmachinelearning.github.io/prompt-api
 */
import type { JsonSchema } from '../../src/core/index.ts';
import type {
  PromptAvailability,
  PromptCreateOptions,
  PromptMessage,
  PromptOptions,
} from '../../src/page/prompt-types.ts';
import { compileSchema } from '../../src/tools/schema/compile.ts';

export interface Asked {
  /** All that the session knows, the newest last. */
  readonly messages: readonly PromptMessage[];
  /** What was new in it. */
  readonly input: readonly PromptMessage[];
  readonly options: PromptOptions;
}

/** What the model writes; a list comes piece by piece; what is thrown comes where it stands. */
export type Reply = string | readonly (string | DOMException | Promise<string>)[];

export interface FakeOptions {
  availability?: PromptAvailability;
  /** Whether it can see. */
  images?: boolean;
  contextWindow?: number;
  /** Whether somebody has just clicked. */
  isActive?: boolean;
  /** Keywords of schemas that it does not know. */
  unknown?: readonly string[];
  /** Whether it is an older one, with the older names. */
  isOld?: boolean;
  reply?: (asked: Asked) => Reply;
}

export interface Fake extends Required<FakeOptions> {
  readonly asked: Asked[];
  readonly created: PromptCreateOptions[];
  clones: number;
  /** Sessions that are in memory. */
  live: number;
  /** Resolves a download that is under way. */
  finishDownload: () => void;
}

const text = ({ content }: PromptMessage): string =>
  typeof content === 'string'
    ? content
    : content.map((part) => (typeof part.value === 'string' ? part.value : `[${part.type}]`)).join('');

export const textsOf = (messages: readonly PromptMessage[]): readonly string[] => messages.map(text);

const words = (value: string): number => value.split(/\s+/).filter(Boolean).length;

/** What any model does: it calls `greet` when asked to say hello and when it may, and answers else. */
function plainReply({ messages, options }: Asked): Reply {
  const constraint = options.responseConstraint as { anyOf?: object[] } | undefined;
  const said = text(messages.at(-1) ?? { role: 'user', content: '' });
  if (!constraint) return ['I have ', 'nothing to say.'];
  if (constraint.anyOf && JSON.stringify(constraint.anyOf).includes('"greet"') && said.includes('say hello')) {
    return '{"tool":"greet","input":{"name":"Ada"}}';
  }
  return ['{"answ', 'er":"I have nothing', ' to say."}'];
}

const refuse = (name: string): DOMException => new DOMException(`It is a ${name}.`, name);

/** The error that newer browsers throw is a class of its own. */
const quotaError = (quota: number, requested: number): DOMException =>
  Object.assign(refuse('QuotaExceededError'), { quota, requested });

function check(messages: readonly PromptMessage[], hasBegun: boolean, hasImages: boolean): void {
  messages.forEach(({ role, content }, at) => {
    if (role === 'system' && (hasBegun || at > 0)) throw new TypeError('A system message comes first.');
    for (const part of typeof content === 'string' ? [] : content) {
      if (role === 'assistant' && part.type !== 'text') throw refuse('NotSupportedError');
      if (part.type === 'image' && !hasImages) throw refuse('NotSupportedError');
      if (part.type === 'image' ? !(part.value instanceof Blob) : typeof part.value !== 'string') {
        throw new TypeError('It is not of its type.');
      }
    }
  });
}

/** Puts the API into the page, and returns what there is to see of it. */
export function installPromptApi(given: FakeOptions = {}): Fake {
  const fake: Fake = {
    availability: 'available',
    images: false,
    contextWindow: Infinity,
    isActive: false,
    unknown: [],
    isOld: false,
    reply: plainReply,
    ...given,
    asked: [],
    created: [],
    clones: 0,
    live: 0,
    finishDownload: () => undefined,
  };

  const session = (known: readonly PromptMessage[], hasImages: boolean, tokens: number): object => {
    fake.live++;
    let messages = known;
    let usage = tokens;
    const ended = new AbortController();
    const measure = async (input: readonly PromptMessage[]): Promise<number> => words(textsOf(input).join(' '));
    const usages = { get: () => usage };
    const own = {
      promptStreaming(input: readonly PromptMessage[], options: PromptOptions = {}): ReadableStream<string> {
        const signal = AbortSignal.any([ended.signal, ...(options.signal ? [options.signal] : [])]);
        const { responseConstraint: constraint, omitResponseConstraintInput } = options;
        if (omitResponseConstraintInput && !constraint) throw new TypeError('There is no constraint.');
        const fail = (): DOMException | undefined => (signal.aborted ? refuse('AbortError') : undefined);
        return new ReadableStream<string>({
          async start(controller) {
            const before = { messages, usage };
            try {
              check(input, usage > 0, hasImages);
              if (fake.unknown.some((keyword) => JSON.stringify(constraint ?? {}).includes(`"${keyword}"`))) {
                throw refuse('NotSupportedError');
              }
              const requested = usage + (await measure(input));
              if (requested > fake.contextWindow) throw quotaError(fake.contextWindow, requested);
              messages = [...messages, ...input];
              usage = requested;
              const asked = { messages, input, options };
              fake.asked.push(asked);
              const reply = fake.reply(asked);
              let said = '';
              for (const piece of typeof reply === 'string' ? (reply.match(/[^]{1,4}/g) ?? []) : reply) {
                if (piece instanceof DOMException) throw piece;
                const chunk = await Promise.race([
                  piece,
                  new Promise<never>((_, reject) => {
                    signal.addEventListener('abort', () => {
                      reject(refuse('AbortError'));
                    });
                    if (signal.aborted) reject(refuse('AbortError'));
                  }),
                ]);
                said += chunk;
                controller.enqueue(chunk);
              }
              if (constraint && fake.reply === plainReply) {
                const faults = compileSchema(constraint as JsonSchema).faults(JSON.parse(said));
                if (faults.length > 0) throw refuse('SyntaxError');
              }
              messages = [...messages, { role: 'assistant', content: said }];
              usage += words(said);
              controller.close();
            } catch (error) {
              ({ messages, usage } = before);
              controller.error(fail() ?? error);
            }
          },
        });
      },
      async clone({ signal }: { signal?: AbortSignal } = {}): Promise<object> {
        const from = { messages, usage };
        // As in a browser, it takes a while, in which its original must not go.
        await new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(0);
        });
        if (ended.signal.aborted || signal?.aborted) throw refuse('AbortError');
        fake.clones++;
        return session(from.messages, hasImages, from.usage);
      },
      destroy(): void {
        if (ended.signal.aborted) return;
        ended.abort();
        fake.live--;
      },
    };
    const names = fake.isOld
      ? { measureInputUsage: measure, inputQuota: fake.contextWindow }
      : { measureContextUsage: measure, contextWindow: fake.contextWindow };
    return Object.defineProperty({ ...own, ...names }, fake.isOld ? 'inputUsage' : 'contextUsage', usages);
  };

  const wantsImages = (options: Pick<PromptCreateOptions, 'expectedInputs'> = {}): boolean =>
    options.expectedInputs?.some(({ type }) => type === 'image') ?? false;
  const api = {
    async availability(options?: PromptCreateOptions) {
      return wantsImages(options) && !fake.images ? 'unavailable' : fake.availability;
    },
    async create(options: PromptCreateOptions = {}) {
      const { initialPrompts = [], signal, monitor } = options;
      fake.created.push(options);
      if (signal?.aborted) throw refuse('AbortError');
      if (fake.availability === 'unavailable' || (wantsImages(options) && !fake.images))
        throw refuse('NotSupportedError');
      if (fake.availability !== 'available') {
        if (!fake.isActive) throw refuse('NotAllowedError');
        const target = new EventTarget();
        monitor?.(target);
        const tell = (loaded: number): void => {
          target.dispatchEvent(new ProgressEvent('downloadprogress', { loaded, total: 1, lengthComputable: true }));
        };
        tell(0);
        await new Promise<void>((resolve, reject) => {
          fake.finishDownload = resolve;
          signal?.addEventListener('abort', () => {
            reject(refuse('AbortError'));
          });
          tell(0.5);
        });
        tell(1);
        fake.availability = 'available';
      }
      check(initialPrompts, false, wantsImages(options));
      const requested = words(textsOf(initialPrompts).join(' '));
      if (requested > fake.contextWindow) throw quotaError(fake.contextWindow, requested);
      return session(initialPrompts, wantsImages(options), requested);
    },
  };
  Object.defineProperty(globalThis, 'LanguageModel', { configurable: true, writable: true, value: api });
  return fake;
}

const own = Object.getOwnPropertyDescriptor(globalThis, 'LanguageModel');

/** Gives the page back what it had. */
export function removePromptApi(): void {
  if (own) Object.defineProperty(globalThis, 'LanguageModel', own);
  else delete (globalThis as { LanguageModel?: unknown }).LanguageModel;
}
