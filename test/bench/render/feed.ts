/** A worker that sends what a host's worker would: the tokens of a reply, in batches of 16 ms. */
import { END, paced } from './text.ts';

self.onmessage = ({ data }: MessageEvent<number>) => {
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, 4);
    });
  void (async () => {
    let batch = '';
    let sent = 0;
    for await (const text of paced(data, pause)) {
      batch += text;
      if (performance.now() - sent < 16) continue;
      sent = performance.now();
      self.postMessage(batch);
      batch = '';
    }
    self.postMessage(`${batch}\n\n${END}`);
    self.postMessage(undefined);
  })();
};
