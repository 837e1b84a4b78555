/** What a model was asked and what it answered, as plain JSON. Types only. */
import type { WireError } from './errors.ts';
import type { Model, ModelPart, ModelRequest } from './ports.ts';

/** Plain JSON: it can be stored in a file and sent by mail. Secrets are masked in it, as far as they show. */
export interface Recording {
  readonly format: 'inpage-recording-1';
  readonly model: Pick<Model, 'id' | 'generative' | 'contextTokens' | 'nativeTools'>;
  /** Names of fields that were masked beside the usual ones. */
  readonly secretFields: readonly string[];
  /** In the order in which they began. */
  readonly exchanges: readonly RecordedExchange[];
}

export interface RecordedExchange {
  readonly request: RecordedRequest;
  /** What came, up to the end or the error. */
  readonly parts: readonly ModelPart[];
  readonly error?: WireError;
}

/** A request, as JSON. Of a file there is its hash and its size. */
export interface RecordedRequest extends Omit<ModelRequest, 'messages' | 'tools'> {
  /** How many of its messages are those of the request before; `messages` are those behind them. */
  readonly same: number;
  readonly messages: readonly unknown[];
  /** Left out where they are those of the request before. */
  readonly tools?: readonly unknown[];
}
