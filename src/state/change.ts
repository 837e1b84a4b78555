/** What is common to all drafts: they know what changed in them, and end with the node that they were made for. */
import { AgentError } from '../core/index.ts';
import type { Path, Write } from '../core/index.ts';
import { admit } from './admit.ts';

/** What all drafts of one `createDraft` share. */
export interface Scope {
  open: boolean;
}

/** Throws `draft-revoked` once the node that a draft was made for has ended. */
export function assertOpen(scope: Scope): void {
  if (scope.open) return;
  throw new AgentError('draft-revoked', 'This draft belongs to a node that has ended.', {
    fix: 'Change the draft before the node ends: await what it starts, and copy what outlives it.',
  });
}

/** Refuses what would change how a draft behaves and not what it holds. */
export function refuseShape(): never {
  throw new AgentError('invalid-update', 'A draft cannot be frozen, and its properties cannot be defined.', {
    fix: 'Assign to the property instead.',
  });
}

/** Where a draft keeps its inside, for this folder only. */
export const INSIDE = Symbol('inside');

/** The inside of a draft. */
export interface Change {
  readonly changed: boolean;
  /** The value as it is now: the base itself where nothing was changed. */
  settled(): unknown;
  /** Adds the writes that make the changes at a path of a channel. */
  tell(channel: string, path: Path, writes: Write[]): void;
}

/** The inside of a draft; undefined for every other value. */
export function insideOf(value: object): Change | undefined {
  return (value as { readonly [INSIDE]?: Change })[INSIDE];
}

/** The inside of what is known to be a draft. */
export function changeOf(draft: object): Change {
  return (draft as { readonly [INSIDE]: Change })[INSIDE];
}

/** Adds the write that gives a place in a channel a value, admitted: a `set` for the whole channel, else a `patch`. */
export function tellValue(channel: string, path: Path, value: unknown, writes: Write[]): void {
  const admitted = admit(value, [channel, ...path.map(String)]);
  writes.push(path.length === 0 ? [channel, 'set', admitted] : [channel, 'patch', path, admitted]);
}

/** What is being settled; a draft that is met again in there holds itself. */
const settling = new Set<Change>();

/** Makes the settled value of a draft, and refuses a draft that holds itself. */
export function settleOnce<T>(change: Change, make: () => T): T {
  if (settling.has(change)) {
    throw new AgentError('unstorable-value', 'A draft cannot be stored inside itself.', {
      fix: 'Put a copy there, such as { ...draft }.',
    });
  }
  settling.add(change);
  try {
    return make();
  } finally {
    settling.delete(change);
  }
}
