import { expect } from 'chai';
import { AgentError } from '../../src/core/index.ts';
import type { Page } from '../../src/worker/page-tools.ts';
import { pageModel } from '../../src/worker/page-model.ts';
import { rejection } from '../helpers/rejection.ts';
import { asking, partsOf } from '../models/remote/talk.ts';

const INFO = { id: 'mine', generative: true, contextTokens: 1000, nativeTools: true };

/** A page that has taken a request and does nothing more. */
function deafPage(gone: AbortSignal): { readonly page: Page; readonly asked: Promise<void> } {
  let tell: () => void;
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const answer = (): Promise<void> => {
    tell();
    return new Promise(() => undefined);
  };
  return { page: { remote: { answer } as unknown as Page['remote'], gone, progress: new Map() }, asked };
}

describe('a model in a page that does not answer', () => {
  it('is not waited for once the run is stopped', async () => {
    const stop = new AbortController();
    const { page, asked } = deafPage(new AbortController().signal);
    const ended = rejection(partsOf(pageModel(INFO, page), asking(), stop.signal));
    await asked;
    stop.abort();
    expect(await ended).to.include({ code: 'aborted' });
  });

  it('is not waited for once the page is gone', async () => {
    const gone = new AbortController();
    const { page, asked } = deafPage(gone.signal);
    const ended = rejection(partsOf(pageModel(INFO, page)));
    await asked;
    gone.abort(new AgentError('page-gone', 'The page is gone.', { fix: 'Open it.' }));
    expect(await ended).to.include({ code: 'page-gone' });
  });
});
