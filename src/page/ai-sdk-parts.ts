/** What a model of the AI SDK streams, as the parts of an answer. */
import type { ModelPart } from '../core/index.ts';
import { broken } from './ai-sdk-errors.ts';
import type { SdkMeta } from './ai-sdk-prompt.ts';

type Metadata = Readonly<Record<string, Record<string, unknown>>>;

/** A count of tokens: a number in version 2, and by kind later. */
type Tokens = number | { readonly total?: number | undefined } | undefined;

/** What the model does not do of what was asked. The words of version 2 and those of later ones. */
interface Warning {
  readonly message?: string;
  readonly details?: string;
  readonly feature?: string;
  readonly setting?: string;
}

/** A part of the stream, as far as it is read. */
export interface SdkPart {
  readonly type: string;
  readonly id?: string;
  readonly delta?: string;
  readonly toolCallId?: string;
  readonly toolName?: string;
  /** JSON. */
  readonly input?: string;
  /** The provider runs the call itself. */
  readonly providerExecuted?: boolean;
  readonly providerMetadata?: Metadata;
  readonly warnings?: readonly Warning[];
  /** A word in version 2. */
  readonly finishReason?: string | { readonly unified?: string };
  readonly usage?: { readonly inputTokens?: Tokens; readonly outputTokens?: Tokens };
  readonly error?: unknown;
}

const tokens = (count: Tokens): number =>
  Math.max(0, Math.round((typeof count === 'object' ? count.total : count) ?? 0));

function parsed(input: string): unknown {
  try {
    return input.trim() === '' ? {} : (JSON.parse(input) as unknown);
  } catch {
    return input;
  }
}

const LIMITS: Readonly<Record<string, 'length' | 'filter'>> = { length: 'length', 'content-filter': 'filter' };

/** Both, provider by provider: some tell part of it with each delta. */
function merged(before: Metadata | undefined, more: Metadata | undefined): Metadata | undefined {
  if (!before || !more) return before ?? more;
  const both = Object.entries(more).map(([name, fields]) => [name, { ...before[name], ...fields }] as const);
  return { ...before, ...Object.fromEntries(both) };
}

/**
 * Reads an answer, part by part. The function that is returned throws what the stream says that went wrong.
 *
 * @param names of the tools, by how the model was told them.
 * @param model as errors name it.
 * @param by whose reasoning it is.
 * @param warned what has been told already.
 */
export function createSdkReader(
  names: ReadonlyMap<string, string>,
  model: string,
  by: string,
  warned: Set<string>,
): (part: SdkPart) => readonly ModelPart[] {
  const thoughts = new Map<string, Metadata | undefined>();
  let hasCalls = false;
  const meta = (options: Metadata | undefined, more: Partial<SdkMeta> = {}): SdkMeta => ({
    by,
    ...(options ? { options } : {}),
    ...more,
  });
  const notice = (code: string, message: string): readonly ModelPart[] => {
    if (warned.has(message)) return [];
    warned.add(message);
    return [{ type: 'notice', code, message }];
  };
  const call = ({
    toolCallId: id = '',
    toolName = '',
    input = '',
    providerMetadata,
  }: SdkPart): readonly ModelPart[] => {
    hasCalls = true;
    const part: ModelPart = { type: 'tool-call', id, name: names.get(toolName) ?? toolName, input: parsed(input) };
    // What a provider wants back with a call travels as reasoning without words before it.
    return providerMetadata
      ? [{ type: 'reasoning-end', id, meta: meta(providerMetadata, { isOfCall: true }) }, part]
      : [part];
  };
  const finish = ({ finishReason, usage }: SdkPart): readonly ModelPart[] => {
    const reason = typeof finishReason === 'object' ? finishReason.unified : finishReason;
    if (reason === 'error' || reason === 'interrupted') throw broken(model);
    return [
      {
        type: 'finish',
        reason: hasCalls ? 'tool-calls' : (LIMITS[reason ?? ''] ?? 'stop'),
        inputTokens: tokens(usage?.inputTokens),
        outputTokens: tokens(usage?.outputTokens),
      },
    ];
  };
  return (part) => {
    const { type, id = '', delta = '', providerMetadata } = part;
    switch (type) {
      case 'stream-start':
        return (part.warnings ?? []).flatMap((warning) => {
          const { message, details, feature = '', setting = feature } = warning;
          return notice('model-warning', message ?? details ?? `The model takes no "${setting}".`);
        });
      case 'text-delta':
        return delta === '' ? [] : [{ type, id, text: delta }];
      case 'reasoning-start':
        thoughts.set(id, providerMetadata);
        return [];
      case 'reasoning-delta':
        thoughts.set(id, merged(thoughts.get(id), providerMetadata));
        return delta === '' ? [] : [{ type, id, text: delta }];
      case 'reasoning-end':
        return [{ type, id, meta: meta(merged(thoughts.get(id), providerMetadata)) }];
      case 'tool-input-delta':
        return delta === '' ? [] : [{ type, id, text: delta }];
      case 'tool-call':
        return part.providerExecuted ? [] : call(part);
      case 'file':
        return notice('file-left-out', 'The model has made a file, which cannot be shown.');
      case 'error':
        throw part.error;
      case 'finish':
        return finish(part);
      default:
        return [];
    }
  };
}
