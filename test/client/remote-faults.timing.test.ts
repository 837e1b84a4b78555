/** Faults of a model's server, most of them with times that are waited for: one file at a time, so that a busy machine is none of them. */
import { expect } from 'chai';
import { messageText } from '../../src/core/index.ts';
import type { RunEvent } from '../../src/index.ts';
import { eraseAll, tool } from '../agent/conversation.ts';
import type { Step } from '../helpers/model-server.d.ts';
import { countOf, messagesOf, openRemote, PROVIDERS } from './remote-agent.ts';
import type { ModelMore, RemoteAgent } from './remote-agent.ts';

interface Expected {
  readonly code: string;
  readonly says: RegExp;
  /** How often the server is asked, where one more try is allowed. */
  readonly asked: number;
  /** What is served; by default the step of the fault's name. */
  readonly step?: Step;
  /** What the page's model is given beside the usual. */
  readonly config?: Omit<ModelMore, 'provider'>;
}

/** A server that says when to come back says it in time for a test. */
const SOON = { 'retry-after': '0.01' };

// Long enough for a busy machine to have the request arrive.
const IMPATIENT = { timeouts: { idle: 1000 } };

/** Before anything was said. */
const FAULTS: Readonly<Record<string, Expected>> = {
  400: { code: 'model-failed', says: /\(400\): The field/, asked: 1 },
  401: { code: 'model-unauthorized', says: /\(401\)/, asked: 1 },
  402: { code: 'model-rate-limited', says: /\(402\)/, asked: 1 },
  403: { code: 'model-unauthorized', says: /\(403\)/, asked: 1 },
  404: { code: 'model-failed', says: /is not there \(404\)/, asked: 1 },
  429: {
    ...{ code: 'model-rate-limited', says: /\(429\): Not so fast/, asked: 2 },
    step: { status: 429, headers: SOON, body: '{"error":{"message":"Not so fast."}}' },
  },
  '429 for longer than a turn may take': {
    ...{ code: 'model-rate-limited', says: /\(429\)/, asked: 1 },
    ...{ step: { status: 429, headers: { 'retry-after': '7' }, body: '{}' }, config: { timeouts: { total: 5000 } } },
  },
  '429-spent': { code: 'model-rate-limited', says: /quota/, asked: 1 },
  500: { code: 'model-failed', says: /\(500\)/, asked: 2 },
  503: { code: 'model-failed', says: /\(503\)/, asked: 2 },
  529: { code: 'model-rate-limited', says: /\(529\)/, asked: 2 },
  'html-502': { code: 'model-failed', says: /failed \(502\)\.$/, asked: 2 },
  html: { code: 'model-failed', says: /a web page/, asked: 1 },
  malformed: { code: 'model-failed', says: /no JSON/, asked: 1 },
  'malformed-whole': { code: 'model-failed', says: /no JSON/, asked: 1 },
  'stream-error': { code: 'model-rate-limited', says: /verloaded/, asked: 2 },
  overflow: { code: 'context-overflow', says: /longer than "any" takes/, asked: 1 },
  drop: { code: 'model-unreachable', says: /could not be reached/, asked: 2 },
  'cut-first': { code: 'model-unreachable', says: /broke off/, asked: 2 },
  'no-cors': { code: 'model-unreachable', says: /does not let http:\/\/127\.0\.0\.1:\d+ read it \(CORS\)/, asked: 2 },
  silent: { code: 'model-timeout', says: /took too long/, asked: 1, config: IMPATIENT },
};

/** In the middle of an answer, of which the person has seen the beginning. */
const LATE: Readonly<Record<string, Expected>> = {
  cut: { code: 'model-unreachable', says: /broke off/, asked: 1 },
  ended: { code: 'model-unreachable', says: /broke off/, asked: 1 },
  'malformed-later': { code: 'model-failed', says: /no JSON/, asked: 1 },
  'stream-error-later': { code: 'model-failed', says: /Internal server error/, asked: 1 },
  'silent-later': { code: 'model-timeout', says: /took too long/, asked: 1, config: { timeouts: { idle: 1000 } } },
};

const isLate = (fault: string): boolean => fault in LATE;

for (const provider of PROVIDERS) {
  describe(`a fault of the server of a model in the manner of ${provider}`, () => {
    const opened = new Map<string, Promise<RemoteAgent>>();
    after(eraseAll);

    /** An agent for all faults that ask nothing special of it: none of them may do it any harm. */
    const openFor = (config: Omit<ModelMore, 'provider'>): Promise<RemoteAgent> => {
      const key = JSON.stringify(config);
      const known = opened.get(key) ?? openRemote({ provider, retries: 1, ...config });
      opened.set(key, known);
      return known;
    };

    for (const [fault, { code, says, asked, step = fault, config = {} }] of Object.entries({ ...FAULTS, ...LATE })) {
      const often = asked > 1 ? ', after one more try' : '';
      it(`fails the turn with ${code} for ${fault}${often}; the thread goes on`, async () => {
        const { agent, session } = await openFor(config);
        const before = await countOf(session);
        await session.script([step, step].slice(0, asked));
        const thread = agent.thread(fault);
        const events: RunEvent[] = [];
        thread.subscribe((batch) => {
          // A connection is cut once its beginning has been read.
          if (fault === 'cut' && batch.some(({ type }) => type === 'text-delta')) void session.go();
          events.push(...batch);
        });
        const { status, error, text } = await thread.send('hello');
        expect([status, error?.code]).to.deep.equal(['failed', code]);
        expect(error?.message).to.match(says);
        expect(error?.fix).to.be.a('string').that.is.not.empty;
        expect(await countOf(session)).to.equal(before + asked);
        const ends = events.filter((event) => event.type === 'run-end');
        expect(ends.map((end) => [end.status, end.error?.code, end.error?.fix])).to.deep.equal([
          ['failed', code, error?.fix],
        ]);
        const seen = events.flatMap((event) => (event.type === 'text-delta' ? event.text : '')).join('');
        expect([seen, text]).to.deep.equal([isLate(fault) ? 'Hello' : '', '']);

        const resumed = await thread.resume();
        expect([resumed.status, resumed.error?.message]).to.deep.equal(['completed', undefined]);
        expect(resumed.text).to.equal('I have nothing to say about that.');
        expect(await countOf(session)).to.equal(before + asked + 1);
        expect((await messagesOf(thread)).map(messageText)).to.deep.equal(['hello', resumed.text]);
      });
    }

    it('does not show where the next try goes well', async () => {
      const { agent, session } = await openRemote({ provider });
      await session.script(['cut-first', '500', 'text']);
      const { status, text } = await agent.thread().send('hello');
      expect([status, text, await countOf(session)]).to.deep.equal(['completed', 'Hello from the server.', 3]);
    });

    it('leaves the turn to the next model, and says so', async () => {
      const { agent, session } = await openRemote({ provider, model: '500', retries: 0 });
      const fallback = [{ provider, endpoint: session.endpoint, model: 'text' }];
      const second = await openRemote({ provider, model: '500', retries: 0, endpoint: session.endpoint, fallback });
      expect((await agent.thread().send('hello')).status).to.equal('failed');
      const notices: string[] = [];
      const thread = second.agent.thread();
      thread.subscribe((batch) => {
        for (const event of batch) if (event.type === 'notice') notices.push(event.code);
      });
      expect((await thread.send('hello')).text).to.equal('Hello from the server.');
      expect(notices).to.deep.equal(['model-fallback']);
    });

    it('is none where arguments are huge: the tool gets them whole, and the model its result', async () => {
      const { agent, session } = await openRemote({ provider });
      await session.script(['huge', 'text']);
      let length = 0;
      const run = ({ name }: { name: string }): string => {
        ({ length } = name);
        return 'That is long.';
      };
      agent.tool(tool('greet', 'read', { run }));
      const { status, text } = await agent.thread().send('hello');
      expect([status, text, length]).to.deep.equal(['completed', 'Hello from the server.', 1 << 20]);
    });

    it('is told of an answer that is cut off by its length or held back, which is kept', async () => {
      for (const [model, notice] of [
        ['length', 'answer-cut'],
        ['filter', 'answer-filtered'],
      ] as const) {
        const { agent } = await openRemote({ provider, model });
        const notices: string[] = [];
        const thread = agent.thread();
        thread.subscribe((batch) => {
          for (const event of batch) if (event.type === 'notice') notices.push(event.code);
        });
        const { status, text } = await thread.send('hello');
        expect([status, notices]).to.deep.equal(['completed', [notice]]);
        expect(text).to.equal(model === 'length' ? 'Hello from' : 'No.');
      }
    });

    it('is overcome where the server does not take a field: it is left out from then on', async () => {
      const { agent, session } = await openRemote({ provider });
      const field = provider === 'openai' ? 'stream_options' : 'output_config';
      await session.script([{ refuse: [field] }]);
      const schema = { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } };
      const thread = agent.thread();
      const events: RunEvent[] = [];
      thread.subscribe((batch) => events.push(...batch));
      await thread.send('hello', provider === 'openai' ? {} : { schema });
      expect(events.some((event) => event.type === 'notice' && event.code === 'model-downgraded')).to.equal(true);
      const [first, ...more] = await session.bodies();
      expect([field in (first ?? {}), more.some((body) => field in body)]).to.deep.equal([true, false]);
    });

    it('is none of the server’s where it only stays connected after all was said', async () => {
      const { agent } = await openRemote({ provider, model: 'open-ended', timeouts: { idle: 300 } });
      const { status, text } = await agent.thread().send('hello');
      expect([status, text]).to.deep.equal(['completed', 'Hello from the server.']);
    });
  });
}
