/** What is common to all drafts: they know what changed in them, and end with the node that they were made for. */
import { AgentError } from '../core/index.ts';
import type { Telling } from './telling.ts';

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

/** Refuses a draft that would hold itself. */
export function refuseLoop(): never {
  throw new AgentError('unstorable-value', 'A draft cannot be stored inside itself.', {
    fix: 'Put a copy there, such as { ...draft }.',
  });
}

/** Where a draft keeps its inside, for this folder only. */
export const INSIDE = Symbol('inside');

/** What is being settled; a draft that is met again in there holds itself. */
const settling = new Set<Change>();

/** The inside of a draft. */
export abstract class Change {
  readonly scope: Scope;
  /** What the node holds of it. */
  abstract readonly draft: object;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  abstract get changed(): boolean;

  /** Tells the writes that make the changes, at the place where `telling` is. */
  abstract tell(telling: Telling): void;

  /** Makes the value as it is now; the base itself where nothing was changed. */
  protected abstract value(): unknown;

  /** As {@link tell}, for the whole of a channel that items or entries are added to. */
  tellAdded(telling: Telling): void {
    this.tell(telling);
  }

  /** The value as it is now, with the drafts in it settled. */
  settled(): unknown {
    assertOpen(this.scope);
    if (settling.has(this)) refuseLoop();
    settling.add(this);
    try {
      return this.value();
    } finally {
      settling.delete(this);
    }
  }
}

/** The inside of a draft; undefined for every other value. */
export function insideOf(value: object): Change | undefined {
  const inside = (value as { readonly [INSIDE]?: unknown })[INSIDE];
  // An object may answer to any key, as stand-ins for what is elsewhere do.
  return inside instanceof Change ? inside : undefined;
}
