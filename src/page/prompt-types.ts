/**
 * The browser's Prompt API, as far as it is used. Types only, and the way to it.
 *
 * Source: https://webmachinelearning.github.io/prompt-api (2026-06). Older browsers have `inputQuota`, `inputUsage` and
 * `measureInputUsage` for what is now `contextWindow`, `contextUsage` and `measureContextUsage`.
 */

export type PromptAvailability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

export interface PromptPart {
  readonly type: 'text' | 'image';
  readonly value: string | Blob;
}

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly PromptPart[];
}

export interface PromptOptions {
  readonly responseConstraint?: object;
  readonly omitResponseConstraintInput?: boolean;
  readonly signal?: AbortSignal;
}

export interface PromptSession {
  promptStreaming(input: readonly PromptMessage[], options?: PromptOptions): ReadableStream<string>;
  measureContextUsage?(input: readonly PromptMessage[], options?: PromptOptions): Promise<number>;
  measureInputUsage?(input: readonly PromptMessage[], options?: PromptOptions): Promise<number>;
  readonly contextUsage?: number;
  readonly inputUsage?: number;
  readonly contextWindow?: number;
  readonly inputQuota?: number;
  clone(options?: { readonly signal?: AbortSignal }): Promise<PromptSession>;
  destroy(): void;
}

export interface PromptExpected {
  readonly type: 'text' | 'image';
  readonly languages?: readonly string[];
}

/** What a session is made for; whether it can be is asked with the same. */
export interface PromptCoreOptions {
  readonly expectedInputs?: readonly PromptExpected[];
  readonly expectedOutputs?: readonly PromptExpected[];
}

export interface PromptCreateOptions extends PromptCoreOptions {
  readonly initialPrompts?: readonly PromptMessage[];
  readonly signal?: AbortSignal;
  readonly monitor?: (monitor: EventTarget) => void;
}

export interface PromptApi {
  availability(options?: PromptCoreOptions): Promise<PromptAvailability>;
  create(options?: PromptCreateOptions): Promise<PromptSession>;
}

/** The API, where this realm has one. Workers have none. */
export const promptApiHere = (): PromptApi | undefined => (globalThis as { LanguageModel?: PromptApi }).LanguageModel;
