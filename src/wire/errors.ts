/** Lets an AgentError that is thrown on one side of a port arrive as one on the other, with its code and its fix. */
import { transferHandlers } from 'comlink';
import type { TransferHandler } from 'comlink';
import { fromWire, isAgentError, isRecord, toWire } from '../core/index.ts';
import type { WireError } from '../core/index.ts';

const KEY = 'agentError';

/** Comlink's own handler keeps only message, name and stack; everything that is not ours is left to it. */
export function installErrorHandler(): void {
  const plain = transferHandlers.get('throw') as TransferHandler<{ value: unknown }, unknown> | undefined;
  if (!plain) return;
  transferHandlers.set('throw', {
    canHandle: (value): value is { value: unknown } => plain.canHandle(value),
    serialize: (thrown: { value: unknown }) =>
      isAgentError(thrown.value) ? [{ [KEY]: toWire(thrown.value) }, []] : plain.serialize(thrown),
    deserialize(serialized: unknown) {
      if (isRecord(serialized) && KEY in serialized) throw fromWire(serialized[KEY] as WireError);
      return plain.deserialize(serialized);
    },
  });
}
