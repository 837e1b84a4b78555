import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitsCall } from './same-input.ts';
import type { Input, SetName, SetTool } from './sets.ts';
import { SITE } from './site.ts';

const remind = SITE.find(({ name }) => name === 'remind') as SetTool;
const put = SITE.find(({ name }) => name === 'put_in') as SetTool;

const fits = (wanted: Input, got: Input, also: readonly Input[] = [], set: SetName = 'dev', tool = remind): boolean =>
  fitsCall(tool, { tool: tool.name, input: wanted, also }, got, set);

/** A wall-clock time with the offset that it has where the test runs. */
function withOffset(wallClock: string): string {
  const minutes = -new Date(wallClock).getTimezoneOffset();
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `${wallClock}${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

describe('an input is the wanted one', () => {
  it('whatever the case, the quotes and the end of a free text are', () => {
    for (const note of ['call mum', 'Call Mum', ' call mum. ', '“call mum”', '"Call mum!"', "'call mum'?"]) {
      assert.ok(fits({ note: 'call mum' }, { note }), note);
      assert.ok(fits({ note: 'call mum' }, { note }, [], 'frozen'), note);
    }
    for (const note of ['call', 'call my mum', 'callmum', '']) assert.ok(!fits({ note: 'call mum' }, { note }), note);
  });

  it('without a small word in front, in the set that says so', () => {
    for (const note of ['the rent', 'my rent', 'a rent', 'some rent']) {
      assert.ok(fits({ note: 'rent' }, { note }), note);
      assert.ok(!fits({ note: 'rent' }, { note }, [], 'frozen'), note);
    }
  });

  it('only to the letter where a text is no free one', () => {
    assert.ok(!fits({ code: 'A1' }, { code: 'a1' }));
    assert.ok(!fits({ days: ['mon'] }, { days: ['Mon'] }));
    assert.ok(!fits({ thing: 'p1' }, { thing: 'P1' }, [], 'dev', put));
    assert.ok(!fits({ person: { mail: 'a@b.org' } }, { person: { mail: 'a@b.org.' } }));
    assert.ok(fits({ person: { name: 'Ada', mail: 'a@b.org' } }, { person: { mail: 'a@b.org', name: 'ada' } }));
  });

  it('when a moment is the same, with an offset or without', () => {
    const at = '2026-12-02T10:30:00';
    for (const same of [at, '2026-12-02T10:30', withOffset(at), new Date(at).toISOString()]) {
      assert.ok(fits({ at }, { at: same }), same);
    }
    for (const other of ['2026-12-02T10:31:00', '2026-12-03T10:30:00', '2026-12-02', 'tomorrow']) {
      assert.ok(!fits({ at }, { at: other }), other);
    }
  });

  it('when a time is the same, with its seconds or without', () => {
    for (const same of ['21:00:00', '21:00', '21:00:00Z', '21:00:00+01:00']) {
      assert.ok(fits({ times: ['21:00:00'] }, { times: [same] }), same);
    }
    for (const other of ['21:00:01', '09:00', '9pm'])
      assert.ok(!fits({ times: ['21:00:00'] }, { times: [other] }), other);
  });

  it('in any order of a set, and in the order of a list', () => {
    assert.ok(fits({ days: ['mon', 'tue'] }, { days: ['tue', 'mon'] }));
    assert.ok(!fits({ days: ['mon', 'tue'] }, { days: ['mon', 'mon'] }));
    assert.ok(!fits({ days: ['mon', 'tue'] }, { days: ['mon', 'tue', 'wed'] }));
    assert.ok(!fits({ checklist: ['cake', 'tea'] }, { checklist: ['tea', 'cake'] }));
    assert.ok(fits({ checklist: ['cake', 'tea'] }, { checklist: ['Cake', 'tea.'] }));
    assert.ok(!fits({ ages: [4, 7] }, { ages: [7, 4] }));
  });

  it('with every field that was said, and no other', () => {
    assert.ok(!fits({ thing: 'p1' }, { thing: 'p1', amount: 1 }, [], 'dev', put));
    assert.ok(!fits({ thing: 'p1', amount: 1 }, { thing: 'p1' }, [], 'dev', put));
    assert.ok(!fits({ thing: 'p1', amount: 1 }, { thing: 'p1', amount: '1' }, [], 'dev', put));
  });

  it('or one that is as right, where a star is any text', () => {
    const also = [{ note: '*', code: 'A1' }];
    assert.ok(fits({ code: 'A1' }, { code: 'A1', note: 'whatever' }, also));
    assert.ok(!fits({ code: 'A1' }, { code: 'A1', note: ' ' }, also));
    assert.ok(!fits({ code: 'A1' }, { code: 'A2', note: 'whatever' }, also));
    assert.ok(!fits({ note: '*' }, { note: 'whatever' }));
  });
});
