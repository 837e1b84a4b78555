import { expect } from 'chai';
import { answerOn } from '../../src/client/page-model.ts';
import { AgentError } from '../../src/core/index.ts';
import { call, createScriptedModel, say } from '../../src/models/index.ts';
import type { WireModelRequest } from '../../src/wire/index.ts';
import type { Page } from '../../src/worker/page-tools.ts';
import { pageModel } from '../../src/worker/page-model.ts';
import { testModel } from '../conformance/model.ts';
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

testModel('a model of the page, over its port,', () => {
  const inPage = createScriptedModel([
    ({ toolChoice }) => (toolChoice === 'none' ? say('No.') : call('greet', { name: 'Ada' })),
  ]);
  // Both halves of the port, without the worker between them.
  const answer = (request: WireModelRequest, port: MessagePort): Promise<void> => answerOn(port, inPage, request);
  const remote = { answer } as unknown as Page['remote'];
  return pageModel(inPage, { remote, gone: new AbortController().signal, progress: new Map() });
});

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
