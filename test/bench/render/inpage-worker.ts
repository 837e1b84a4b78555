/** A site's own worker, with a model that says what it is asked to say: `<seconds>`. */
import { messageText } from '../../../src/core/index.ts';
import type { Model } from '../../../src/core/index.ts';
import { serve } from '../../../src/serve.ts';
import { END, paced } from './text.ts';

const talker: Model = {
  id: 'talker',
  generative: true,
  contextTokens: 1_000_000_000,
  nativeTools: true,
  async *stream({ messages }, { signal }) {
    const last = messages.at(-1);
    const pause = (): Promise<void> =>
      new Promise((resolve) => {
        setTimeout(resolve, 4);
      });
    for await (const text of paced(Number(last && messageText(last)), pause)) {
      signal.throwIfAborted();
      yield { type: 'text-delta', id: 'text', text };
    }
    yield { type: 'text-delta', id: 'text', text: `\n\n${END}` };
    yield { type: 'finish', reason: 'stop', inputTokens: 0, outputTokens: 0 };
  },
};

serve({ models: { talker: () => talker } });
