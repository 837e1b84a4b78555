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

  /** Takes calls back, the last one first, until one cannot be. */
  readonly run = (...callIds: readonly string[]): void => {
    const { thread, begun, done, failed } = this.#actions;
    this.#mark(callIds, true);
    begun();
    thread()
      .then(async (known) => {
        for (const callId of callIds.toReversed()) await known.undo(callId);
      })
      .then(done, failed)
      .finally(() => {
        this.#mark(callIds, false);
      });
  };

  #mark(callIds: readonly string[], isUnderWay: boolean): void {
    const underWay = new Set(this.underWay);
    for (const callId of callIds) {
      if (isUnderWay) underWay.add(callId);
      else underWay.delete(callId);
    }
    this.underWay = underWay;
    this.#element.requestUpdate();
  }
}
