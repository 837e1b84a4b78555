/** Drafts: a node changes the state as if it were its own, and what it changed becomes writes. The base stays as it is. */
import { AgentError, NONE } from '../core/index.ts';
import type { Write } from '../core/index.ts';
import { difference, Overwrite, setWrite, unknownChannel, valueOf } from '../state/index.ts';
import type { Channel, Channels, Lowered, Values } from '../state/index.ts';
import { assertOpen, refuseLoop } from './change.ts';
import type { Change } from './change.ts';
import { Fields, FIELDS } from './draft-record.ts';
import { draftValue } from './draft-value.ts';
import { settle } from './settle.ts';
import { Telling } from './telling.ts';
import type { Teller } from './telling.ts';

/** The inside of the draft of a whole state: its entries are the channels. */
class StateInside extends Fields {
  readonly prototype = Object.prototype;
  // The handler makes a record of channels of it.
  readonly draft = new Proxy<Fields>(this, FIELDS) as unknown as Record<string, unknown>;
  readonly #channels: Channels;
  readonly #values: Values;

  constructor(channels: Channels, values: Values) {
    super({ open: true });
    this.#channels = channels;
    this.#values = values;
  }

  override set(name: string, value: unknown): void {
    if (!this.baseHas(name)) throw unknownChannel(this.#channels, name, undefined);
    if (value instanceof Overwrite) {
      throw new AgentError('invalid-update', `The draft takes no Overwrite for "${name}".`, {
        fix: 'Assign the value itself: it replaces the one before.',
        details: { path: name },
      });
    }
    super.set(name, value);
  }

  override delete(name: string): never {
    throw new AgentError('invalid-update', `The draft cannot take the channel "${name}" away.`, {
      fix: 'Assign the value that stands for nothing instead.',
      details: { path: name },
    });
  }

  lowered(): Lowered {
    const writes: Write[] = [];
    this.tellChanges(new ChannelTeller(this.#channels, this.#values, writes));
    return { writes, updates: NONE };
  }

  /** The state holds all that could hold it. */
  tell(): never {
    refuseLoop();
  }

  protected value(): never {
    refuseLoop();
  }

  protected baseHas(name: string): boolean {
    return Object.hasOwn(this.#channels, name);
  }

  protected baseGet(name: string): unknown {
    return valueOf(this.#values, name);
  }

  protected baseKeys(): string[] {
    return Object.keys(this.#channels);
  }

  protected drafted(name: string, value: unknown): Change | undefined {
    return this.#channels[name]?.kind === 'local' ? undefined : draftValue(value, this.scope);
  }
}

/** Tells the changes of channels, each by its kind. */
class ChannelTeller implements Teller<string> {
  readonly #channels: Channels;
  readonly #values: Values;
  readonly #writes: Write[];

  constructor(channels: Channels, values: Values, writes: Write[]) {
    this.#channels = channels;
    this.#values = values;
    this.#writes = writes;
  }

  gone(): void {
    // Channels cannot be deleted.
  }

  /** A value that was assigned: what it adds, where it goes on from the value before, else all of it. */
  becomes(name: string, value: unknown): void {
    const channel = this.#channels[name];
    if (!channel) return;
    const set = setWrite(channel, name, settle(value), undefined);
    const writes = isAdditive(channel) ? difference(channel, name, valueOf(this.#values, name), set[2]) : undefined;
    if (writes?.every(isAddition)) this.#writes.push(...writes);
    else this.#writes.push(set);
  }

  inside(name: string, change: Change): void {
    const channel = this.#channels[name];
    const telling = new Telling(name, this.#writes);
    if (channel && isAdditive(channel)) change.tellAdded(telling);
    else change.tell(telling);
  }
}

const isAdditive = ({ kind }: Channel<unknown>): boolean => kind === 'append' || kind === 'map' || kind === 'text';

/** Whether a write deletes nothing. */
function isAddition([, op, added]: Write): boolean {
  return op !== 'put' || !Object.values(Object(added) as object).includes(undefined);
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
  const { draft, scope } = state;
  return {
    draft,
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
