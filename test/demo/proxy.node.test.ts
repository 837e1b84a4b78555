import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createProxy } from '../../demo/proxy.mjs';
import type { ProxyOptions } from '../../demo/proxy.d.mts';
import type { ModelPart } from '../../src/core/index.ts';
import { remoteModel } from '../../src/models/index.ts';
import { startModelServer } from '../helpers/model-server.js';
import { openSession } from '../helpers/model-session.ts';
import type { Session } from '../helpers/model-session.ts';
import { asking, finishOf, partsOf, textOf } from '../models/remote/talk.ts';

const ORIGIN = 'https://shop.example';
const KEY = 'sk-key-of-the-site';

describe('the proxy', () => {
  let server: Awaited<ReturnType<typeof startModelServer>>;
  let session: Session;
  let close: (() => Promise<void>)[] = [];
  let time = 0;
  before(async () => {
    server = await startModelServer();
  });
  beforeEach(async () => {
    session = await openSession(server.origin);
    time = 0;
  });
  after(async () => {
    for (const end of close) await end();
    close = [];
    await server.close();
  });

  /** Starts a proxy before the model server; returns its address. */
  async function start(options: Partial<ProxyOptions> = {}): Promise<string> {
    const proxy = createProxy({
      ...{ upstream: session.endpoint, key: KEY, origins: [ORIGIN], now: () => time },
      models: ['text', 'calls', 'silent-later', 'ended', '401', '429', '500', 'split'],
      ...options,
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    close.push(async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    });
    return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/v1`;
  }

  const post = (address: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${address}/chat/completions`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  for (const provider of ['openai', 'anthropic'] as const) {
    it(`answers as the model does, with the key that the page has not, for ${provider}`, async () => {
      const endpoint = await start();
      const config = { provider, endpoint, model: 'text', headers: { origin: ORIGIN } };
      const parts = await partsOf(remoteModel(config));
      assert.equal(textOf(parts), 'Hello from the server.');
      assert.deepEqual(finishOf(parts), ['stop', 11, 5]);
      const [asked] = await session.requests();
      const { authorization, origin, ...headers } = asked?.headers ?? {};
      assert.equal(
        provider === 'openai' ? authorization : headers['x-api-key'],
        provider === 'openai' ? `Bearer ${KEY}` : KEY,
      );
      assert.equal(origin, undefined);
    });
  }

  it('streams: what was said is there before the end', async () => {
    const endpoint = await start();
    const controller = new AbortController();
    const model = remoteModel({ endpoint, model: 'silent-later', headers: { origin: ORIGIN } });
    const heard: ModelPart[] = [];
    await assert.rejects(
      async () => {
        for await (const part of model.stream(asking(), { signal: controller.signal })) {
          heard.push(part);
          controller.abort();
        }
      },
      { code: 'aborted' },
    );
    assert.equal(textOf(heard), 'Hello');
    // The model hears that nobody listens any more.
    await session.left(1);
  });

  it('hands on the status of a failure, and when to come back', async () => {
    const endpoint = await start();
    const answer = await post(endpoint, { model: '429' });
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('retry-after'), '7');
    assert.equal(answer.headers.get('access-control-expose-headers'), 'retry-after');
    assert.equal((await post(endpoint, { model: '500' })).status, 500);
  });

  it('does not hand on its key where the model repeats it', async () => {
    const endpoint = await start();
    const answer = await post(endpoint, { model: '401' });
    assert.equal(answer.status, 401);
    const text = await answer.text();
    assert.match(text, /Incorrect API key provided/);
    assert.ok(!text.includes(KEY), text);
  });

  it('says that the model is out of reach, and nothing of the key or the address', async () => {
    const endpoint = await start({ upstream: 'http://127.0.0.1:9/v1' });
    const answer = await post(endpoint, { model: 'text' });
    assert.equal(answer.status, 502);
    assert.deepEqual(await answer.json(), { error: { message: 'The model is out of reach.' } });
  });

  it('lets only the pages of its origins ask, and tells browsers so', async () => {
    const endpoint = await start();
    const asked = await fetch(`${endpoint}/chat/completions`, { method: 'OPTIONS', headers: { origin: ORIGIN } });
    assert.equal(asked.status, 204);
    assert.equal(asked.headers.get('access-control-allow-origin'), ORIGIN);
    for (const origin of ['https://evil.example', 'null', '']) {
      const answer = await post(endpoint, { model: 'text' }, { origin });
      assert.equal(answer.status, 403);
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
    }
    assert.deepEqual(await session.requests(), []);
  });

  it('lets a page ask only its models, whatever else the body says', async () => {
    const endpoint = await start();
    for (const body of [{ model: 'dear' }, {}, 'null', '[]', '{"model":"text","model":"dear"}']) {
      assert.equal((await post(endpoint, body)).status, 403);
    }
    await (await post(endpoint, '{"model":"dear","model":"text"}')).text();
    assert.deepEqual(
      (await session.requests()).map(({ text }) => text),
      ['{"model":"text"}'],
    );
  });

  it('lets nobody ask where no origins are given', async () => {
    // As `ORIGINS` is read when it is not set.
    const endpoint = await start({ origins: [''] });
    const body = JSON.stringify({ model: 'text' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${endpoint}/chat/completions`, { method: 'POST', headers, body });
    assert.equal(answer.status, 403);
    assert.deepEqual(await session.requests(), []);
  });

  it('takes the key nowhere else, though the model’s server says that it has moved', async () => {
    const other = await openSession(server.origin);
    await session.script([{ status: 307, headers: { location: `${other.endpoint}/messages` }, body: '' }]);
    const endpoint = await start();
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const body = JSON.stringify({ model: 'text' });
    const answer = await fetch(`${endpoint}/messages`, { method: 'POST', headers, body, redirect: 'manual' });
    assert.equal(answer.status, 502);
    assert.deepEqual(await other.requests(), []);
  });

  it('takes no other paths or methods, no more than so many bytes, and nothing but JSON', async () => {
    const endpoint = await start({ maxBytes: 1000 });
    const headers = { origin: ORIGIN };
    assert.equal((await fetch(`${endpoint}/models`, { method: 'POST', headers, body: '{}' })).status, 404);
    assert.equal((await fetch(`${endpoint}/chat/completions`, { headers })).status, 404);
    assert.equal((await post(endpoint, { model: 'text', more: 'x'.repeat(2000) })).status, 413);
    assert.equal((await post(endpoint, '{')).status, 400);
    assert.deepEqual(await session.requests(), []);
  });

  it('lets a visitor ask so many times a minute', async () => {
    const endpoint = await start({ perMinute: 2 });
    const ask = async (): Promise<number> => {
      const answer = await post(endpoint, { model: 'text' });
      await answer.text();
      return answer.status;
    };
    assert.deepEqual([await ask(), await ask(), await ask()], [200, 200, 429]);
    time = 30_000;
    assert.deepEqual([await ask(), await ask()], [200, 429]);
  });
});

it('is short enough to be read', () => {
  const text = readFileSync(new URL('../../demo/proxy.mjs', import.meta.url), 'utf8');
  const code = text.split('\n').filter((line) => !/^\s*(?:\/?\*|\/\/|$)/.test(line));
  assert.ok(code.length <= 60, `It has ${code.length} lines.`);
});
