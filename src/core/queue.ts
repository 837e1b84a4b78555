/** An async queue: values are pushed on one side and iterated on the other. */

export interface Queue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Ends the iteration after what has been pushed; with an error, the iteration then throws it. */
  end(error?: Error): void;
  /** Something to wait for while a reader is behind by more than the queue's capacity. */
  full(): Promise<void> | undefined;
}

/**
 * Makes a queue for one reader. Before there is one, nobody waits: what fits is kept for it, and what does not is
 * forgotten.
 *
 * @param capacity values that may wait for the reader.
 * @param onReturn called when the reader leaves before the end.
 */
export function createQueue<T>(capacity: number, onReturn: () => void): Queue<T> {
  const values: T[] = [];
  let isReading = false;
  let isClosed = false;
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
  return {
    push(value) {
      if (isClosed) return;
      if (!isReading && values.length >= capacity) values.length = 0;
      values.push(value);
      signal();
    },
    end(error) {
      isClosed = true;
      failure = error;
      signal();
    },
    full() {
      if (isClosed || !isReading || values.length < capacity) return undefined;
      return (room ??= new Promise((resolve) => (wakeWriter = resolve)));
    },
    [Symbol.asyncIterator]() {
      isReading = true;
      return read();
    },
  };

  async function* read(): AsyncGenerator<T> {
    let isFinished = false;
    try {
      for (;;) {
        const batch = values.splice(0);
        makeRoom();
        yield* batch;
        if (values.length > 0) continue;
        if (isClosed) break;
        await new Promise<void>((resolve) => (wakeReader = resolve));
      }
      isFinished = true;
      if (failure !== undefined) throw failure;
    } finally {
      if (!isFinished) {
        isClosed = true;
        values.length = 0;
        makeRoom();
        onReturn();
      }
    }
  }
}
