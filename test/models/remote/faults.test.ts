import { expect } from 'chai';
import { isAgentError, toWire } from '../../../src/core/index.ts';
import type { AgentError, ModelPart } from '../../../src/core/index.ts';
import { remoteModel } from '../../../src/models/index.ts';
import type { RemoteModelInit } from '../../../src/models/index.ts';
import { openSession } from '../../helpers/model-session.ts';
import type { Session } from '../../helpers/model-session.ts';
import { rejection } from '../../helpers/rejection.ts';
import { createFakeRealm, timePasses, until } from './fake-realm.ts';
import { asking, partsOf, textOf } from './talk.ts';

async function failure(promise: Promise<unknown>): Promise<AgentError> {
  const error = await rejection(promise);
  if (!isAgentError(error)) throw error;
  return error;
}

interface Expected {
  readonly code: string;
  /** What the message says. */
  readonly says: RegExp;
  /** How often it is asked, with a budget of two more tries. */
  readonly asked: number;
  readonly details?: object;
}

const FAULTS: Readonly<Record<string, Expected>> = {
  '400': { code: 'model-failed', says: /\(400\): The field `temperature`/, asked: 1 },
  '401': { code: 'model-unauthorized', says: /refused the key or the token \(401\)/, asked: 1 },
  '402': { code: 'model-rate-limited', says: /\(402\): Insufficient Balance/, asked: 1 },
  '403': { code: 'model-unauthorized', says: /\(403\): You may not use/, asked: 1 },
  '404': { code: 'model-failed', says: /is not there \(404\): The model `404`/, asked: 1 },
  '429': { code: 'model-rate-limited', says: /\(429\): Too many/, asked: 3, details: { retryAfter: 7000 } },
  '429-told': { code: 'model-rate-limited', says: /1\.5s/, asked: 3, details: { retryAfter: 1500 } },
  '429-spent': { code: 'model-rate-limited', says: /quota/, asked: 1 },
  '500': { code: 'model-failed', says: /\(500\): Something went wrong/, asked: 3, details: { status: 500 } },
  '503': { code: 'model-failed', says: /\(503\)/, asked: 3 },
  '529': { code: 'model-rate-limited', says: /\(529\): Overloaded/, asked: 3 },
  'html-502': { code: 'model-failed', says: /failed \(502\)\.$/, asked: 3 },
  html: { code: 'model-failed', says: /answered with a web page/, asked: 1 },
  malformed: { code: 'model-failed', says: /answered with what is no JSON/, asked: 1 },
  'malformed-whole': { code: 'model-failed', says: /answered with what is no JSON/, asked: 1 },
  'stream-error': { code: 'model-rate-limited', says: /verloaded/, asked: 3 },
  overflow: { code: 'context-overflow', says: /takes no conversation this long/, asked: 1 },
  drop: { code: 'model-unreachable', says: /could not be reached/, asked: 3 },
  'cut-first': { code: 'model-unreachable', says: /broke off/, asked: 3 },
};

/** The faults that come when something has been said already. */
const LATE: Readonly<Record<string, Expected>> = {
  cut: { code: 'model-unreachable', says: /broke off/, asked: 1 },
  ended: { code: 'model-unreachable', says: /broke off/, asked: 1 },
  'malformed-later': { code: 'model-failed', says: /no JSON/, asked: 1 },
  'stream-error-later': { code: 'model-failed', says: /Internal server error/, asked: 1 },
};

for (const provider of ['openai', 'anthropic'] as const) {
  describe(`a fault of a server in the manner of ${provider}`, () => {
    let session: Session;
    beforeEach(async () => {
      session = await openSession();
    });
    const config = (model: string): RemoteModelInit => ({ provider, endpoint: session.endpoint, model });
    const asked = async (): Promise<number> => (await session.requests()).length;

    for (const [fault, expected] of Object.entries(FAULTS)) {
      it(`is ${expected.code} for ${fault}, which is asked ${expected.asked} times`, async () => {
        const error = await failure(partsOf(remoteModel(config(fault), createFakeRealm())));
        expect(error.code).to.equal(expected.code);
        expect(error.message).to.match(expected.says).and.include(`"${fault}" at 127.0.0.1`);
        expect(error.fix).not.to.equal('');
        expect(error.details).to.deep.include(expected.details ?? {});
        expect(toWire(error).details).to.deep.equal(error.details);
        expect(await asked()).to.equal(expected.asked);
      });
    }

    for (const [fault, expected] of Object.entries(LATE)) {
      it(`is ${expected.code} for ${fault}, and nothing is said twice`, async () => {
        const parts: ModelPart[] = [];
        const model = remoteModel(config(fault), createFakeRealm());
        const error = await failure(
          (async () => {
            for await (const part of model.stream(asking(), { signal: new AbortController().signal })) {
              parts.push(part);
              await session.go();
            }
          })(),
        );
        expect(error.code).to.equal(expected.code);
        expect(error.message).to.match(expected.says);
        expect(textOf(parts)).to.equal('Hello');
        expect(await asked()).to.equal(1);
      });
    }

    it('is model-timeout when nothing comes, and the request is given up', async () => {
      const realm = createFakeRealm();
      const answer = partsOf(remoteModel(config('silent'), realm));
      await session.arrived(1);
      expect((await failure(timePasses(realm, answer))).code).to.equal('model-timeout');
      await session.left(1);
      expect(await asked()).to.equal(1);
    });

    it('is model-timeout when it falls silent in the middle', async () => {
      const realm = createFakeRealm();
      const error = await failure(until(realm, (parts) => textOf(parts) !== '', config('silent-later')));
      expect(error.code).to.equal('model-timeout');
      expect(await asked()).to.equal(1);
    });

    it('does not keep from an answer once it is over', async () => {
      const realm = createFakeRealm();
      await session.script(['500', 'cut-first', 'text']);
      expect(textOf(await partsOf(remoteModel(config('m'), realm)))).to.equal('Hello from the server.');
      expect(realm.waits).to.deep.equal([0, 0]);
    });

    it('is over within 100 ms when the run is stopped, whatever the network does', async () => {
      for (const fault of ['silent', 'silent-later', '429']) {
        const stopped = await openSession();
        const controller = new AbortController();
        const realm = createFakeRealm({ after: () => () => undefined });
        const answer = partsOf(
          remoteModel({ provider, endpoint: stopped.endpoint, model: fault }, realm),
          asking(),
          controller.signal,
        );
        answer.catch(() => undefined);
        await stopped.arrived(1);
        const begun = performance.now();
        controller.abort();
        expect((await failure(answer)).code).to.equal('aborted');
        expect(performance.now() - begun).to.be.lessThan(100);
        if (fault !== '429') await stopped.left(1);
      }
    });

    it('says how much the model takes, and the model says so from then on', async () => {
      const model = remoteModel(config('overflow'), createFakeRealm());
      const error = await failure(partsOf(model));
      const limit = provider === 'openai' ? 8192 : 200_000;
      expect(error.details).to.deep.include({ contextTokens: limit });
      expect(model.contextTokens).to.equal(limit);
    });
  });
}

describe('a wait between two tries', () => {
  it('is what the server asks for, with some chance added, as seconds or as a date', async () => {
    const { endpoint } = await openSession();
    const realm = createFakeRealm({ random: () => 1 });
    await rejection(partsOf(remoteModel({ endpoint, model: '429' }, realm)));
    expect(realm.waits).to.deep.equal([7500, 8000]);
    const dated = createFakeRealm();
    await rejection(partsOf(remoteModel({ endpoint, model: '429-date', retries: 1 }, dated)));
    expect(dated.waits).to.deep.equal([9000]);
  });

  it('grows by chance and by the number of tries where the server says nothing', async () => {
    const { endpoint } = await openSession();
    const realm = createFakeRealm({ random: () => 0.5 });
    await rejection(partsOf(remoteModel({ endpoint, model: '500', retries: 6 }, realm)));
    expect(realm.waits).to.deep.equal([250, 500, 1000, 2000, 4000]);
  });

  it('may end after the last moment, which is told as what it is', async () => {
    const session = await openSession();
    const at = createFakeRealm();
    const after = (ms: number, run: () => void): (() => void) => {
      if (ms === 7000) at.pass(200_000);
      return at.after(ms, run);
    };
    const config = { endpoint: session.endpoint, model: '429', timeouts: { total: 150_000 } };
    const error = await failure(partsOf(remoteModel(config, { ...at, after })));
    expect(error.code).to.equal('model-timeout');
  });

  it('is not begun when it is too long for a person', async () => {
    const session = await openSession();
    await session.script([{ status: 429, headers: { 'retry-after': '3600' }, body: '{}' }]);
    const realm = createFakeRealm();
    const error = await failure(partsOf(remoteModel({ endpoint: session.endpoint, model: 'text' }, realm)));
    expect(error.code).to.equal('model-rate-limited');
    expect(error.details).to.deep.include({ retryAfter: 3_600_000 });
    expect(realm.waits).to.deep.equal([]);
  });

  it('ends when the run is stopped', async () => {
    const { endpoint } = await openSession();
    const controller = new AbortController();
    const realm = createFakeRealm({
      after: (ms) => {
        if (ms < 10_000) controller.abort();
        return () => undefined;
      },
    });
    const error = await failure(partsOf(remoteModel({ endpoint, model: '429' }, realm), asking(), controller.signal));
    expect(error.code).to.equal('aborted');
  });
});

describe('a server that goes on failing', () => {
  it('is left alone after five failures, then asked once, and again when that went well', async () => {
    const session = await openSession();
    const realm = createFakeRealm();
    const model = remoteModel({ endpoint: session.endpoint, model: 'text', retries: 0 }, realm);
    await session.script(Array.from({ length: 6 }, () => '500'));
    const asked = async (): Promise<number> => (await session.requests()).length;
    for (let count = 0; count < 5; count++) expect((await failure(partsOf(model))).code).to.equal('model-failed');
    expect((await failure(partsOf(model))).message).to.match(/failed too often/);
    expect(await asked()).to.equal(5);

    realm.pass(15_000);
    const two = [partsOf(model), partsOf(model)].map(failure);
    expect((await Promise.all(two)).map(({ code }) => code)).to.have.members(['model-failed', 'model-unreachable']);
    expect(await asked()).to.equal(6);
    expect((await failure(partsOf(model))).code).to.equal('model-unreachable');

    realm.pass(15_000);
    expect(textOf(await partsOf(model))).to.equal('Hello from the server.');
    expect(textOf(await partsOf(model))).to.equal('Hello from the server.');
  });

  it('is asked again when the one try was stopped', async () => {
    const session = await openSession();
    const realm = createFakeRealm();
    const model = remoteModel({ endpoint: session.endpoint, model: 'text', retries: 0 }, realm);
    await session.script([...Array.from({ length: 5 }, () => '500'), 'silent']);
    for (let count = 0; count < 5; count++) await failure(partsOf(model));
    realm.pass(15_000);
    const controller = new AbortController();
    const stopped = partsOf(model, asking(), controller.signal);
    stopped.catch(() => undefined);
    await session.arrived(6);
    controller.abort();
    await failure(stopped);
    expect(textOf(await partsOf(model))).to.equal('Hello from the server.');
  });

  it('is not blamed for refusing what was asked', async () => {
    const { endpoint } = await openSession();
    const model = remoteModel({ endpoint, model: '404' }, createFakeRealm());
    for (let count = 0; count < 8; count++) expect((await failure(partsOf(model))).message).to.match(/is not there/);
  });
});

describe('a server that cannot be reached', () => {
  const fetch = async (): Promise<Response> => {
    throw new TypeError('Failed to fetch https://user:secret@example.com');
  };
  const why = async (endpoint: string, given: Parameters<typeof createFakeRealm>[0], more = {}): Promise<AgentError> =>
    failure(partsOf(remoteModel({ endpoint, model: 'm', ...more }, createFakeRealm({ fetch, ...given }))));

  it('may be so because the device is offline', async () => {
    const error = await why('https://api.example.com', { isOnline: () => false });
    expect(error.code).to.equal('model-unreachable');
    expect(error.message).to.match(/this device is offline/);
  });

  it('may be so because a page on https must not call http', async () => {
    const error = await why('http://192.168.1.5:1234', { origin: 'https://shop.example' });
    expect(error.message).to.match(/mixed content/);
  });

  it('may be so because Ollama does not know the page', async () => {
    const error = await why('http://localhost:11434', { origin: 'https://shop.example' });
    expect(error.fix).to.include('OLLAMA_ORIGINS=https://shop.example');
  });

  it('may be so because it does not run', async () => {
    expect((await why('http://localhost:1234', { origin: 'https://shop.example' })).message).to.match(/does not run/);
    expect((await why('/ai/v1', { origin: 'https://shop.example' })).message).to.match(/there was no answer/);
  });

  it('may be so because it does not let the page read it', async () => {
    const { endpoint } = await openSession();
    const error = await failure(partsOf(remoteModel({ endpoint, model: 'no-cors' }, createFakeRealm())));
    expect(error.code).to.equal('model-unreachable');
    expect(error.message).to.match(/it runs, but does not let .+ read it \(CORS\)/);
    expect(error.fix).to.include(location.origin);
  });

  it('is really found out to be down', async () => {
    const error = await failure(
      partsOf(remoteModel({ endpoint: 'http://127.0.0.1:9', model: 'm' }, createFakeRealm())),
    );
    expect(error.message).to.match(/does not run/);
  });

  it('never tells what the browser said of the address', async () => {
    const error = await why('https://example.com/v1?key=sk-secret-secret', { origin: 'null' });
    expect(JSON.stringify(toWire(error))).not.to.include('secret');
  });

  it('is no address', async () => {
    expect(() => remoteModel({ endpoint: 'http://', model: 'm' }))
      .to.throw()
      .with.property('code', 'invalid-option');
  });
});
