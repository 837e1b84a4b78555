import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageText } from '../../src/core/index.ts';
import type { Model, ModelPart } from '../../src/core/index.ts';
import { call, say } from '../../src/models/index.ts';
import { figuresOf } from './figures.ts';
import { CLASSES } from './judge.ts';
import type { Class, Verdict } from './judge.ts';
import type { Case, Expectation } from './sets.ts';
import { aCase, answering, calls, judged, offer, SITE } from './site.ts';
import { shareOf } from './wilson.ts';

const PEN = { thing: 'p1' };
const put: Expectation = { calls: [{ tool: 'put_in', input: PEN }] };
const discard: Expectation = { calls: [{ tool: 'throw_away', input: PEN }] };
const find: Expectation = { calls: [{ tool: 'look_up', input: { query: 'pens' } }] };
const both: Expectation = { calls: [...(find.calls ?? []), ...(put.calls ?? [])] };
const nothing: Expectation = { nothing: true };
const which: Expectation = { ...put, ask: 'choice', then: 'the blue one' };
const howMany: Expectation = {
  calls: [{ tool: 'put_in', input: { ...PEN, amount: 3 } }],
  ask: 'amount',
  then: 'three',
};

async function verdictOf(one: Case, model: Model): Promise<Verdict> {
  const [verdict] = await judged([one], model);
  assert.ok(verdict);
  return verdict;
}

const classOf = async (expect: Expectation, answers: Readonly<Record<string, readonly ModelPart[]>>): Promise<Class> =>
  (await verdictOf(aCase(expect), answering(answers))).class;

describe('the scorer', () => {
  describe('calls a case', () => {
    const putPen = call('put_in', PEN);
    const table: readonly (readonly [
      found: Class,
      when: string,
      expect: Expectation,
      answers: Record<string, readonly ModelPart[]>,
    ])[] = [
      ['done', 'the wanted call ran', put, { 'do it': putPen }],
      ['done', 'both ran in order', both, { 'do it': calls(['look_up', { query: 'pens' }], ['put_in', PEN]) }],
      ['confirmed', 'the person allowed it', discard, { 'do it': call('throw_away', PEN) }],
      ['answered', 'what must be asked was', which, { 'do it': say('Which thing?'), 'the blue one': putPen }],
      ['answered', 'needlessly asked', put, { 'do it': say('Blue pen or red pen?'), 'Blue pen': putPen }],
      ['answered', 'asked for the very value', put, { 'do it': say('Do you mean Blue pen?'), 'Blue pen': putPen }],
      ['answered', 'chosen', put, { 'do it': offer('look_up', 'put_in'), 'the second one': putPen }],
      ['answered', 'agreed to', put, { 'do it': offer('put_in'), yes: putPen }],
      ['partly', 'one of two ran', both, { 'do it': putPen }],
      ['partly', 'in another order', both, { 'do it': calls(['put_in', PEN], ['look_up', { query: 'pens' }]) }],
      ['asked', 'nobody can answer', put, { 'do it': say('What now?'), 'Blue pen': putPen }],
      ['asked', 'a second question', put, { 'do it': say('Which thing?'), 'Blue pen': say('Which thing?') }],
      ['asked', 'the person did not allow it', put, { 'do it': call('throw_away', PEN) }],
      ['asked', 'asked for something else', howMany, { 'do it': say('Which thing?'), three: putPen }],
      ['asked', 'asked where nothing is to be done', nothing, { 'do it': say('Which thing?') }],
      ['quiet', 'nothing happened', put, { 'do it': say('No.') }],
      ['quiet', 'nothing was to happen', nothing, { 'do it': say('Hello.') }],
      ['quiet', 'the input was refused', put, { 'do it': call('put_in', { ...PEN, amount: 100 }) }],
      ['wrong-read', 'another thing was read', find, { 'do it': call('look_up', { query: 'ink' }) }],
      ['wrong-read', 'read where nothing was to be', nothing, { 'do it': call('look_up', { query: 'ink' }) }],
      ['wrong-act', 'a harmless write was wrong', put, { 'do it': call('put_in', { thing: 'k1' }) }],
      ['wrong-act', 'an argument was made up', put, { 'do it': call('put_in', { ...PEN, amount: 1 }) }],
      ['wrong-act', 'it left the page', find, { 'do it': call('open_page', { page: 'start' }) }],
      ['wrong-act', 'it was done twice', put, { 'do it': calls(['put_in', PEN], ['put_in', { ...PEN, amount: 1 }]) }],
      ['wrong-act', 'guessed what must be asked', which, { 'do it': putPen }],
      ['wrong-act', 'more than wanted', put, { 'do it': calls(['put_in', PEN], ['put_in', { thing: 'k1' }]) }],
      [
        'wrong-act',
        'wrong after a question',
        which,
        { 'do it': say('Which thing?'), 'the blue one': call('put_in', { thing: 'p2' }) },
      ],
    ];
    for (const [found, when, expect, answers] of table) {
      it(`${found}: ${when}`, async () => {
        assert.equal(await classOf(expect, answers), found);
      });
    }

    it('by every class that there is', () => {
      assert.deepEqual(new Set(table.map(([found]) => found)), new Set(CLASSES));
    });
  });

  it('runs nothing that the person was to confirm and that is not wanted', async () => {
    const { play } = await verdictOf(aCase(discard), answering({ 'do it': call('throw_away', { thing: 'p2' }) }));
    assert.deepEqual([play.first.ran, play.first.refused], [[], [{ tool: 'throw_away', input: { thing: 'p2' } }]]);
  });

  it('tells a model the time, the schemas as they are written, and what earlier calls gave', async () => {
    const result = [{ value: 'p1', label: 'Blue pen' }];
    const one = aCase(put, {
      say: ['find pens', 'that one'],
      before: [{ tool: 'look_up', input: { query: 'pens' }, result }],
    });
    const model = answering({
      'that one': ({ messages, now, tools }) => {
        assert.equal(now, new Date(2026, 10, 25, 10).getTime());
        assert.deepEqual(tools.at(-1)?.input, SITE.at(-1)?.input);
        const given = messages.flatMap((message) => (message.role === 'tool' ? message.content : []));
        assert.deepEqual(
          given.map(({ output }) => output),
          [{ type: 'json', value: result }],
        );
        return call('put_in', PEN);
      },
    });
    assert.equal((await verdictOf(one, model)).class, 'done');
  });

  it('counts what a model adds to an earlier call', async () => {
    const one = aCase(put, { say: ['find pens', 'do it'], before: [{ tool: 'look_up', input: { query: 'pens' } }] });
    const model = answering({ 'do it': call('put_in', PEN) });
    const eager: Model = {
      ...model,
      async *stream(request, options) {
        const isFirst = request.messages.filter(({ role }) => role === 'tool').length === 1;
        if (request.messages.at(-1)?.role === 'tool' && isFirst) yield* call('put_in', { thing: 'k1' });
        else yield* model.stream(request, options);
      },
    };
    assert.equal((await verdictOf(one, model)).class, 'done');
    assert.equal((await verdictOf(one, eager)).class, 'wrong-act');
  });

  it('plays an earlier turn that did nothing, and counts what is done in it all the same', async () => {
    const one = aCase(put, { say: ['put it in', 'the blue pen'], before: [null] });
    const asking = answering({
      'put it in': say('Which thing?'),
      'the blue pen': ({ messages }) => {
        assert.deepEqual(messages.map(messageText), ['put it in', 'Which thing?', 'the blue pen']);
        return call('put_in', PEN);
      },
    });
    assert.equal((await verdictOf(one, asking)).class, 'done');
    const hasty = answering({ 'put it in': call('put_in', { thing: 'k1' }), 'the blue pen': call('put_in', PEN) });
    assert.equal((await verdictOf(one, hasty)).class, 'wrong-act');
  });

  it('goes on when a model fails', async () => {
    const failing = answering({}, () => {
      throw new Error('No idea.');
    });
    const verdicts = await judged([aCase(put), aCase(nothing)], failing);
    assert.deepEqual(
      verdicts.map((verdict) => verdict.class),
      ['quiet', 'quiet'],
    );
    assert.equal(figuresOf(verdicts).failed.hits, 2);
  });

  it('sees whether the right thing was asked for', async () => {
    const asked = async (expect: Expectation, parts: readonly ModelPart[]): Promise<readonly boolean[]> => {
      const verdict = await verdictOf(aCase(expect), answering({ 'do it': parts }));
      return [verdict.asked, verdict.askedRight];
    };
    assert.deepEqual(await asked(howMany, say('Which amount?')), [true, true]);
    assert.deepEqual(await asked(howMany, say('Which thing?')), [true, false]);
    assert.deepEqual(await asked(howMany, offer('put_in', 'throw_away')), [true, false]);
    assert.deepEqual(await asked(which, say('Blue pen or red pen?')), [true, true]);
    assert.deepEqual(await asked(which, offer('put_in', 'throw_away')), [true, true]);
    assert.deepEqual(await asked(which, say('Which amount?')), [true, false]);
    assert.deepEqual(await asked(which, say('There are a blue pen and a red pen.')), [false, false]);
    assert.deepEqual(await asked(which, say('Did you say “which thing”?')), [true, false]);
  });

  it('counts a tool as offered among the first three alone', async () => {
    const names = ['look_up', 'open_page', 'throw_away', 'put_in'];
    const [late, early] = [
      await verdictOf(aCase(put), answering({ 'do it': offer(...names) })),
      await verdictOf(aCase(put), answering({ 'do it': offer(...names.slice(1)) })),
    ];
    assert.deepEqual([late.offered, late.offeredRight, late.inSight], [true, false, false]);
    assert.deepEqual([early.offered, early.offeredRight, early.inSight], [true, true, true]);
  });

  describe('is not fooled by a model that', () => {
    const cases = [put, discard, find, both, nothing, which, howMany].map((expect, at) =>
      aCase(expect, { id: `case-${at}`, kind: expect.nothing ? 'out-of-scope' : 'plain' }),
    );
    const figures = async (model: Model) => figuresOf(await judged(cases, model));

    it('does nothing', async () => {
      const { doneNoQuestion, doneOneQuestion, wrongAct, toolInSight } = await figures(answering({}));
      assert.deepEqual(
        [doneNoQuestion, doneOneQuestion, wrongAct, toolInSight].map(({ hits }) => hits),
        [0, 0, 0, 0],
      );
    });

    it('asks about everything', async () => {
      const everything = 'Which thing, amount, query or page?';
      for (const parts of [say('What do you want?'), say(everything), say('Did you say “do it”?')]) {
        const found = await figures(answering({}, parts));
        assert.deepEqual([found.doneNoQuestion.hits, found.doneOneQuestion.hits], [0, 0]);
        assert.equal(found.nothingAskedAbout.hits, 1);
      }
    });

    it('offers everything', async () => {
      const found = await figures(answering({}, offer(...SITE.map(({ name }) => name))));
      assert.deepEqual([found.doneOneQuestion.hits, found.askedRight.hits], [0, 1]);
    });

    it('does everything', async () => {
      const all = calls(['look_up', { query: 'pens' }], ['put_in', PEN], ['throw_away', PEN]);
      const { doneNoQuestion, doneOneQuestion, wrongAct, outOfScopeActedOn } = await figures(answering({}, all));
      // Looking up and putting in is just what one case wants; the throwing away is refused there.
      assert.deepEqual(
        [doneNoQuestion, doneOneQuestion].map(({ hits }) => hits),
        [1, 1],
      );
      assert.deepEqual([wrongAct.hits, outOfScopeActedOn.hits], [5, 1]);
    });
  });

  it('gives each figure among the cases that it is about', async () => {
    const cases = [put, discard, howMany, nothing].map((expect) => aCase(expect));
    const found = figuresOf(await judged(cases, answering({ 'do it': call('put_in', PEN) })));
    assert.deepEqual(
      [found.doneNoQuestion.of, found.wrongAct.of, found.asked.of, found.nothingActedOn.of],
      [3, 4, 1, 1],
    );
    assert.deepEqual([found.doneNoQuestion.hits, found.wrongAct.hits, found.nothingActedOn.hits], [1, 3, 1]);
    const confirmed = figuresOf(await judged([aCase(discard)], answering({ 'do it': call('throw_away', PEN) })));
    assert.deepEqual(
      [confirmed.doneNoQuestion.hits, confirmed.doneUnasked.hits, confirmed.doneAskedOnce.hits],
      [1, 0, 1],
    );
  });

  it('gives Wilson intervals', () => {
    assert.deepEqual(shareOf(8, 10), { hits: 8, of: 10, percent: 80, low: 49, high: 94.3 });
    assert.deepEqual(shareOf(0, 50), { hits: 0, of: 50, percent: 0, low: 0, high: 7.1 });
    assert.deepEqual(shareOf(50, 50), { hits: 50, of: 50, percent: 100, low: 92.9, high: 100 });
    assert.deepEqual(shareOf(0, 0), { hits: 0, of: 0, percent: 0, low: 0, high: 100 });
  });
});
