import { expect } from 'chai';
import { EXPIRED_ANSWER } from '../../src/workflow/index.ts';
import { flow } from './reading.ts';
import { load, only } from './running.ts';
import type { Result, Running } from './running.ts';

const AFTER = "{id: z, type: transform, transform: 'after = true'}";
const APPROVE = { decision: 'approve' } as const;
const REJECT = { decision: 'reject', reason: 'not today' } as const;

let time = 0;
const start = (node: string): Promise<Running> => {
  time = 1000;
  return load(flow(`{id: ask, type: hitl, ${node}}`, AFTER), { now: () => time, by: 'Ada' });
};
const dataOf = ({ state }: Result): unknown => state.data;

describe('a question of a workflow', () => {
  it('says what it is about, and stays open until it is answered', async () => {
    const running = await start('hitl_type: approval, prompt: "Send {{n}} letters?", context_keys: [n, gone]');
    const asked = await running.run({ n: 3 });
    expect(asked.status).to.equal('interrupted');
    expect(only(asked)).to.deep.include({
      kind: 'input',
      payload: { hitl: 'approval', node: 'ask', prompt: 'Send 3 letters?', context: { n: 3 } },
    });
    expect(dataOf(asked)).to.deep.equal({ n: 3 });
  });

  it('goes on after a yes, and tells who said it and when', async () => {
    const running = await start('hitl_type: confirmation, prompt: Sure?, output: sure');
    const asked = await running.run();
    time = 5000;
    const done = await running.answerOnly(asked, APPROVE);
    expect(dataOf(done)).to.deep.equal({ sure: true, after: true });
    expect(done.state.audit).to.deep.equal([
      { node: 'ask', type: 'confirmation', prompt: 'Sure?', outcome: 'approved', asked: 1000, at: 5000, by: 'Ada' },
    ]);
  });

  it('does not go on after a no, and keeps it on record', async () => {
    for (const type of ['approval', 'review', 'confirmation']) {
      const running = await start(`hitl_type: ${type}, prompt: Go?, context_keys: [n]`);
      const done = await running.answerOnly(await running.run(), REJECT);
      expect(done.status === 'failed' && done.error).to.include({
        code: 'approval-rejected',
        message: 'A person said no at "ask": not today.',
      });
      expect(dataOf(done)).to.deep.equal({});
      expect(done.state.audit[0]).to.include({ outcome: 'rejected', reason: 'not today' });
      // Nor does it ask again, or go on by itself, when the thread is run on.
      expect((await running.run(null)).status).to.equal('failed');
    }
  });

  it('goes where `on_error` says after a no', async () => {
    const running = await load(
      flow(
        '{id: ask, type: hitl, prompt: Go?, on_error: h}',
        AFTER.replace('}', ', next: []}'),
        "{id: h, type: transform, transform: 'why = $errors.ask.code'}",
      ),
    );
    expect(dataOf(await running.answerOnly(await running.run(), REJECT))).to.deep.equal({ why: 'approval-rejected' });
  });

  it('puts what a review has changed into the data, and nothing else', async () => {
    const running = await start('hitl_type: review, prompt: Good?, context_keys: [draft], output: ok');
    const asked = await running.run({ draft: 'Helo', secret: 1 });
    const again = await running.answerOnly(asked, { decision: 'approve', input: { secret: 2 } });
    expect(again.status).to.equal('interrupted');
    expect(only(again).payload).to.have.property('problem', 'Only draft may be changed here, and only in a review.');
    const done = await running.answerOnly(again, { decision: 'approve', input: { draft: 'Hello' } });
    expect(dataOf(done)).to.deep.equal({ draft: 'Hello', secret: 1, ok: true, after: true });
    expect(done.state.audit[0]).to.deep.include({ outcome: 'approved', value: { draft: 'Hello' } });
  });

  it('takes one of the choices, and asks again for anything else', async () => {
    const running = await start('hitl_type: choice, prompt: Which?, choices: [s, m], output: size');
    const asked = await running.run();
    expect(only(asked).payload).to.deep.include({ choices: ['s', 'm'] });
    const again = await running.answerOnly(asked, 'xl');
    expect(only(again).payload).to.have.property('problem', 'Answer one of: "s", "m".');
    expect(dataOf(await running.answerOnly(again, 'm'))).to.deep.equal({ size: 'm', after: true });
  });

  it('takes any value for an input', async () => {
    const running = await start('hitl_type: input, prompt: "How many?", output: count');
    const done = await running.answerOnly(await running.run(), 7);
    expect(dataOf(done)).to.deep.equal({ count: 7, after: true });
    expect(done.state.audit[0]).to.deep.include({ outcome: 'answered', value: 7 });
  });

  it('takes no answer but a clear yes for a yes', async () => {
    for (const answer of [true, 'yes', {}, { decision: 'approved' }, null, { decision: 'approve', input: { n: 1 } }]) {
      const running = await start('hitl_type: approval, prompt: Go?');
      const again = await running.answerOnly(await running.run(), answer);
      expect(again.status, JSON.stringify(answer)).to.equal('interrupted');
      expect(only(again).payload).to.have.property('problem');
    }
  });

  describe('that nobody answers in time', () => {
    const silent = async (
      fallback: string,
      type = 'approval',
    ): Promise<{ running: Running; asked: Result; done: Result }> => {
      const running = await start(
        `hitl_type: ${type}, prompt: Go?, timeout: 60, fallback: ${fallback}${type === 'input' && fallback === 'continue' ? ', default_value: 5' : ''}`,
      );
      const asked = await running.run();
      expect(only(asked).payload).to.include({ expiresAt: 61_000 });
      time = 61_000;
      return { running, asked, done: await running.answerOnly(asked, EXPIRED_ANSWER) };
    };

    it('fails with `abort`', async () => {
      const { done } = await silent('abort');
      expect(done.status === 'failed' && done.error).to.include({ code: 'approval-expired' });
      expect(done.state.audit[0]).to.include({ outcome: 'expired', asked: 1000, at: 61_000 });
    });

    it('goes on with `continue`: with the default of an input, and with no yes', async () => {
      expect(dataOf((await silent('continue', 'input')).done)).to.deep.equal({ ask: 5, after: true });
      expect(dataOf((await silent('continue')).done)).to.deep.equal({ ask: false, after: true });
    });

    it('leaves no trace in the data with `skip`', async () => {
      expect(dataOf((await silent('skip')).done)).to.deep.equal({ after: true });
    });

    it('is asked again with `retry`, with as much time, and then given up', async () => {
      const { running, done } = await silent('retry');
      let result = done;
      for (const asked of [61_000, 200_000, 300_000]) {
        expect(only(result).payload).to.include({ expiresAt: asked + 60_000 });
        time = asked === 61_000 ? 200_000 : asked + 100_000;
        result = await running.answerOnly(result, EXPIRED_ANSWER);
      }
      expect(result.status === 'failed' && result.error).to.include({ code: 'approval-expired' });
    });

    it('may be answered at the second time', async () => {
      const { running, done } = await silent('retry');
      expect(dataOf(await running.answerOnly(done, APPROVE))).to.deep.equal({ ask: true, after: true });
    });
  });

  it('is asked once for each round of a loop', async () => {
    const running = await load(
      flow(
        "{id: ask, type: hitl, hitl_type: input, prompt: 'Number {{default(n, 0) + 1}}?'}",
        "{id: t, type: transform, transform: 'n = default(n, 0) + 1; all = default(all, []) + [ask]'}",
        '{id: c, type: condition, condition: n >= 3, branches: {true: end, false: ask}}',
      ),
    );
    let result = await running.run();
    for (const answer of ['a', 'b', 'c']) result = await running.answerOnly(result, answer);
    expect(dataOf(result)).to.deep.include({ all: ['a', 'b', 'c'] });
  });

  it('is open beside others in branches, and each is answered by itself', async () => {
    const running = await load(
      flow(
        '{id: p, type: parallel, parallel_nodes: [a, b]}',
        '{id: a, type: hitl, hitl_type: input, prompt: A?}',
        '{id: b, type: hitl, hitl_type: input, prompt: B?}',
        AFTER,
      ),
    );
    const asked = await running.run();
    const of = (node: string): string =>
      asked.interrupts.find(({ payload }) => (payload as { node: string }).node === node)?.id ?? '';
    const half = await running.answer({ [of('b')]: 2 });
    expect(half.interrupts).to.have.length(1);
    expect(dataOf(await running.answer({ [of('a')]: 1 }))).to.deep.equal({ a: 1, b: 2, after: true });
  });
});
