/**
 * The sessions of the Prompt API: one that only knows how every conversation begins, and one that is in the middle of
 * the conversation that was asked about last. What a session knows already is not told again.
 */
import type { PromptApi, PromptCoreOptions, PromptSession } from './prompt-types.ts';
import type { Told } from './prompt-step.ts';

/** What is asked of a session before it is used. */
export interface Setting {
  readonly system: string;
  readonly options: PromptCoreOptions;
}

export interface Taken {
  readonly session: PromptSession;
  /** How many of the messages it knows. */
  readonly known: number;
}

export interface Sessions {
  /** A session for a conversation. It is the caller's until it is put back or destroyed. */
  take(setting: Setting, messages: readonly Told[], signal: AbortSignal): Promise<Taken>;
  /** Puts a session back that knows these messages now. */
  put(setting: Setting, keys: readonly string[], session: PromptSession): void;
}

interface Kept {
  readonly setting: string;
  readonly keys: readonly string[];
  readonly session: PromptSession;
}

interface Base {
  readonly setting: string;
  readonly session: Promise<PromptSession>;
  /** Resolves once nobody is copying it any more. */
  idle: Promise<unknown>;
}

export function createSessions(api: () => PromptApi): Sessions {
  let base: Base | undefined;
  let kept: Kept | undefined;

  const nameOf = (setting: Setting): string => JSON.stringify(setting);

  const create = async ({ system, options }: Setting): Promise<PromptSession> => {
    const initialPrompts = system === '' ? {} : { initialPrompts: [{ role: 'system', content: system } as const] };
    return api().create({ ...options, ...initialPrompts });
  };

  const end = async ({ idle, session }: Base): Promise<void> => {
    await idle;
    (await session).destroy();
  };

  /** A new session, of one that knows the beginning. */
  const fresh = async (setting: Setting, signal: AbortSignal): Promise<PromptSession> => {
    const name = nameOf(setting);
    if (base?.setting !== name) {
      // One that could not be made need not be ended.
      if (base) end(base).catch(() => undefined);
      base = { setting: name, session: create(setting), idle: Promise.resolve() };
    }
    const mine = base;
    const copying = mine.session.then((session) => session.clone({ signal }));
    mine.idle = Promise.allSettled([mine.idle, copying]);
    try {
      return await copying;
    } catch (error) {
      if (base === mine && !signal.aborted) base = undefined;
      throw error;
    }
  };

  return {
    async take(setting, messages, signal) {
      const last = kept;
      kept = undefined;
      if (
        last?.setting === nameOf(setting) &&
        last.keys.length < messages.length &&
        last.keys.every((key, at) => key === messages[at]?.key)
      ) {
        return { session: last.session, known: last.keys.length };
      }
      last?.session.destroy();
      return { session: await fresh(setting, signal), known: 0 };
    },
    put(setting, keys, session) {
      kept?.session.destroy();
      kept = { setting: nameOf(setting), keys, session };
    },
  };
}
