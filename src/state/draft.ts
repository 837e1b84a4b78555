/** Drafts: a node changes the state as if it were its own, and what it changed becomes writes. The base stays as it is. */
import { AgentError } from '../core/index.ts';
import type { Write } from '../core/index.ts';
import { assertOpen } from './change.ts';
import type { Change, Scope } from './change.ts';
import type { Channel, Channels } from './channel.ts';
import { difference } from './diff.ts';
import { ListInside } from './draft-list.ts';
import { MapInside } from './draft-map.ts';
import { FIELDS } from './draft-record.ts';
import type { Fields } from './draft-record.ts';
import { draftValue } from './draft-value.ts';
import { NO_UPDATES, setWrite, unknownChannel } from './lower.ts';
import type { Lowered } from './lower.ts';
import { Overlay } from './overlay.ts';
import type { Base } from './overlay.ts';
import type { Values } from './values.ts';

/** The inside of the draft of a whole state: its entries are the channels. */
class StateInside implements Fields, Base<string> {
  readonly scope: Scope = { open: true };
  readonly prototype = Object.prototype;
  readonly overlay: Overlay<string> = new Overlay(this);
  readonly #channels: Channels;
  readonly #values: Values;

  constructor(channels: Channels, values: Values) {
    this.#channels = channels;
    this.#values = values;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#channels, name);
  }

  get(name: string): unknown {
    return this.#values[name];
  }

  keys(): string[] {
    return Object.keys(this.#channels);
  }

  draft(name: string): object | undefined {
    return this.#channels[name]?.kind === 'local' ? undefined : draftValue(this.#values[name], this.scope);
  }

  set(name: string, value: unknown): void {
    if (!this.has(name)) throw unknownChannel(this.#channels, name, undefined);
    this.overlay.set(name, value);
  }

  delete(name: string): void {
    throw new AgentError('invalid-update', `The draft cannot take the channel "${name}" away.`, {
      fix: 'Assign the value that stands for nothing instead.',
      details: { path: name },
    });
  }

  lowered(): Lowered {
    const writes: Write[] = [];
    this.overlay.tell({
      removed: () => undefined,
      set: (name, value) => {
        const channel = this.#channels[name];
        if (channel) writes.push(...this.#assigned(channel, name, value));
      },
      inside: (name, change) => {
        this.#changed(name, change, writes);
      },
    });
    return { writes, updates: NO_UPDATES };
  }

  /** A value that was assigned to a channel: what it adds, where it goes on from the value before, else all of it. */
  #assigned(channel: Channel<unknown>, name: string, value: unknown): readonly Write[] {
    const { kind } = channel;
    const set = setWrite(channel, name, value, undefined);
    if (kind !== 'append' && kind !== 'map' && kind !== 'text') return [set];
    const writes = difference(kind, name, this.#values[name], set[2]);
    const adds = writes.every(
      ([, op, added]) => op !== 'put' || !Object.values(Object(added) as object).includes(undefined),
    );
    return adds ? writes : [set];
  }

  #changed(name: string, change: Change, writes: Write[]): void {
    const kind = this.#channels[name]?.kind;
    if (kind === 'append' && change instanceof ListInside) change.tellAppend(name, writes);
    else if (kind === 'map' && change instanceof MapInside) change.tellPut(name, writes);
    else change.tell(name, [], writes);
  }
}

/** The draft of a state. */
export interface StateDraft {
  /** The state to change in place. */
  readonly draft: Record<string, unknown>;
  /** The writes of all changes, checked and frozen as {@link lower} does. Revokes the draft, also when it throws. */
  readonly finish: () => Lowered;
  /** Ends the draft: every access to it, and to every part of it, throws `draft-revoked`. */
  readonly revoke: () => void;
}

/**
 * Makes a draft of a state. It is read and changed like plain data, deeply; it reads its own changes, and what is put
 * into it is read as it was put. Nothing of the values is ever changed.
 *
 * Changing an item, a property or an entry becomes a `patch` or a `delete` at its path; pushing to an append channel an
 * `append`, putting to a map channel a `put`, adding to text a `text`; assigning to a channel, and moving the items of a
 * list (`splice`, `sort`, …), becomes a `set` or a `patch` of the whole.
 *
 * @param values the raw values before the step.
 * @throws AgentError from `finish`: `unstorable-value`, `invalid-update` for a value that does not fit its channel, and
 *   `draft-revoked` when the draft has ended.
 * @example
 * const { draft, finish } = createDraft({ plan: last(() => ({ done: 0 })) }, { plan: { done: 0 } });
 * draft.plan.done += 1;
 * finish(); // { writes: [['plan', 'patch', ['done'], 1]], updates: [] }
 */
export function createDraft(channels: Channels, values: Values): StateDraft {
  const state = new StateInside(channels, values);
  const { scope } = state;
  return {
    // The handler makes a record of channels of it.
    draft: new Proxy<Fields>(state, FIELDS) as unknown as Record<string, unknown>,
    finish: () => {
      assertOpen(scope);
      try {
        return state.lowered();
      } finally {
        scope.open = false;
      }
    },
    revoke: () => {
      scope.open = false;
    },
  };
}
