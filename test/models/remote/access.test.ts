import { expect } from 'chai';
import { isAgentError, toWire } from '../../../src/core/index.ts';
import { remoteModel } from '../../../src/models/index.ts';
import { openSession } from '../../helpers/model-session.ts';
import { rejection } from '../../helpers/rejection.ts';
import { createFakeRealm } from './fake-realm.ts';
import { asking, noticesOf, partsOf, textOf } from './talk.ts';

const told = (error: unknown): string => (isAgentError(error) ? JSON.stringify(toWire(error)) : String(error));

describe('a key and a token', () => {
  it('are asked for before each request, and once more after a 401', async () => {
    const session = await openSession();
    await session.script(['text', '401', 'text', '401', '401']);
    let count = 0;
    const model = remoteModel({
      endpoint: session.endpoint,
      model: 'text',
      getToken: async () => `token-number-${++count}`,
    });
    await partsOf(model);
    await partsOf(model);
    const error = await rejection(partsOf(model));
    expect(isAgentError(error) && error.code).to.equal('model-unauthorized');
    expect((await session.requests()).map(({ headers }) => headers.authorization)).to.deep.equal(
      [1, 2, 3, 4, 5].map((number) => `Bearer token-number-${number}`),
    );
  });

  it('are not asked for twice where a key was refused', async () => {
    const session = await openSession();
    await rejection(partsOf(remoteModel({ endpoint: session.endpoint, model: '401', key: 'sk-own-key-1' })));
    expect(await session.requests()).to.have.length(1);
  });

  it('are told to nobody, though the server repeats them', async () => {
    for (const provider of ['openai', 'anthropic'] as const) {
      const session = await openSession();
      const base = { provider, endpoint: session.endpoint, model: '401' };
      for (const config of [
        { ...base, key: 'zz-very-own-key' },
        { ...base, getToken: () => 'zz-very-own-token' },
        { ...base, headers: { authorization: 'zz-very-own-header' } },
        { ...base, key: 'sk-other-1234567890' },
      ]) {
        const error = await rejection(partsOf(remoteModel(config, createFakeRealm())));
        expect(told(error))
          .to.include('Incorrect API key provided: ')
          .and.not.to.match(/zz-very|sk-other/);
      }
    }
  });

  it('are told to nobody when the page could not get one', async () => {
    const { endpoint } = await openSession();
    const getToken = async (): Promise<string> => {
      throw new Error('The session is over, bearer abcdefghijkl');
    };
    const missing = await rejection(partsOf(remoteModel({ endpoint, model: 'text', getToken })));
    expect(isAgentError(missing) && missing.code).to.equal('model-unauthorized');
    expect(told(missing)).to.include('The session is over').and.not.to.include('abcdefghijkl');
  });

  it('lose what came along when they were copied', async () => {
    const session = await openSession();
    await partsOf(remoteModel({ endpoint: session.endpoint, model: 'text', key: ' sk-own\u2026\u200bkey-1\n' }));
    expect((await session.requests())[0]?.headers.authorization).to.equal('Bearer sk-ownkey-1');
  });

  it('go nowhere else, though the server says that it has moved', async () => {
    for (const provider of ['openai', 'anthropic'] as const) {
      const [session, other] = [await openSession(), await openSession()];
      const path = provider === 'anthropic' ? 'messages' : 'chat/completions';
      await session.script([{ status: 307, headers: { location: `${other.endpoint}/${path}` }, body: '' }]);
      const config = { provider, endpoint: session.endpoint, model: 'text', key: 'sk-own-key-1' };
      const error = await rejection(partsOf(remoteModel(config)));
      expect(isAgentError(error) && [error.code, error.message]).to.deep.equal([
        'model-failed',
        `"text" at ${new URL(session.endpoint).host} answered with a redirect.`,
      ]);
      expect(await session.requests()).to.have.length(1);
      expect(await other.requests()).to.deep.equal([]);
    }
  });

  it('do not keep a run from being stopped', async () => {
    const { endpoint } = await openSession();
    const controller = new AbortController();
    const getToken = (): Promise<string> => {
      queueMicrotask(() => {
        controller.abort();
      });
      return new Promise(() => undefined);
    };
    const error = await rejection(
      partsOf(remoteModel({ endpoint, model: 'text', getToken }), asking(), controller.signal),
    );
    expect(isAgentError(error) && error.code).to.equal('aborted');
  });
});

describe('a model to fall back on', () => {
  it('answers when the first cannot, and says who answers and why', async () => {
    for (const fault of ['drop', '429', '500', '529', '401', '404', 'malformed', 'cut-first', 'html']) {
      const { endpoint } = await openSession();
      const realm = createFakeRealm();
      const parts = await partsOf(
        remoteModel({ endpoint, model: fault, fallback: [{ endpoint, model: 'text' }] }, realm),
      );
      expect(textOf(parts)).to.equal('Hello from the server.');
      const [[code, message] = []] = noticesOf(parts);
      expect(code).to.equal('model-fallback');
      const told = parts.find(({ type }) => type === 'notice');
      expect(told).to.deep.include({ model: { id: 'text', sentTo: [new URL(endpoint).host] } });
      expect(message)
        .to.match(/^"text" at 127\.0\.0\.1:\d+ answers, as /)
        .and.include(`"${fault}"`);
    }
  });

  it('is asked at once when the first wants to be waited for', async () => {
    const session = await openSession();
    const realm = createFakeRealm();
    const { endpoint } = session;
    await partsOf(remoteModel({ endpoint, model: '429', fallback: [{ endpoint, model: 'text' }] }, realm));
    expect(realm.waits).to.deep.equal([]);
    expect(await session.requests()).to.have.length(2);
  });

  it('is not asked when something was said, when it would not help, and when the run is stopped', async () => {
    for (const [fault, code] of [
      ['ended', 'model-unreachable'],
      ['overflow', 'context-overflow'],
    ]) {
      const session = await openSession();
      const { endpoint } = session;
      const fallback = [{ endpoint, model: 'text' }];
      const error = await rejection(
        partsOf(remoteModel({ endpoint, model: fault ?? '', fallback }, createFakeRealm())),
      );
      expect(isAgentError(error) && error.code).to.equal(code);
      expect(await session.requests()).to.have.length(1);
    }
  });

  it('is followed by the next; when all fail, the first one’s reason is told', async () => {
    const { endpoint } = await openSession();
    const others = ['500', '404'].map((model) => ({ endpoint, model }));
    const model = remoteModel({ endpoint, model: '401', fallback: others }, createFakeRealm());
    const error = await rejection(partsOf(model));
    expect(isAgentError(error) && error.code).to.equal('model-unauthorized');
    const more = remoteModel(
      { endpoint, model: '401', fallback: [...others, { endpoint, model: 'text' }] },
      createFakeRealm(),
    );
    expect(textOf(await partsOf(more))).to.equal('Hello from the server.');
  });

  it('may speak another language', async () => {
    const session = await openSession();
    const { endpoint } = session;
    const fallback = [{ provider: 'anthropic', endpoint, model: 'text' }] as const;
    expect(textOf(await partsOf(remoteModel({ endpoint, model: '404', fallback })))).to.equal('Hello from the server.');
    expect((await session.requests()).map(({ path }) => path.split('/v1/')[1])).to.deep.equal([
      'chat/completions',
      'messages',
    ]);
  });
});
