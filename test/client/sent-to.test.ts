import { expect } from 'chai';
import { createAgent } from '../../src/index.ts';
import type { AgentOptions, AgentReady } from '../../src/index.ts';
import { eraseAll, freshNamespace, keep } from '../agent/conversation.ts';
import { openSession } from '../helpers/model-session.ts';

const readyOf = (model: AgentOptions['model']): Promise<AgentReady> =>
  keep(createAgent({ namespace: freshNamespace(), ...(model === undefined ? {} : { model }) })).ready;

const page = {
  id: 'own',
  generative: true,
  contextTokens: 1000,
  nativeTools: false,
  async *stream(): AsyncGenerator<never> {
    return;
  },
};

describe('where a conversation is sent', () => {
  afterEach(eraseAll);

  it('is said of a remote model and of those that would stand in for it, each host once', async () => {
    const at = (endpoint: string): { endpoint: string; model: string } => ({ endpoint, model: 'm' });
    const { model } = await readyOf({
      ...at('https://api.example/v1'),
      fallback: [at('https://b.example:8443/v1'), at('https://api.example/v2'), at('/ai/v1')],
    });
    expect(model.sentTo).to.deep.equal(['api.example', 'b.example:8443', location.host]);
  });

  it('is not said where only the site knows', async () => {
    expect((await readyOf('planner')).model).to.deep.equal({ id: 'planner', generative: false });
    expect((await readyOf(page)).model).to.deep.equal({ id: 'own', generative: true });
  });

  it('is said of a model of the page that tells it', async () => {
    expect((await readyOf({ ...page, sentTo: [] })).model.sentTo).to.deep.equal([]);
  });
});

describe('a key of the person’s own', () => {
  afterEach(eraseAll);

  it('comes with a notice from the beginning, also where it is for a model that stands in', async () => {
    const { endpoint } = await openSession();
    const base = { endpoint, model: 'm' };
    for (const model of [
      { ...base, key: 'sk-own-key-1' },
      { ...base, fallback: [{ ...base, key: 'sk-own-key-1' }] },
    ]) {
      const { notices } = await readyOf(model);
      expect(notices.map(({ code }) => code)).to.deep.equal(['own-key']);
    }
    expect((await readyOf(base)).notices).to.deep.equal([]);
  });
});
