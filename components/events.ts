/** The events of the elements. They bubble and cross shadow roots, so a page can listen on `document`. */
import type { AgentError, Approval, Interrupt, RunStatus } from '../src/core/index.ts';
import type { InpageForkEvent } from './fork-event.ts';

const far = { bubbles: true, composed: true };

/** The person sent a message; `send()` called by the page does not fire it. */
export class InpageMessageEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('inpage-message', far);
    this.text = text;
  }
}

/**
 * The person pressed approve or reject, and the answer is about to be given. `preventDefault()` keeps it from being
 * given: the question stays open, and the page may call `answer()` itself.
 *
 * @example
 * chat.addEventListener('inpage-approve', (event) => { if (!signedIn()) event.preventDefault(); });
 */
export class InpageDecisionEvent extends Event {
  readonly interrupt: Interrupt;
  /** The answer that is about to be given: with the arguments as the person has changed them, and how long it holds. */
  readonly approval: Approval;

  constructor(type: 'inpage-approve' | 'inpage-reject', interrupt: Interrupt, approval: Approval) {
    super(type, { ...far, cancelable: true });
    this.interrupt = interrupt;
    this.approval = approval;
  }
}

/** A run ended, whoever began it. An interrupted run has ended until somebody answers. */
export class InpageRunEndEvent extends Event {
  readonly status: RunStatus;
  readonly error: AgentError | undefined;

  constructor(status: RunStatus, error?: AgentError) {
    super('inpage-run-end', far);
    this.status = status;
    this.error = error;
  }
}

/** The element shows this thread from now on: at first, after a new conversation, or because the page set one. */
export class InpageThreadChangeEvent extends Event {
  readonly thread: string;

  constructor(thread: string) {
    super('inpage-thread-change', far);
    this.thread = thread;
  }
}

/** The person chose a thread. `preventDefault()` keeps it from being shown. */
export class InpageThreadSelectEvent extends Event {
  readonly thread: string;

  constructor(thread: string) {
    super('inpage-thread-select', { ...far, cancelable: true });
    this.thread = thread;
  }
}

/** A panel was opened or closed. */
export class InpageToggleEvent extends Event {
  readonly open: boolean;

  constructor(open: boolean) {
    super('inpage-toggle', far);
    this.open = open;
  }
}

declare global {
  // Elements, documents and windows all inherit from this map, and the events reach all three.
  interface GlobalEventHandlersEventMap {
    'inpage-fork': InpageForkEvent;
    'inpage-message': InpageMessageEvent;
    'inpage-approve': InpageDecisionEvent;
    'inpage-reject': InpageDecisionEvent;
    'inpage-run-end': InpageRunEndEvent;
    'inpage-thread-change': InpageThreadChangeEvent;
    'inpage-thread-select': InpageThreadSelectEvent;
    'inpage-toggle': InpageToggleEvent;
  }
}
