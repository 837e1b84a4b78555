import { expect } from 'chai';
import fc from 'fast-check';
import { checkOutput, readJson, repairText } from '../../src/agent/structured-output.ts';

const TABLE: readonly (readonly [what: string, text: string, value: unknown])[] = [
  ['JSON alone', ' {"a": [1, 2]}\n', { a: [1, 2] }],
  ['a number alone', '42', 42],
  ['null alone', 'null', null],
  ['JSON in a fence', 'Sure:\n```json\n{"a": 1}\n```\nAnything else?', { a: 1 }],
  ['a text in a fence', '```\n"yes"\n```', 'yes'],
  ['JSON among prose', 'The answer is {"a": 1}, I think.', { a: 1 }],
  ['a list among prose', 'Those are [1, 2, 3].', [1, 2, 3]],
  ['the longest of several', 'Not {"a": 1} but {"a": 1, "b": 2}, or [3].', { a: 1, b: 2 }],
  ['brackets in its strings', 'So: {"a": "}]{", "b": "\\"]"} yes', { a: '}]{', b: '"]' }],
  ['other brackets before it', 'For {name} [sic] it is {"a": {"b": []}}.', { a: { b: [] } }],
  ['a bracket that is never closed before it', 'See [here, {"a": 1}', { a: 1 }],
  ['a trailing comma', '{"a": 1,}', undefined],
  ['a trailing comma around what is good', '{"a": 1, "b": [2],}', undefined],
  ['an object after one that is broken', '{"a": [1],} or rather {"b": 1}', { b: 1 }],
  ['JSON that is cut off within', '{"a": [1, 2], "b": ', undefined],
  ['no JSON', 'I do not know.', undefined],
  ['JSON that is cut off', '{"a": [1, 2', undefined],
  ['a fence that is not closed', '```json\n{"a": 1}', { a: 1 }],
];

describe('readJson', () => {
  for (const [what, text, value] of TABLE) {
    it(`${value === undefined ? 'finds nothing in' : 'reads'} ${what}`, () => {
      expect(readJson(text)).to.deep.equal(value === undefined ? undefined : { value });
    });
  }

  it('finds whatever object was written among words', () => {
    const words = fc.string({ unit: fc.constantFrom('a', ' ', '.', '\n', "'", '`') });
    fc.assert(
      fc.property(words, fc.dictionary(fc.string(), fc.jsonValue()), words, (before, value, after) => {
        const text = JSON.stringify(value);
        expect(readJson(`${before}${text}${after}`)).to.deep.equal({ value: JSON.parse(text) as unknown });
      }),
    );
  });

  it('is done soon with a text of brackets', () => {
    expect(readJson('['.repeat(100_000))).to.be.undefined;
    expect(readJson('{"a":'.repeat(20_000))).to.be.undefined;
    expect(readJson('[see '.repeat(20_000))).to.be.undefined;
  });
});

describe('checkOutput', () => {
  const schema = {
    type: 'object',
    required: ['total', 'items'],
    properties: { total: { type: 'integer' }, items: { type: 'array', items: { type: 'string' } } },
  };

  it('takes a text for what it says, whatever JSON is in it or might be meant by it', () => {
    for (const text of ['42', 'true', 'It is [1, 2], I think.', 'Use {"a": 1}']) {
      expect(checkOutput(text, { type: 'string' })).to.deep.equal({ ok: true, value: text });
    }
    expect(checkOutput('"42"', { type: 'string' })).to.deep.equal({ ok: true, value: '42' });
  });

  it('gives the value that fits', () => {
    expect(checkOutput('It is {"total": 1, "items": ["a"]}.', schema)).to.deep.equal({
      ok: true,
      value: { total: 1, items: ['a'] },
    });
  });

  it('says what is wrong, and where', () => {
    const checked = checkOutput('{"items": [1, "a"]}', schema);
    expect(checked).to.deep.equal({ ok: false, issues: ['total: It is required.', 'items.0: It must be text.'] });
    expect(checkOutput('[]', schema)).to.deep.equal({ ok: false, issues: ['It must be an object.'] });
  });

  it('says that there is no JSON', () => {
    expect(checkOutput('I am sorry.', schema)).to.deep.equal({ ok: false, issues: ['There is no JSON in it.'] });
  });

  it('takes a text without quotes where a text is wanted', () => {
    expect(checkOutput('yes\n', { enum: ['yes', 'no'] })).to.deep.equal({ ok: true, value: 'yes' });
    expect(checkOutput('"yes"', { type: 'string' })).to.deep.equal({ ok: true, value: 'yes' });
    const checked = checkOutput('Perhaps', { type: 'string', enum: ['yes', 'no'] });
    expect(checked).to.have.property('ok', false);
  });

  it('throws where the schema cannot be read', () => {
    expect(() => checkOutput('1', { $ref: '#/nowhere' })).to.throw();
  });

  it('tells the model what to do', () => {
    expect(repairText(['total: It is required.'])).to.equal(
      'The answer does not fit the schema. total: It is required. Answer again, with the whole JSON and nothing else.',
    );
  });
});
