/**
 * A server shaped as OpenAI's and Anthropic's: real HTTP, streamed, with CORS, and with every fault that such servers
 * have. The first folder of a path is a session, which keeps what one test asks for apart from the others.
 *
 * `POST /<session>/…/chat/completions` and `…/messages` play the next step of the session's script; without one, the
 * step of the model's name, such as `429` or `calls`; without that, an answer that calls `greet` when asked to say hello.
 * A connection to be cut breaks at `GET /<session>/go`. `PUT /<session>/script` takes a list of steps or of their names, `GET /<session>/requests` tells what was asked,
 * `GET /<session>/arrived?count=n` and `/<session>/left?count=n` wait until n requests came, or were given up.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

/**
 * @typedef {object} Step
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {false} [cors] the page may not read it
 * @property {string} [body] sent as it is
 * @property {unknown[]} [events] sent as server-sent events: texts as they are, others as JSON
 * @property {string} [fixture] a file of test/fixtures/models, sent as it is
 * @property {number} [split] bytes that are written at once
 * @property {'end' | 'cut' | 'hang' | 'drop'} [end] how it ends; `drop` ends it before it begins
 * @property {string[]} [refuse] fields of the body that are refused with a 400
 */

const FIXTURES = new URL('../fixtures/models/', import.meta.url);

const HUGE = 'x'.repeat(1 << 20);

/** @param {boolean} isAnthropic @param {string} text @param {string} [reason] @returns {unknown[]} */
function saying(isAnthropic, text, reason) {
  const words = text.match(/\s*\S+/g) ?? [];
  if (!isAnthropic) {
    return [
      ...words.map((content) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })),
      { choices: [{ index: 0, delta: {}, finish_reason: reason ?? 'stop' }] },
      { choices: [], usage: { prompt_tokens: 11, completion_tokens: 5 } },
      '[DONE]',
    ];
  }
  return [
    {
      type: 'message_start',
      message: { role: 'assistant', content: [], usage: { input_tokens: 11, output_tokens: 1 } },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...words.map((word) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: word } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: reason ?? 'end_turn' }, usage: { output_tokens: 5 } },
    { type: 'message_stop' },
  ];
}

/** @param {boolean} isAnthropic @param {readonly { name: string, json: string }[]} calls @param {number} size @returns {unknown[]} */
function calling(isAnthropic, calls, size = 3) {
  const pieces = /** @param {string} json */ (json) =>
    Array.from(json.matchAll(new RegExp(`[^]{1,${String(size)}}`, 'gu')), String);
  if (!isAnthropic) {
    return [
      ...calls.flatMap(({ name, json }, index) => [
        {
          choices: [
            {
              index: 0,
              delta: {
                tool_calls: [
                  { index, id: `call_${name}_${String(index)}`, type: 'function', function: { name, arguments: '' } },
                ],
              },
            },
          ],
        },
        ...pieces(json).map((text) => ({
          choices: [{ index: 0, delta: { tool_calls: [{ index, function: { arguments: text } }] } }],
        })),
      ]),
      { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      { choices: [], usage: { prompt_tokens: 11, completion_tokens: 5 } },
      '[DONE]',
    ];
  }
  return [
    {
      type: 'message_start',
      message: { role: 'assistant', content: [], usage: { input_tokens: 11, output_tokens: 1 } },
    },
    ...calls.flatMap(({ name, json }, index) => [
      {
        type: 'content_block_start',
        index,
        content_block: { type: 'tool_use', id: `toolu_${String(index)}`, name, input: {} },
      },
      ...pieces(json).map((text) => ({
        type: 'content_block_delta',
        index,
        delta: { type: 'input_json_delta', partial_json: text },
      })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } },
    { type: 'message_stop' },
  ];
}

/** @param {boolean} isAnthropic @param {number} status @param {string} type @param {string} message @param {Record<string, string>} [headers] @returns {Step} */
const failing = (isAnthropic, status, type, message, headers = {}) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(
    isAnthropic ? { type: 'error', error: { type, message } } : { error: { message, type, param: null, code: type } },
  ),
});

/** The step of a name. @param {string} name @param {boolean} isAnthropic @param {any} body @returns {Step | undefined} */
function stepOf(name, isAnthropic, body) {
  const fail =
    /** @type {(status: number, type: string, message: string, headers?: Record<string, string>) => Step} */ (
      failing.bind(undefined, isAnthropic)
    );
  const text = saying(isAnthropic, 'Hello from the server.');
  /** @type {Record<string, () => Step>} */
  const steps = {
    text: () => ({ events: text }),
    calls: () => ({
      events: calling(isAnthropic, [
        { name: 'greet', json: '{"name":"Ada"}' },
        { name: 'find', json: '{"query":"Müsli 🥣"}' },
      ]),
    }),
    split: () => ({ events: calling(isAnthropic, [{ name: 'find', json: '{"query":"Müsli 🥣 東京"}' }], 1), split: 1 }),
    slow: () => ({ events: text, split: 1 }),
    huge: () => ({ events: calling(isAnthropic, [{ name: 'greet', json: JSON.stringify({ name: HUGE }) }], 4096) }),
    length: () => ({ events: saying(isAnthropic, 'Hello from', isAnthropic ? 'max_tokens' : 'length') }),
    filter: () => ({ events: saying(isAnthropic, 'No.', isAnthropic ? 'refusal' : 'content_filter') }),
    cut: () => ({ events: text.slice(0, isAnthropic ? 3 : 1), end: 'cut' }),
    ended: () => ({ events: text.slice(0, isAnthropic ? 3 : 1) }),
    'cut-first': () => ({ events: [], end: 'cut' }),
    drop: () => ({ end: 'drop' }),
    silent: () => ({ events: [], end: 'hang' }),
    'silent-later': () => ({ events: text.slice(0, isAnthropic ? 3 : 1), end: 'hang' }),
    'open-ended': () => ({ events: text.slice(0, -1), end: 'hang' }),
    400: () => fail(400, 'invalid_request_error', 'The field `temperature` is out of range.'),
    401: () =>
      fail(
        401,
        isAnthropic ? 'authentication_error' : 'invalid_api_key',
        `Incorrect API key provided: ${String(body.said)}.`,
      ),
    402: () => fail(402, 'insufficient_balance', 'Insufficient Balance'),
    403: () => fail(403, 'permission_error', 'You may not use this model.'),
    404: () => fail(404, isAnthropic ? 'not_found_error' : 'model_not_found', 'The model `404` does not exist.'),
    429: () =>
      fail(429, isAnthropic ? 'rate_limit_error' : 'rate_limit_exceeded', 'Too many requests.', { 'retry-after': '7' }),
    '429-date': () =>
      fail(429, 'rate_limit_exceeded', 'Too many requests.', { 'retry-after': new Date(9000).toUTCString() }),
    '429-told': () => fail(429, 'rate_limit_exceeded', 'Rate limit reached. Please try again in 1.5s.'),
    '429-spent': () =>
      fail(429, 'insufficient_quota', 'You exceeded your current quota, please check your plan and billing details.'),
    500: () => fail(500, isAnthropic ? 'api_error' : 'server_error', 'Something went wrong.'),
    503: () => fail(503, 'server_error', 'Not now.'),
    529: () => fail(529, 'overloaded_error', 'Overloaded'),
    'html-502': () => ({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html><h1>Bad Gateway</h1></html>',
    }),
    html: () => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' }),
    'no-cors': () => ({ ...fail(500, 'server_error', 'Secret'), cors: false }),
    malformed: () => ({ body: 'data: {"choices":[{"delta":\n\n' }),
    'malformed-whole': () => ({ headers: { 'content-type': 'application/json' }, body: '{"choices":[{' }),
    'malformed-later': () => ({ events: [...text.slice(0, isAnthropic ? 3 : 1), '{"choices":'] }),
    'stream-error': () => ({
      events: [
        isAnthropic
          ? { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
          : { error: { message: 'The engine is overloaded', type: 'server_error' } },
      ],
    }),
    'stream-error-later': () => ({
      events: [
        ...text.slice(0, isAnthropic ? 3 : 1),
        { type: 'error', error: { type: 'api_error', message: 'Internal server error' } },
      ],
    }),
    overflow: () =>
      isAnthropic
        ? fail(400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum')
        : fail(
            400,
            'context_length_exceeded',
            "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
          ),
    'overflow-later': () => ({
      events: saying(isAnthropic, 'Hello', isAnthropic ? 'model_context_window_exceeded' : 'length'),
    }),
    whole: () => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: 'All at once.',
              tool_calls: [{ id: 'c', type: 'function', function: { name: 'greet', arguments: '{"name":"Ada"}' } }],
            },
            finish_reason: 'tool_calls',
          },
        ],
        usage: { prompt_tokens: 3, completion_tokens: 4 },
      }),
    }),
  };
  const fixture = /^(.+)\.sse$/.test(name) ? { fixture: name } : undefined;
  return fixture ?? steps[name]?.();
}

/** What the server says of itself when a test wants no more than an answer. @param {boolean} isAnthropic @param {any} body @returns {Step} */
function sensible(isAnthropic, body) {
  const last = JSON.stringify(body.messages?.at(-1) ?? '');
  const tools = JSON.stringify(body.tools ?? []);
  return last.includes('say hello') && tools.includes('"greet"')
    ? { events: calling(isAnthropic, [{ name: 'greet', json: '{"name":"Ada"}' }]) }
    : { events: saying(isAnthropic, 'I have nothing to say about that.') };
}

/** @returns {Promise<{ origin: string, close(): Promise<void> }>} */
export async function startModelServer() {
  /** @type {Map<string, { script: (string | Step)[], requests: any[], waiting: (() => void)[], cuts: (() => void)[] }>} */
  const sessions = new Map();
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': '*',
    'access-control-expose-headers': '*',
  };

  const server = createServer((request, response) => {
    // A browser sends a request again by itself when a connection that it used before turns out to be gone.
    response.shouldKeepAlive = false;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, id = '', ...rest] = pathname.split('/');
    const session = sessions.get(id) ?? { script: [], requests: [], waiting: [], cuts: [] };
    sessions.set(id, session);
    const tell = () => {
      for (const go of session.waiting.splice(0)) go();
    };
    const answer = /** @param {unknown} value */ (value) => {
      response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    /** @param {(request: any) => boolean} counts */
    const wait = (counts) => {
      const many = session.requests.filter(counts).length;
      if (many >= Number(searchParams.get('count'))) answer(many);
      else session.waiting.push(() => wait(counts));
    };

    if (request.method === 'OPTIONS' || request.method === 'HEAD') {
      response.writeHead(204, { ...cors, 'access-control-allow-methods': '*' }).end();
      return;
    }
    if (request.method === 'GET') {
      if (rest[0] === 'requests') answer(session.requests.map(({ path, headers, text }) => ({ path, headers, text })));
      else if (rest[0] === 'go') {
        for (const cut of session.cuts.splice(0)) cut();
        answer(null);
      } else if (rest[0] === 'arrived') wait(() => true);
      else wait(({ left }) => left);
      return;
    }
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      if (request.method === 'PUT') {
        session.script = JSON.parse(text);
        answer(null);
        return;
      }
      /** @type {any} */
      let body = {};
      try {
        body = JSON.parse(text);
      } catch {
        // It is told as it came.
      }
      const isAnthropic = pathname.endsWith('/messages');
      const record = { path: pathname, headers: request.headers, text, left: false };
      session.requests.push(record);
      response.on('close', () => {
        record.left = !response.writableFinished;
        tell();
      });
      tell();
      const told = { ...body, said: request.headers.authorization ?? request.headers['x-api-key'] };
      const next = session.script.shift() ?? body.model;
      const step = (typeof next === 'string' ? stepOf(next, isAnthropic, told) : next) ?? sensible(isAnthropic, body);
      void play(step, isAnthropic, body);
    });

    /** @param {Step} step @param {boolean} isAnthropic @param {any} body */
    async function play(step, isAnthropic, body) {
      const refused = step.refuse?.find((field) => field in body);
      if (refused !== undefined) {
        await play(
          failing(isAnthropic, 400, 'invalid_request_error', `Unknown parameter: '${refused}' is not supported.`),
          isAnthropic,
          body,
        );
        return;
      }
      const { status = 200, headers = {}, end = 'end', split, events, fixture } = step;
      if (end === 'drop') {
        request.socket.destroy();
        return;
      }
      const isOpen = events === undefined && fixture === undefined && step.body === undefined;
      const said = ((isOpen ? sensible(isAnthropic, body).events : events) ?? []).map((event) => {
        if (typeof event === 'string') return `data: ${event}\n\n`;
        const type = isAnthropic ? `event: ${/** @type {any} */ (event).type}\n` : '';
        return `${type}data: ${JSON.stringify(event)}\n\n`;
      });
      const bytes =
        fixture === undefined ? Buffer.from(step.body ?? said.join('')) : readFileSync(new URL(fixture, FIXTURES));
      response.writeHead(status, {
        'content-type': 'text/event-stream',
        ...(step.cors === false ? {} : cors),
        ...headers,
      });
      response.flushHeaders();
      request.socket.setNoDelay(true);
      const size = split ?? bytes.length;
      for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
        response.write(bytes.subarray(at, at + size));
        if (split !== undefined) await turn();
      }
      if (end === 'end') response.end();
      // A browser forgets what it has not read when the connection breaks.
      if (end === 'cut' && bytes.length > 0) session.cuts.push(() => response.destroy());
      else if (end === 'cut') response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

/** Runs the server beside the test runner's, which tells its origin under `/model-server`. @returns {import('@web/test-runner').TestRunnerPlugin} */
export function modelServer() {
  /** @type {Awaited<ReturnType<typeof startModelServer>> | undefined} */
  let running;
  return {
    name: 'model-server',
    async serverStart() {
      running = await startModelServer();
    },
    async serverStop() {
      await running?.close();
    },
    serve(context) {
      return context.path === '/model-server' ? { body: running?.origin ?? '', type: 'text/plain' } : undefined;
    },
  };
}
