import { expect } from 'chai';
import { serverFault, streamFault } from '../../../src/models/remote/faults.ts';
import type { Details, Target } from '../../../src/models/remote/faults.ts';

const to: Target = { url: new URL('https://example.com/v1'), name: 'It', secrets: new Set() };

const details = (error: { details: unknown }): Details => error.details as Details;

/** What servers say of a conversation that is too long, and the limit that they name. */
const OVERFLOWS: readonly (readonly [status: number, words: string, limit?: number])[] = [
  [
    400,
    "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.",
    128_000,
  ],
  [400, 'prompt is too long: 210000 tokens > 200000 maximum', 200_000],
  [400, 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000', 190_000],
  [400, 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).', 1_048_576],
  [400, 'The decoder prompt (length 9000) is longer than the maximum model length of 8192.', 8192],
  [400, 'the request exceeds the available context size. try increasing the context size or enable context shift'],
  [500, 'the request exceeds the available context size (4096 tokens)'],
  [400, 'The model is loaded with context length of only 4096 tokens, which is not enough', 4096],
  [413, 'Request exceeds the maximum size'],
];

/** What servers say of other things, some of which sounds like it. */
const OTHERS: readonly (readonly [status: number, words: string, code: string, isTransient: boolean])[] = [
  [401, 'User not found.', 'model-unauthorized', false],
  [403, 'Key limit exceeded (total limit). Manage it using your settings.', 'model-unauthorized', false],
  [402, 'Your account has exceeded its limit of credits.', 'model-rate-limited', false],
  [400, 'Your credit balance is too low. Please go to Plans & Billing.', 'model-rate-limited', false],
  [429, 'Number of request tokens has exceeded your per-minute rate limit', 'model-rate-limited', true],
  [429, 'You exceeded your current quota, please check your plan and billing details.', 'model-rate-limited', false],
  [400, 'Unsupported value: temperature', 'model-failed', false],
  [400, 'messages.0.content.1.image: image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes', 'model-failed', false],
  [400, "'tools[0].function.name': string too long. Expected a maximum length of 64.", 'model-failed', false],
  [404, 'model "llama9" not found, try pulling it first', 'model-failed', false],
  [500, 'Internal server error', 'model-failed', true],
  [503, 'The engine is currently overloaded, please try again later', 'model-rate-limited', true],
  [529, 'Overloaded', 'model-rate-limited', true],
];

describe('what a server says', () => {
  for (const [status, words, limit] of OVERFLOWS) {
    it(`means that a conversation is too long: ${words}`, () => {
      const error = serverFault(to, status, JSON.stringify({ error: { message: words } }), 0);
      expect(error.code).to.equal('context-overflow');
      expect(details(error).contextTokens).to.equal(limit);
      expect(details(error).isTransient ?? false).to.be.false;
    });
  }

  for (const [status, words, code, isTransient] of OTHERS) {
    it(`means ${code}: ${words}`, () => {
      const error = serverFault(to, status, JSON.stringify({ error: { message: words } }), 0);
      expect(error.code).to.equal(code);
      expect(details(error).isTransient ?? false).to.equal(isTransient);
      expect(error.message).to.include(words);
    });
  }

  it('is found wherever it stands', () => {
    for (const body of [
      '{"error":{"message":"No."}}',
      '{"type":"error","error":{"type":"invalid_request_error","message":"No."}}',
      '{"error":"No."}',
      '{"message":"No."}',
      '[{"error":{"message":"No.","code":400}}]',
      'No.',
    ]) {
      expect(serverFault(to, 400, body, 0).message).to.equal('It failed (400): No.');
    }
    for (const body of ['', '<html>No.</html>', ' \n<!doctype html>']) {
      expect(serverFault(to, 400, body, 0).message).to.equal('It failed (400).');
    }
    expect(serverFault(to, 422, '{"detail":[{"loc":["body","tools"],"msg":"extra"}]}', 0).message).to.include(
      '"tools"',
    );
    for (const body of ['null', '5', '{"error":null}', '{"error":{}}', '[]']) {
      expect(serverFault(to, 400, body, 0).code).to.equal('model-failed');
    }
  });

  it('tells when to come back', () => {
    const after = (body: string, headers?: Record<string, string>): number | undefined =>
      details(serverFault(to, 429, body, 1000, headers && new Headers(headers))).retryAfter;
    expect(after('', { 'retry-after': '3' })).to.equal(3000);
    expect(after('', { 'retry-after': '0.5' })).to.equal(500);
    expect(after('', { 'retry-after': new Date(5000).toUTCString() })).to.equal(4000);
    expect(after('', { 'retry-after': new Date(0).toUTCString() })).to.equal(undefined);
    expect(after('', { 'retry-after': 'soon' })).to.equal(undefined);
    expect(after('Please try again in 850ms.')).to.equal(850);
    expect(after('Please try again in 7.66s.')).to.equal(7660);
    expect(after('{"retryDelay": "43s"}')).to.equal(43_000);
    expect(after('Come back later.')).to.equal(undefined);
  });

  it('may come within the stream, as what it would have been before it', () => {
    const code = (event: unknown): string => streamFault(to, event, 0).code;
    expect(code({ error: { code: 429, message: 'Slow down' } })).to.equal('model-rate-limited');
    expect(code({ error: { code: 401, message: 'No.' } })).to.equal('model-unauthorized');
    expect(code({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })).to.equal(
      'model-rate-limited',
    );
    expect(code({ type: 'error', error: { type: 'rate_limit_error', message: 'No.' } })).to.equal('model-rate-limited');
    expect(code({ error: { type: 'invalid_request_error', message: 'prompt is too long' } })).to.equal(
      'context-overflow',
    );
    expect(code({ object: 'error', message: 'No.', code: 400 })).to.equal('model-failed');
    expect(code({ error: 'No.' })).to.equal('model-failed');
    expect(code('No.')).to.equal('model-failed');
  });
});
