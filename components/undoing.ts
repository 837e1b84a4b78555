/** Takes calls back on behalf of an element. */
import type { ReactiveControllerHost } from 'lit';
import type { Thread } from '../src/client/index.ts';
import type { Undo } from './tool-view.ts';

/** What taking a call back does to the element. */
export interface UndoActions {
  readonly thread: () => Promise<Thread>;
  /** Called when it begins: the button is about to be disabled, and then to go. */
  readonly begun: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Keeps which calls are being taken back, and renders its element again when that changes. */
export class Undoing implements Undo {
  underWay: ReadonlySet<string> = new Set();
  readonly #element: ReactiveControllerHost;
  readonly #actions: UndoActions;

  constructor(element: ReactiveControllerHost, actions: UndoActions) {
    this.#element = element;
    this.#actions = actions;
  }

  readonly run = (callId: string): void => {
    const { thread, begun, done, failed } = this.#actions;
    this.#mark(callId, true);
    begun();
    thread()
      .then((known) => known.undo(callId))
      .then(done, failed)
      .finally(() => {
        this.#mark(callId, false);
      });
  };

  #mark(callId: string, isUnderWay: boolean): void {
    const underWay = new Set(this.underWay);
    if (isUnderWay) underWay.add(callId);
    else underWay.delete(callId);
    this.underWay = underWay;
    this.#element.requestUpdate();
  }
}
