/** The one error type of inpage, its closed set of codes, and its form on the wire. No I/O. */

/** Every code that an {@link AgentError} can carry. `docs/errors.md` lists what each one means and what to do. */
export const ERROR_CODES = [
  'aborted',
  'approval-expired',
  'approval-rejected',
  'awaiting-answer',
  'budget-exhausted',
  'capability-denied',
  'category-exists',
  'checkpointer-missing',
  'closed',
  'context-overflow',
  'corrupt-record',
  'draft-revoked',
  'expression-failed',
  'fenced',
  'graph-changed',
  'graph-mismatch',
  'invalid-answer',
  'invalid-expression',
  'invalid-goto',
  'invalid-graph',
  'invalid-input',
  'invalid-option',
  'invalid-output',
  'invalid-tool',
  'invalid-tool-input',
  'invalid-update',
  'invalid-vertical',
  'invalid-workflow',
  'iteration-limit',
  'model-failed',
  'model-rate-limited',
  'model-timeout',
  'model-unauthorized',
  'model-unreachable',
  'node-failed',
  'node-timeout',
  'page-gone',
  'part-failed',
  'protocol-mismatch',
  'quota-exceeded',
  'recording-differs',
  'storage-blocked',
  'storage-failed',
  'storage-unavailable',
  'thread-busy',
  'tool-denied',
  'tool-disabled',
  'tool-exists',
  'tool-failed',
  'tool-gone',
  'tool-not-granted',
  'tool-timeout',
  'tools-frozen',
  'undo-failed',
  'unknown-category',
  'unknown-channel',
  'unknown-format',
  'unknown-graph',
  'unknown-interrupt',
  'unknown-model',
  'unknown-thread',
  'unknown-tool',
  'unknown-version',
  'unknown-workflow',
  'unstorable-value',
  'version-conflict',
  'vertical-cycle',
  'vertical-failed',
  'vertical-incompatible',
  'vertical-missing',
  'worker-failed',
  'workflow-timeout',
  'write-conflict',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An {@link AgentError} as plain data: what crosses a port and what a tool message stores. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix: string;
  readonly details?: unknown;
  readonly cause?: string;
}

/** A key in the global symbol registry, so that two copies of the SDK on one page know each other's errors. */
const BRAND = Symbol.for('inpage.AgentError');

/**
 * What every failure of inpage is: a `code` to branch on, a `message` that says what happened, and a `fix` that says
 * what to do about it.
 *
 * @example
 * try { await thread.answer('gone', { decision: 'approve' }); }
 * catch (error) { if (isAgentError(error) && error.code === 'unknown-interrupt') console.warn(error.fix); }
 */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: ErrorCode;
  /** What the reader of the error can do about it, as one sentence. */
  readonly fix: string;
  /** Data that belongs to the code, such as the path of a value or the names that exist. Plain data only. */
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { fix: string; details?: unknown; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fix = options.fix;
    this.details = options.details;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Whether `error` is an {@link AgentError}, made by this copy of the SDK or by another. */
export function isAgentError(error: unknown): error is AgentError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** The text of anything that was thrown. */
export function errorText(error: unknown): string {
  if (typeof error === 'string' && error !== '') return error;
  const message: unknown =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  return typeof message === 'string' && message !== '' ? message : 'It failed without saying why.';
}

/** `error` itself when it is an {@link AgentError}, else a new one with `code` that has it as its cause. */
export function asAgentError(error: unknown, code: ErrorCode, fix: string, prefix = ''): AgentError {
  return isAgentError(error) ? error : new AgentError(code, prefix + errorText(error), { fix, cause: error });
}

/** The plain form of an error, for ports and storage. The inverse of {@link fromWire}. */
export function toWire(error: AgentError): WireError {
  const { code, message, fix, details, cause } = error;
  return {
    code,
    message,
    fix,
    ...(details === undefined ? {} : { details }),
    ...(cause === undefined ? {} : { cause: errorText(cause) }),
  };
}

/** An {@link AgentError} from its plain form. The inverse of {@link toWire}. */
export function fromWire(wire: WireError): AgentError {
  return new AgentError(wire.code, wire.message, { fix: wire.fix, details: wire.details, cause: wire.cause });
}
