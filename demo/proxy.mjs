/**
 * Keeps the key of a model out of the page: takes the page's requests, adds the key, and streams the answers back.
 *
 *   UPSTREAM=https://api.openai.com/v1 KEY=… ORIGINS=https://shop.example MODELS=gpt-5-mini node demo/proxy.mjs
 *
 * The page then uses `{ endpoint: 'https://proxy.example/v1', model: 'gpt-5-mini' }`. It writes nothing down. A site with
 * accounts should check its session here as well: an origin and an address tell browsers apart, not persons.
 */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/** @param {import('./proxy.d.mts').ProxyOptions} options */
export function createProxy({ upstream, key, origins, models, perMinute = 20, maxBytes = 2_000_000, now = Date.now }) {
  /** What each visitor may still ask. @type {Map<string, { left: number, at: number }>} */
  const buckets = new Map();
  const mayAsk = (visitor = '') => {
    if (buckets.size > 10_000) buckets.clear();
    const { left, at } = buckets.get(visitor) ?? { left: perMinute, at: now() };
    const filled = Math.min(perMinute, left + ((now() - at) / 60_000) * perMinute);
    buckets.set(visitor, { left: filled < 1 ? filled : filled - 1, at: now() });
    return filled >= 1;
  };

  return createServer(async (request, response) => {
    const { headers, method, url = '' } = request;
    /** @param {number} status @param {string} message @param {object} [more] */
    const refuse = (status, message, more) => {
      response.writeHead(status, { 'content-type': 'application/json', ...more });
      response.end(JSON.stringify({ error: { message } }));
    };
    if (!headers.origin || !origins.includes(headers.origin)) return refuse(403, 'This origin is not allowed.');
    response.setHeader('access-control-allow-origin', headers.origin).setHeader('vary', 'origin');
    response.setHeader('access-control-allow-headers', 'content-type, authorization, anthropic-version');
    response.setHeader('access-control-expose-headers', 'retry-after').setHeader('access-control-max-age', 7200);
    if (method === 'OPTIONS') return response.writeHead(204).end();
    const [path] = /\/(?:chat\/completions|messages)$/.exec(url) ?? [];
    if (method !== 'POST' || path === undefined) return refuse(404, 'There is nothing here.');
    if (!mayAsk(request.socket.remoteAddress)) {
      return refuse(429, 'Too many requests.', { 'retry-after': Math.ceil(60 / perMinute) });
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) {
        if ((body += chunk).length > maxBytes) return refuse(413, 'That is too long.', { connection: 'close' });
      }
      // Written anew below, so that what is checked is what is sent.
      const asked = JSON.parse(body);
      if (!models.includes(asked?.model)) return refuse(403, 'This model is not allowed.');
      const access = path === '/messages' ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
      const answer = await fetch(upstream + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', ...access },
        body: JSON.stringify(asked),
        ...{ redirect: 'error', signal: gone.signal },
      });
      const told = [...answer.headers].filter(([name]) => /^(?:content-type|retry-after)$/.test(name));
      response.writeHead(answer.status, Object.fromEntries(told));
      // Some repeat the key that they refuse.
      if (!answer.ok && key) return response.end((await answer.text()).replaceAll(key, '…'));
      await pipeline(Readable.fromWeb(/** @type {any} */ (answer.body)), response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (error instanceof SyntaxError) refuse(400, 'The request is no JSON.');
      else refuse(502, 'The model is out of reach.');
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { UPSTREAM = '', KEY = '', ORIGINS = '', MODELS = '', PORT = '8787' } = process.env;
  createProxy({ upstream: UPSTREAM, key: KEY, origins: ORIGINS.split(','), models: MODELS.split(',') }).listen(+PORT);
}
