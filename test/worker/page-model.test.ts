import { expect } from 'chai';
import { pageModel } from '../../src/worker/page-model.ts';
import type { Page } from '../../src/worker/page-tools.ts';
import { rejection } from '../helpers/rejection.ts';
import { partsOf } from '../models/remote/talk.ts';

const INFO = { id: 'silent', generative: true, contextTokens: 1000, nativeTools: true };

describe('a model of a page that does not answer', () => {
  for (const way of ['the run is stopped', 'the page is gone']) {
    it(`is given up when ${way}`, async () => {
      const [stopping, going] = [new AbortController(), new AbortController()];
      const remote = { answer: () => new Promise(() => undefined) } as unknown as Page['remote'];
      const model = pageModel(INFO, { remote, gone: going.signal, progress: new Map() });
      const error = rejection(partsOf(model, undefined, stopping.signal));
      (way === 'the run is stopped' ? stopping : going).abort();
      expect(await error).to.include({ code: 'aborted' });
    });
  }
});
