import { expect } from 'chai';
import type { ToolOutput } from '../../src/core/index.ts';
import { createPlanner } from '../../src/models/index.ts';
import { answer, NOW, say, user } from './planner-talk.ts';
import { office, shop, tool } from './planner-tools.ts';

describe('planner', () => {
  describe('with odd requests', () => {
    it('says that there is nothing to do without tools', async () => {
      expect((await say([], 'turn on the light')).text).to.include('offers me nothing');
    });
    it('does nothing for an empty message, for signs alone and for no message at all', async () => {
      for (const text of ['', '   ', '?!…', '🙂', '"', '(((('])
        expect((await say(office, text)).call).to.equal(undefined);
      expect((await answer(office, [])).parts).to.deep.equal([
        { type: 'finish', reason: 'stop', inputTokens: 0, outputTokens: 0 },
      ]);
    });
    it('refuses a message of 1 MB at once', async () => {
      const start = performance.now();
      const { call, text } = await say(shop, 'add espresso beans to my cart '.repeat(35_000));
      expect(call).to.equal(undefined);
      expect(text).to.include('2000 characters');
      expect(performance.now() - start).to.be.lessThan(50);
    });
    it('asks when the catalogue cannot be read', async () => {
      const broken = shop.map((one) => ({ ...one, suggest: () => Promise.reject(new Error('offline')) }));
      const { call, text } = await say(broken, 'put two bags of espresso beans in my cart');
      expect(call).to.equal(undefined);
      expect(text).to.equal('What is the product?');
    });
    it('reads a schema that it does not understand without failing', async () => {
      const odd = tool({
        name: 'odd',
        description: 'Files a report.',
        examples: ['file a report'],
        input: {
          type: 'object',
          properties: { rows: { type: 'array' }, x: true, y: { pattern: '(' } },
          required: ['rows'],
        },
      });
      expect((await say([odd], 'file a report')).candidates).to.deep.equal(['odd']);
    });
    it('gives the same answer to the same request', async () => {
      const twice = [
        await say(shop, 'remind me to call mum tomorrow'),
        await say(shop, 'remind me to call mum tomorrow'),
      ];
      expect(twice[0]).to.deep.equal(twice[1]);
    });
    it('stops waiting for a catalogue when it is aborted', async () => {
      const controller = new AbortController();
      const slow = shop.map((one) => ({ ...one, suggest: () => new Promise<readonly unknown[]>(() => undefined) }));
      const request = { messages: [user('u', 'add a mug to my cart')], tools: slow, now: NOW };
      const next = createPlanner().stream(request, { signal: controller.signal })[Symbol.asyncIterator]().next();
      controller.abort();
      const error: unknown = await next.catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'aborted');
    });
    it('throws for a request that wants JSON', async () => {
      const { signal } = new AbortController();
      const request = { messages: [user('u', 'hello')], tools: shop, now: NOW, schema: { type: 'object' } };
      const error: unknown = await createPlanner()
        .stream(request, { signal })
        [Symbol.asyncIterator]()
        .next()
        .catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'model-failed');
    });
  });

  describe('after a tool', () => {
    const told = async (...outputs: readonly ToolOutput[]): Promise<string> => {
      const content = outputs.map((output, index) => ({
        type: 'tool-result' as const,
        toolCallId: `c${index}`,
        toolName: 'any',
        output,
      }));
      const { text, call, parts } = await answer(shop, [user('u', 'hi'), { id: 't', at: NOW, role: 'tool', content }]);
      expect(call).to.equal(undefined);
      expect(parts.at(-1)).to.include({ type: 'finish', reason: 'stop' });
      return text;
    };
    const json = (value: unknown): ToolOutput => ({ type: 'json', value });

    it('says a text as it is, and nothing but “Done.” for no value', async () => {
      expect(await told(json('It is 5 km.'))).to.equal('It is 5 km.');
      for (const value of [undefined, null, true, '', {}]) expect(await told(json(value))).to.equal('Done.');
    });
    it('says lists by names', async () => {
      expect(await told(json([{ name: 'Tea' }, { title: 'Mug' }, 'Cups']))).to.equal('Found 3: Tea, Mug and Cups.');
      expect(await told(json([]))).to.equal('I found nothing.');
    });
    it('says objects by their sentence, or else key by key', async () => {
      expect(await told(json({ ok: true, message: 'Two added.' }))).to.equal('Two added.');
      expect(await told(json({ dueDate: 'Friday', items: [{ name: 'Tea' }], paid: false }))).to.equal(
        'Due date: Friday. Items: Tea. Paid: no.',
      );
      expect(await told(json(42))).to.equal('42.');
    });
    it('leaves out what lies too deep', async () => {
      let deep: object = {};
      for (let at = 0; at < 20_000; at++) deep = { in: deep };
      expect(await told(json(deep))).to.include('…');
    });
    it('says what failed and what to do about it', async () => {
      const value = { code: 'tool-failed' as const, message: 'The shop is closed', fix: 'Try again at nine.' };
      expect(await told({ type: 'error-json', value })).to.equal('The shop is closed. Try again at nine.');
      expect(await told({ type: 'execution-denied' })).to.equal('All right, I did not do that.');
    });
    it('says all results of the turn', async () => {
      expect(await told(json('One.'), json('Two.'))).to.equal('One.\nTwo.');
    });
  });
});
