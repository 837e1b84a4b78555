import { expect } from 'chai';
import { toolSpec } from '../../src/core/index.ts';
import type { AgentError, InputIssue, JsonSchema, ToolEffect } from '../../src/core/index.ts';
import { defineTool } from '../../src/tools/define.ts';
import { compileInput } from '../../src/tools/validate.ts';

const reader = (input: JsonSchema, effect: ToolEffect = 'write') =>
  compileInput(toolSpec(defineTool({ name: 'do', description: 'Do it', effect, input, run: () => 1 })));

function thrown(work: () => unknown): AgentError {
  let given: unknown;
  try {
    given = work();
  } catch (error) {
    return error as AgentError;
  }
  throw new Error(`It gave ${JSON.stringify(given)}.`);
}

/** The paths that a refusal names. */
function paths(schema: JsonSchema, input: unknown, effect?: ToolEffect): readonly string[] {
  const error = thrown(() => reader(schema, effect)(input));
  expect(error).to.include({ name: 'AgentError', code: 'invalid-tool-input' });
  const { issues } = error.details as { issues: readonly InputIssue[] };
  for (const { message } of issues) expect(message).to.be.a('string').that.is.not.equal('');
  return issues.map(({ path }) => path).sort();
}

const NAMED = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const LIST = { type: 'object', properties: { items: { type: 'array', items: NAMED } } };

describe('compileInput', () => {
  it('gives the input itself when it fits, and else what it means', () => {
    const input = { name: 'Ada' };
    expect(reader(NAMED)(input)).to.equal(input);
    expect(reader({ type: 'object', properties: { n: { type: 'integer' } } })({ n: '2' })).to.deep.equal({ n: 2 });
    expect(reader(NAMED)('{"name":"Ada"}')).to.deep.equal(input);
  });

  it('leaves out what a read does not know, and refuses it of anything else', () => {
    for (const extra of [{}, { additionalProperties: false }]) {
      expect(reader({ ...NAMED, ...extra }, 'read')({ name: 'a', x: 1 })).to.deep.equal({ name: 'a' });
      for (const effect of ['write', 'navigate'] as const) {
        expect(paths({ ...NAMED, ...extra }, { name: 'a', x: 1, y: 2 }, effect)).to.deep.equal(['x', 'y']);
      }
    }
    const open = { name: 'a', x: 1 };
    expect(reader({ ...NAMED, additionalProperties: true })(open)).to.equal(open);
  });

  const places: readonly (readonly [what: string, schema: JsonSchema, input: unknown, paths: readonly string[]])[] = [
    ['the whole', NAMED, [], ['input']],
    ['the whole that is nothing', NAMED, undefined, ['input']],
    ['the whole that is null', NAMED, null, ['input']],
    ['a value', NAMED, { name: 1 }, ['name']],
    ['what is missing', NAMED, {}, ['name']],
    ['what is missing deep inside', LIST, { items: [{ name: 'a' }, {}] }, ['items.1.name']],
    [
      'several at once, at several depths',
      LIST,
      { items: [{ name: 1 }, {}], other: 1 },
      ['items.0.name', 'items.1.name', 'other'],
    ],
    [
      'a place in a list',
      { type: 'object', properties: { l: { type: 'array', items: { type: 'integer' } } } },
      { l: [1, 'a', 2, 'b'] },
      ['l.1', 'l.3'],
    ],
    [
      'what is unknown deep inside',
      { type: 'object', properties: { a: { ...NAMED, additionalProperties: false } } },
      { a: { name: 'a', b: 1 } },
      ['a.b'],
    ],
    [
      'a key with odd characters',
      { type: 'object', properties: { 'a/b~c d%#é': { type: 'integer' } } },
      { 'a/b~c d%#é': true },
      ['a/b~c d%#é'],
    ],
    [
      'what a reference leads to',
      { type: 'object', properties: { a: { $ref: '#/$defs/n' } }, $defs: { n: NAMED } },
      { a: {} },
      ['a.name'],
    ],
    [
      'what another property asks for',
      { type: 'object', properties: { a: {}, b: {} }, dependentRequired: { a: ['b'] } },
      { a: 1 },
      ['b'],
    ],
    [
      'a branch of a union',
      { type: 'object', properties: { a: { anyOf: [NAMED, { type: 'null' }] } } },
      { a: { name: 1 } },
      ['a.name'],
    ],
    [
      'a union that two branches take',
      { type: 'object', properties: { a: { oneOf: [{ type: 'number' }, { minimum: 1 }] } } },
      { a: 2 },
      ['a'],
    ],
    ['a property with a quote', { type: 'object', required: ['a"b'], properties: { 'a"b': {} } }, {}, ['a"b']],
  ];
  for (const [what, schema, input, expected] of places) {
    it(`names the place of ${what}`, () => {
      expect([...new Set(paths(schema, input))]).to.deep.equal([...expected].sort());
    });
  }

  it('names no more than 20 faults', () => {
    const properties = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`p${i}`, { type: 'integer' }]));
    const input = Object.fromEntries(Object.keys(properties).map((key) => [key, 'x']));
    expect(paths({ type: 'object', properties }, input)).to.have.length(20);
    const unknown = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`u${i}`, 1]));
    expect(paths(NAMED, { name: 'a', ...unknown })).to.have.length(20);
  });

  const unreadable: Record<string, object> = {
    'a reference that leads nowhere': { $ref: '#/$defs/none' },
    'a reference to a document that is not there': { $ref: 'https://example.com/none' },
    'a reference to an anchor that is not there': { $ref: '#none' },
    'a pattern that is no expression': { type: 'string', pattern: '(' },
    'a pattern of a property name that is no expression': { type: 'object', patternProperties: { '[': {} } },
  };
  for (const [what, schema] of Object.entries(unreadable)) {
    it(`refuses a schema with ${what}, before any input comes`, () => {
      expect(thrown(() => reader({ type: 'object', properties: { a: { anyOf: [{}, schema] } } }))).to.include({
        code: 'invalid-tool',
      });
    });
  }

  it('takes data in a schema for data', () => {
    const data = { pattern: '(', $ref: '#/nowhere' };
    const schema = {
      type: 'object',
      properties: { a: { default: data, enum: [data], const: data, examples: [data] } },
    };
    expect(reader(schema)({ a: data })).to.deep.equal({ a: data });
  });

  it('takes a frozen schema, and leaves no mark in it', () => {
    const leaf = Object.freeze({ type: 'integer' });
    const schema = Object.freeze({ type: 'object', properties: Object.freeze({ n: leaf }) });
    expect(reader(schema)({ n: '1' })).to.deep.equal({ n: 1 });
    const plain = { type: 'object', properties: { n: { type: 'integer' } } };
    reader(plain)({ n: 1 });
    expect(Reflect.ownKeys(plain)).to.deep.equal(['type', 'properties']);
  });

  it('keeps to the schema as it was', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } } };
    const read = reader(schema);
    schema.properties.n.type = 'string';
    expect(read({ n: 1 })).to.deep.equal({ n: 1 });
  });

  it('refuses what the interpreter fails at', () => {
    const endless = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/a' } },
      $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } },
    };
    expect(paths(endless, { a: 1 })).to.deep.equal(['input']);
    expect(paths({ type: 'object', properties: { a: { type: 'string' } } }, { a: 1n })).to.have.length(1);
  });

  const OPEN = { type: 'object' };
  const TREE = { type: 'object', properties: { a: { $ref: '#' }, b: { $ref: '#' } } };

  it('refuses an own `__proto__` where it is', () => {
    const hostile = (): unknown => JSON.parse('{"__proto__":{"x":1}}');
    for (const schema of [OPEN, TREE, { ...NAMED, required: [] }]) {
      for (const effect of ['read', 'write'] as const) {
        expect(paths(schema, hostile(), effect)).to.include('__proto__');
        expect(paths({ ...OPEN, properties: { l: { type: 'array' } } }, { l: [hostile()] }, effect)).to.include(
          'l.0.__proto__',
        );
      }
    }
    expect(paths(OPEN, '{"a":{"__proto__":1}}')).to.deep.equal(['a.__proto__']);
  });

  it('refuses what is within itself, and what is more than 100 levels deep', () => {
    const cycle: Record<string, unknown> = {};
    cycle['a'] = cycle;
    cycle['b'] = cycle;
    const nested = (depth: number): unknown => (depth === 0 ? {} : { a: nested(depth - 1) });
    for (const schema of [OPEN, TREE]) {
      expect(paths(schema, cycle)).to.have.length(1);
      expect(paths(schema, nested(101))).to.deep.equal([Array<string>(101).fill('a').join('.')]);
      expect(paths(schema, nested(5000))).to.have.length(1);
      expect(reader(schema)(nested(100))).to.deep.equal(nested(100));
    }
  });

  it('takes no longer with every level of unions within unions', () => {
    const inner = { $ref: '#/$defs/rule' };
    const join = (op: string) => ({
      ...{ type: 'object', required: ['op', 'of'] },
      properties: { op: { const: op }, of: { type: 'array', items: inner } },
    });
    const is = { type: 'object', required: ['field'], properties: { op: { const: 'is' }, field: { type: 'string' } } };
    const rule = { oneOf: [join('and'), join('or'), join('not'), is] };
    const schema = { type: 'object', properties: { where: inner }, $defs: { rule } };
    const nested = (depth: number, field: unknown): unknown =>
      depth === 0 ? { op: 'is', field } : { op: 'and', of: [nested(depth - 1, field)] };
    const begin = performance.now();
    expect(paths(schema, { where: nested(20, 1) })).to.have.length.above(0);
    const good = { where: nested(20, 'name') };
    expect(reader(schema)(good)).to.equal(good);
    expect(performance.now() - begin).to.be.below(5000);
  });
});
