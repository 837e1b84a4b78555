/** What has the thread of an element go on without a message. */
import type { Thread, TurnResult } from '../src/client/index.ts';
import type { Binding } from './binding.ts';
import type { StatusLine } from './status-line.ts';
import type { Turns } from './turns.ts';

/** What the buttons for it do. */
export interface GoingOn {
  /** Goes on with what was cut off. */
  readonly resume: () => void;
  /** Has the last message answered again. */
  readonly again: () => void;
}

/** @param back called when the button that was pressed is about to go, and would drop the focus. */
export function goingOn(binding: Binding, turns: Turns, status: StatusLine, back: () => void): GoingOn {
  const having = (work: (thread: Thread) => Promise<TurnResult>) => (): void => {
    back();
    turns.running(binding.thread().then(work)).catch(status.fail);
  };
  return { resume: having((thread) => thread.resume()), again: having((thread) => thread.regenerate()) };
}
