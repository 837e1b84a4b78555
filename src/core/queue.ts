/** An async queue: values are pushed on one side and iterated on the other. */

export interface Queue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Ends the iteration after what has been pushed; with an error, the iteration then throws it. */
  end(error?: Error): void;
  /** Something to wait for while the queue holds more than its capacity: until its reader has caught up. */
  full(): Promise<void> | undefined;
  /** Says that nobody may ever read: until somebody does, what is pushed is forgotten. */
  release(): void;
}

/**
 * Makes a queue for one reader.
 *
 * @param capacity values that may wait before `full()` asks the writer to wait.
 * @param onReturn called when the reader leaves before the end.
 */
export function createQueue<T>(capacity: number, onReturn: () => void): Queue<T> {
  const values: T[] = [];
  let closed = false;
  let unread = false;
  let failure: Error | undefined;
  let wakeReader: (() => void) | undefined;
  let wakeWriter: (() => void) | undefined;
  let room: Promise<void> | undefined;
  const makeRoom = (): void => {
    wakeWriter?.();
    wakeWriter = room = undefined;
  };
  const signal = (): void => {
    wakeReader?.();
    wakeReader = undefined;
  };
  let reading = false;
  return {
    push(value) {
      if (closed || unread) return;
      values.push(value);
      signal();
    },
    end(error) {
      closed = true;
      failure = error;
      signal();
    },
    full() {
      if (closed || values.length < capacity) return undefined;
      return (room ??= new Promise((resolve) => (wakeWriter = resolve)));
    },
    release() {
      if (reading) return;
      unread = true;
      values.length = 0;
      makeRoom();
    },
    [Symbol.asyncIterator]() {
      reading = true;
      unread = false;
      return read();
    },
  };

  async function* read(): AsyncGenerator<T> {
    let finished = false;
    try {
      for (;;) {
        const batch = values.splice(0);
        makeRoom();
        yield* batch;
        if (values.length > 0) continue;
        if (closed) break;
        await new Promise<void>((resolve) => (wakeReader = resolve));
      }
      finished = true;
      if (failure !== undefined) throw failure;
    } finally {
      if (!finished) {
        closed = true;
        values.length = 0;
        makeRoom();
        onReturn();
      }
    }
  }
}
