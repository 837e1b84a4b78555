/** Takes secrets out of what tools give, before a model, the thread or the page sees them. */
import { AgentError, isRecord } from '../core/index.ts';
import type { CallOutcome } from './call.ts';
import type { ToolMiddleware } from './middleware.ts';

const MASK = '[masked]';

/** Names of fields whose values are secrets, without case and punctuation, such as `x-api-key` and `newPassword`. */
const FIELDS =
  /^(?:token|authorization|(?:set)?cookie|pwd|pin|cv[cv]2?)$|(?:password|passwd|passphrase|secret|apikey|privatekey|(?:access|refresh|id|auth|session|csrf|xsrf)token)$/;

/**
 * Texts that are secrets by their shape: bearer and basic credentials, JSON Web Tokens, private keys, the keys of common
 * services. None backtracks over more than its own match.
 */
const SHAPES: readonly RegExp[] = [
  // Without a digit it may be plain words, such as "Basic information".
  /\b(?:Bearer|Basic) (?=[a-z.~+/=_-]*\d)[\w.~+/=-]{8,}/gi,
  /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/g,
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[\w-]{16,}/g,
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|AKIA[A-Z\d]{16}|AIza[\w-]{30,})/g,
];

/** Payment card numbers: digits in groups or in one, which their check digit confirms. */
const CARD = /\b[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{3,4}\b|\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b/g;

/** Anything that one of the shapes begins with; most texts have none of it, and are left after one look. */
const HINT =
  /[Bb]earer |[Bb]asic |eyJ|PRIVATE KEY|\b[spr]k[-_]|gh[pousr]_|github_pat_|xox|AKIA|AIza|[3-6]\d{3}[ -]?\d{4}/;

/** Source: Luhn, "Computer for verifying numbers", US patent 2,950,048 (1960). */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const counted = i % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** The text without the secrets that can be told by their shape. */
export function maskText(text: string): string {
  if (!HINT.test(text)) return text;
  const plain = SHAPES.reduce((masked, shape) => masked.replace(shape, MASK), text);
  return plain.replace(CARD, (card) => (hasCheckDigit(card.replace(/\D/g, '')) ? MASK : card));
}

export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const NO_OTHERS: ReadonlySet<string> = new Set();

/**
 * The value without secrets. What holds none is the same object.
 *
 * @param fields further names of fields, without case and punctuation.
 */
export function mask(value: unknown, fields: ReadonlySet<string> = NO_OTHERS): unknown {
  const seen = new Map<object, unknown>();
  const walk = (inner: unknown): unknown => {
    if (typeof inner === 'string') return maskText(inner);
    if (typeof inner !== 'object' || inner === null) return inner;
    // Of a cycle the second visit gives what it is: the tool's output is refused later, where it cannot be stored.
    if (seen.has(inner)) return seen.get(inner);
    seen.set(inner, inner);
    const masked = inside(inner);
    seen.set(inner, masked);
    return masked;
  };
  const isSecret = (name: string): boolean => FIELDS.test(name) || fields.has(name);
  const field = (key: unknown, inner: unknown): unknown =>
    typeof key === 'string' && inner !== null && inner !== undefined && isSecret(plainName(key)) ? MASK : walk(inner);
  const inside = (inner: object): unknown => {
    if (Array.isArray(inner)) {
      const items = inner.map(walk);
      return items.some((item, index) => item !== inner[index]) ? items : inner;
    }
    if (inner instanceof Map) {
      const entries = [...(inner as ReadonlyMap<unknown, unknown>)];
      const masked = new Map(entries.map(([key, each]) => [walk(key), field(key, each)]));
      return entries.some(([key, each]) => !masked.has(key) || masked.get(key) !== each) ? masked : inner;
    }
    if (inner instanceof Set) {
      const items = [...inner].map(walk);
      return [...inner].some((item, index) => item !== items[index]) ? new Set(items) : inner;
    }
    if (!isRecord(inner)) return inner;
    let changed: Record<string, unknown> | undefined;
    for (const [key, each] of Object.entries(inner)) {
      const masked = field(key, each);
      // An own `__proto__` is refused later, and must not be set here.
      if (masked !== each && key !== '__proto__') (changed ??= { ...inner })[key] = masked;
    }
    return changed ?? inner;
  };
  return walk(value);
}

function maskOutcome(outcome: CallOutcome, fields: ReadonlySet<string>): CallOutcome {
  if (outcome.outcome === 'ok') {
    const output = mask(outcome.output, fields);
    return output === outcome.output ? outcome : { outcome: 'ok', output };
  }
  const { code, message, fix, details } = outcome.error;
  const plain = { message: maskText(message), fix: maskText(fix), details: mask(details, fields) };
  if (plain.message === message && plain.fix === fix && plain.details === details) {
    const { cause } = outcome.error;
    // A cause goes over ports as its text.
    const text = cause instanceof Error ? cause.message : cause;
    if (typeof text !== 'string' || maskText(text) === text) return outcome;
  }
  return { outcome: 'failed', error: new AgentError(code, plain.message, { fix: plain.fix, details: plain.details }) };
}

/**
 * Masks the values of secret fields, and text that has the shape of a secret, in outputs, errors, progress and summaries.
 *
 * @param options.fields names of further fields.
 */
export function maskSecrets({ fields = [] }: { readonly fields?: readonly string[] } = {}): ToolMiddleware {
  const all = new Set(fields.map(plainName));
  return {
    name: 'mask-secrets',
    // The first on the way out, so that no other sees them.
    priority: -Infinity,
    during: (_call, said) => mask(said, all),
    after: (_call, outcome) => maskOutcome(outcome, all),
  };
}
