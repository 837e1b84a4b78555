/** Lowering: from the update that a node returned to the writes that are applied, logged and mirrored. */
import { AgentError, errorText, isRecord, NONE } from '../core/index.ts';
import type { Write } from '../core/index.ts';
import { admit } from './admit.ts';
import { Overwrite } from './channel.ts';
import type { Channel, Channels } from './channel.ts';
import { diff } from './diff.ts';
import type { Values } from './values.ts';
import { read } from './values.ts';

/** An update of a `reduce` channel that waits for the step to merge. */
export type ReduceUpdate = readonly [channel: string, update: unknown];

/** What an update means. */
export interface Lowered {
  readonly writes: readonly Write[];
  /** Updates of reduce channels, to be folded when the step merges. */
  readonly updates: readonly ReduceUpdate[];
}

const NOTHING: Lowered = Object.freeze({ writes: NONE, updates: NONE });

const FORMS = {
  append: ['no list', 'An append channel takes a list of items to add.'],
  map: ['no record', 'A map channel takes a record of entries to put; undefined deletes.'],
  text: ['no text', 'A text channel takes text to add.'],
} as const;

/** @param node who wrote it; undefined for a draft, which does not know its node. */
function refuse(
  code: 'invalid-update' | 'unknown-channel',
  node: string | undefined,
  message: string,
  fix: string,
): AgentError {
  // No node's name holds a `#`.
  const who = node === undefined ? 'The draft' : node.startsWith('#') ? `The ${node.slice(1)}` : `Node "${node}"`;
  return new AgentError(code, `${who} ${message}`, { fix, details: node === undefined ? undefined : { node } });
}

function wrongForm(kind: keyof typeof FORMS, name: string, node: string | undefined): AgentError {
  const [found, fix] = FORMS[kind];
  return refuse('invalid-update', node, `gave "${name}" ${found}.`, fix);
}

/** The error for a name that is no channel. */
export function unknownChannel(channels: Channels, name: string, node: string | undefined): AgentError {
  const names = Object.keys(channels).join(', ');
  return refuse('unknown-channel', node, `wrote to "${name}", which is no channel.`, `Use one of: ${names}.`);
}

/**
 * The write that gives a channel a whole value. The value is checked for the channel's kind and admitted; that of a
 * local channel is neither.
 *
 * @param value for a map channel a map, or a record of its entries.
 * @throws AgentError `invalid-update` or `unstorable-value`.
 */
export function setWrite(channel: Channel<unknown>, name: string, value: unknown, node: string | undefined): Write {
  switch (channel.kind) {
    case 'local':
      return [name, 'set', value];
    case 'append':
      if (!Array.isArray(value)) throw wrongForm('append', name, node);
      break;
    case 'text':
      if (typeof value !== 'string') throw wrongForm('text', name, node);
      break;
    case 'map': {
      const entries = isRecord(value) ? new Map(Object.entries(value)) : admit(value, [name]);
      if (!(entries instanceof Map)) throw wrongForm('map', name, node);
      return [name, 'set', admit(entries, [name])];
    }
    default:
  }
  return [name, 'set', admit(value, [name])];
}

/** The writes that one entry of an update means. */
function lowerEntry(
  channel: Channel<unknown>,
  name: string,
  value: unknown,
  base: Values,
  node: string,
): readonly Write[] {
  if (value instanceof Overwrite) return [setWrite(channel, name, value['~overwrite'], node)];
  switch (channel.kind) {
    case 'append':
      if (!Array.isArray(value)) throw wrongForm('append', name, node);
      return value.length > 0 ? [[name, 'append', admit(value, [name])]] : NONE;
    case 'map':
      if (!isRecord(value)) throw wrongForm('map', name, node);
      return Object.keys(value).length > 0 ? [[name, 'put', admit(value, [name])]] : NONE;
    case 'text':
      if (typeof value !== 'string') throw wrongForm('text', name, node);
      return value === '' ? NONE : [[name, 'text', value]];
    case 'local':
      return [[name, 'set', value]];
    default: {
      const admitted = admit(value, [name]);
      const isContainer = typeof admitted === 'object' && admitted !== null;
      return isContainer ? diff(name, base[name], admitted, channel.byParts) : [[name, 'set', admitted]];
    }
  }
}

/** Whether `update` is an object literal. Its constructor tells most of them faster than their prototype. */
function isPlain(update: unknown): update is Record<string, unknown> {
  return (typeof update === 'object' && update !== null && update.constructor === Object) || isRecord(update);
}

/**
 * The writes that an update means. Values are checked and frozen: from here on they belong to the thread's history.
 *
 * @param base the raw values before the step.
 * @param update a record of updates by channel; undefined means nothing.
 * @param node who returned the update, for the error's sentence.
 * @throws AgentError `unknown-channel`, `invalid-update` or `unstorable-value`.
 */
export function lower(channels: Channels, base: Values, update: unknown, node: string): Lowered {
  if (update === undefined || update === null) return NOTHING;
  if (!isPlain(update)) {
    throw refuse(
      'invalid-update',
      node,
      'returned something that is no update.',
      'Return an object of channels, or nothing.',
    );
  }
  let writes: readonly Write[] | undefined;
  let updates: ReduceUpdate[] | undefined;
  // A plain record inherits nothing that could be listed, and this lists it without a copy of its keys.
  for (const name in update) {
    const value = update[name];
    const channel = channels[name];
    // Names such as "constructor" lead to what every object has, which is of no kind.
    if (channel?.kind === undefined) throw unknownChannel(channels, name, node);
    if (value === undefined) continue;
    if (channel.kind === 'reduce' && !(value instanceof Overwrite)) {
      (updates ??= []).push([name, admit(value, [name])]);
      continue;
    }
    const more = lowerEntry(channel, name, value, base, node);
    // Most updates are of one channel: its list of writes is theirs.
    writes = writes === undefined ? more : [...writes, ...more];
  }
  return { writes: writes ?? NONE, updates: updates ?? NONE };
}

/** The writes that give every stored channel its first value. */
export function initialWrites(channels: Channels): readonly Write[] {
  const stored = Object.entries(channels).filter(([, channel]) => channel.kind !== 'local');
  return stored.map(([name, channel]) => [name, 'set', admit(channel.initial(), [name])]);
}

function folded(channel: Channel<unknown, unknown>, name: string, value: unknown, update: unknown): unknown {
  // Only the phantom types of the channel know what its reducer takes.
  const fold = channel.fold as ((value: unknown, update: unknown) => unknown) | undefined;
  let result: unknown;
  try {
    result = fold?.(value, update);
  } catch (error) {
    throw new AgentError('node-failed', `The reducer of channel "${name}" failed: ${errorText(error)}`, {
      fix: 'Mend the reducer; it must take every update that a node returns.',
      details: { channel: name },
      cause: error,
    });
  }
  return admit(result, [name]);
}

/**
 * Runs the reducers of a step and returns what they made, as writes that need no code.
 *
 * @param values the raw values that the reducers begin with.
 * @param updates in the order in which they are folded.
 * @throws AgentError `node-failed`, naming the channel, when a reducer throws; `unstorable-value` for its result.
 */
export function foldUpdates(channels: Channels, values: Values, updates: readonly ReduceUpdate[]): readonly Write[] {
  let writes: readonly Write[] = NONE;
  const results = new Map<string, unknown>();
  for (const [name, update] of updates) {
    const channel = channels[name];
    if (channel?.kind !== 'reduce') throw unknownChannel(channels, name, 'reducer');
    const value = results.has(name) ? results.get(name) : admit(read(values[name]), [name]);
    results.set(name, folded(channel, name, value, update));
  }
  for (const [name, result] of results) {
    const more = diff(name, values[name], result);
    writes = writes.length === 0 ? more : [...writes, ...more];
  }
  return writes;
}

/** The writes that are stored and sent: all but those of local channels. The same list when there are none of those. */
export function storedWrites(channels: Channels, writes: readonly Write[]): readonly Write[] {
  const isLocal = ([name]: Write): boolean => Object.hasOwn(channels, name) && channels[name]?.kind === 'local';
  return writes.some(isLocal) ? writes.filter((write) => !isLocal(write)) : writes;
}
