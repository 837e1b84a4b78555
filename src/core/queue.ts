/** An async queue: values are pushed on one side and iterated on the other. */

export interface Queue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Ends the iteration after what has been pushed; with an error, the iteration then throws it. */
  end(error?: Error): void;
}

/** Makes a queue for one reader. `onReturn` is called when the reader leaves before the end. */
export function createQueue<T>(onReturn: () => void): Queue<T> {
  const values: T[] = [];
  let ended = false;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const signal = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    push(value) {
      if (ended) return;
      values.push(value);
      signal();
    },
    end(error) {
      ended = true;
      failure = error;
      signal();
    },
    async *[Symbol.asyncIterator]() {
      let finished = false;
      try {
        for (;;) {
          yield* values.splice(0);
          if (values.length > 0) continue;
          if (ended) break;
          await new Promise<void>((resolve) => (wake = resolve));
        }
        finished = true;
        if (failure !== undefined) throw failure;
      } finally {
        if (!finished) {
          ended = true;
          values.length = 0;
          onReturn();
        }
      }
    },
  };
}
