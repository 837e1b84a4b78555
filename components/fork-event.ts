/** Apart from the other events, which come with the chat. */

/** The person had a thread copied up to a version. The copy is there; `preventDefault()` keeps it from being shown. */
export class InpageForkEvent extends Event {
  /** The id of the copy. */
  readonly thread: string;
  /** The id of the thread that was copied. */
  readonly from: string;
  /** The version that it was copied up to. */
  readonly version: number;

  constructor(thread: string, from: string, version: number) {
    super('inpage-fork', { bubbles: true, composed: true, cancelable: true });
    this.thread = thread;
    this.from = from;
    this.version = version;
  }
}
