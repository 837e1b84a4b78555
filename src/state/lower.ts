/** Lowering: from the update that a node returned to the writes that are applied, logged and mirrored. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Write } from '../core/index.ts';
import { admit } from './admit.ts';
import type { Channels } from './channel.ts';

function refuse(code: 'invalid-update' | 'unknown-channel', node: string, message: string, fix: string): AgentError {
  return new AgentError(code, `Node "${node}" ${message}`, { fix, details: { node } });
}

/**
 * The writes that an update means. Values are checked and frozen: from here on they belong to the thread's history.
 *
 * @param node who returned the update, for the error's sentence.
 * @throws AgentError `unknown-channel`, `invalid-update` or `unstorable-value`.
 */
export function lower(channels: Channels, update: unknown, node: string): readonly Write[] {
  if (update === undefined) return [];
  if (!isRecord(update)) {
    throw refuse(
      'invalid-update',
      node,
      'returned something that is no update.',
      'Return an object of channels, or nothing.',
    );
  }
  const writes: Write[] = [];
  for (const [name, value] of Object.entries(update)) {
    const channel = Object.hasOwn(channels, name) ? channels[name] : undefined;
    if (!channel) {
      const names = Object.keys(channels).join(', ');
      throw refuse('unknown-channel', node, `wrote to "${name}", which is no channel.`, `Use one of: ${names}.`);
    }
    if (value === undefined) continue;
    if (channel.kind === 'append') {
      if (!Array.isArray(value)) {
        throw refuse(
          'invalid-update',
          node,
          `gave "${name}" no list.`,
          'An append channel takes a list of items to add.',
        );
      }
      if (value.length > 0) writes.push([name, 'append', admit(value, [name])]);
    } else {
      writes.push([name, 'set', admit(value, [name])]);
    }
  }
  return writes;
}

/** The writes that give every channel its first value. */
export function initialWrites(channels: Channels): readonly Write[] {
  return Object.entries(channels).map(([name, channel]) => [name, 'set', admit(channel.initial(), [name])]);
}
