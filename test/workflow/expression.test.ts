import { expect } from 'chai';
import { isAgentError } from '../../src/core/index.ts';
import { parseAssignments } from '../../src/workflow/expression/assignments.ts';
import { SyntaxFault } from '../../src/workflow/expression/fault.ts';
import { parseInputs } from '../../src/workflow/expression/inputs.ts';
import { FUEL, parseExpression } from '../../src/workflow/expression/parse.ts';
import { parseTemplate } from '../../src/workflow/expression/template.ts';

const DATA = {
  ...{ n: 3, zero: 0, name: 'Ada', empty: '', none: null, yes: true, list: [3, 1, 2], 'odd-name': 1 },
  user: { name: 'Ada', tags: ['a', 'b'], address: { city: 'Bern' } },
  hits: [
    { id: 1, score: 0.9, title: 'One' },
    { id: 2, score: 0.4, title: 'Two' },
    { id: 3, score: 0.7, title: 'Three' },
  ],
};
type Data = Readonly<Record<string, unknown>>;

const scope = (data: Data = DATA) => ({ data, errors: { fetch: { code: 'tool-failed' } }, fuel: FUEL });
const value = (text: string, data?: Data): unknown => parseExpression(text).evaluate(scope(data));

function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof SyntaxFault)
      return `${error.offset} ${error.message}${error.suggestion === undefined ? '' : ` | ${error.suggestion}`}`;
    if (isAgentError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('It has no fault.');
}

describe('an expression', () => {
  for (const [text, expected] of [
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 % 3', 1],
    ['-7 % 3', 2],
    ['-n + 1', -2],
    ['10 / 4', 2.5],
    ['1.5e2', 150],
    ['"a" + \'b\'', 'ab'],
    ['"n=" + n', 'n=3'],
    ['"a\\n\\"b\\""', 'a\n"b"'],
    ['[1, 2] + [3]', [1, 2, 3]],
    ['{a: 1, "b c": n}', { a: 1, 'b c': 3 }],
    ['[1, 2,]', [1, 2]],
    ['n > 2 and n < 4', true],
    ['n > 3 or n == 3', true],
    ['n > 2 && !(n > 5) || false', true],
    ['not n > 2', false],
    ['not yes or yes', true],
    ['n == 3 and "x"', 'x'],
    ['empty or "fallback"', 'fallback'],
    ['"3" == 3', false],
    ['none == missing', true],
    ['[1, {a: 2}] == [1, {a: 2}]', true],
    ['{a: 1, b: 2} == {b: 2, a: 1}', true],
    ['{a: 1} != {a: 1, b: 2}', true],
    ['n in [1, 2, 3]', true],
    ['n not in [1, 2]', true],
    ['"da" in name', true],
    ['"name" in user', true],
    ['"toString" in user', false],
    ['n in missing', false],
    ['"a" < "b"', true],
    ['missing > 2', false],
    ['not (missing > 2)', true],
    ['missing <= 2', false],
    ['n >= 3 and n <= 3', true],
    ['user.address.city', 'Bern'],
    ['ctx.user.tags[1]', 'b'],
    ['$ctx.user["name"]', 'Ada'],
    ['ctx["odd-name"]', 1],
    ['list[-1]', 2],
    ['list[9]', undefined],
    ['user.missing.deeper', undefined],
    ['name.length', undefined],
    ['$errors.fetch.code', 'tool-failed'],
    ['True', true],
    ['None', null],
    ['len(hits) + len(name) + len(user) + len(none)', 9],
    ['merge({a: 1}, {b: 2}, none)', { a: 1, b: 2 }],
    ['merge([1], [2], missing)', [1, 2]],
    ['filter(hits, it.score > 0.5)', [DATA.hits[0], DATA.hits[2]]],
    ['map(hits, it.title)', ['One', 'Two', 'Three']],
    [
      'map(filter(hits, index > 0), {id: it.id, at: index})',
      [
        { id: 2, at: 0 },
        { id: 3, at: 1 },
      ],
    ],
    ['map([[1, 2], [3]], map(it, it * n))', [[3, 6], [9]]],
    ['filter(missing, true)', []],
    ['min(list)', 1],
    ['max(3, 9, n)', 9],
    ['min([])', undefined],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['round(1.005, 2)', 1.01],
    ['lower("ÀB")', 'àb'],
    ['contains(list, 2)', true],
    ['contains(name, "x")', false],
    ['default(missing, 1)', 1],
    ['default(zero, 1)', 0],
  ] as const) {
    it(`works out ${text}`, () => {
      expect(value(text)).to.deep.equal(expected);
    });
  }

  for (const [text, fault] of [
    ['', '0 The expression ends too early.'],
    ['a >', '3 The expression ends too early.'],
    ['a b', '2 The expression should end here, not `b`.'],
    ['a = 1', '2 `=` assigns; a comparison is `==`. | Write `==`.'],
    ['a < b < c', '6 A comparison has two sides. | Write `a < b and b < c`.'],
    ['(a', '2 There should be `)` here, but it ends.'],
    ['"a', '0 This text is not closed. | End it with ".'],
    ['a ? b : c', '2 `?` means nothing in an expression.'],
    ['a.1', '1 The expression should end here, not `.1`.'],
    ['filtre(a, it)', '0 There is no function `filtre`. | Did you mean `filter`?'],
    ['len()', '0 `len` takes 1 argument, not 0.'],
    ['ctx', '0 `ctx` stands for all data; name a part of it. | Write `ctx.name`.'],
    ['$env.HOME', '0 `$env` means nothing here. | Write `$ctx.name` for data, `$errors.node` for what has failed.'],
    ['a.__proto__', '2 `__proto__` cannot be read.'],
    ['constructor', '0 `constructor` cannot be read.'],
    ['{__proto__: 1}', '1 `__proto__` cannot be read.'],
    ['it', undefined],
    ['a.b()', '3 The expression should end here, not `(`.'],
    ['1e999', '0 This number is too large.'],
    ['and', '0 `and` cannot stand here.'],
  ] as const) {
    it(`says where \`${text}\` is wrong`, () => {
      if (fault === undefined) expect(value(text)).to.equal(undefined);
      else expect(faultOf(() => value(text))).to.equal(fault);
    });
  }

  for (const [text, fault] of [
    ['name > 2', 'expression-failed: `>` cannot compare a text with a number.'],
    ['name * 2', 'expression-failed: `*` takes two numbers, not a text and a number.'],
    ['n / zero', 'expression-failed: `/` cannot divide by 0.'],
    ['user + 1', 'expression-failed: `+` cannot add a number to a record.'],
    ['1 in 2', 'expression-failed: `in` cannot look for a number in a number.'],
    ['lower(n)', 'expression-failed: `lower` takes a text, not a number.'],
    ['len(n)', 'expression-failed: `len` takes a text, a list or a record, not a number.'],
    ['min("a")', 'expression-failed: `min` takes numbers, not a text.'],
    ['map(name, it)', 'expression-failed: `map` takes a list, not a text.'],
  ] as const) {
    it(`refuses to guess at ${text}`, () => {
      expect(faultOf(() => value(text))).to.equal(fault);
    });
  }

  it('reads nothing but the own names of plain data', () => {
    for (const text of [
      'user["__proto__"]',
      'user["constr" + "uctor"]',
      'toString',
      'ctx["__proto__"]',
      'user.hasOwnProperty',
      'list.map',
      'name["length"]',
    ]) {
      expect(value(text), text).to.equal(undefined);
    }
    expect(value('merge({}, evil)', { evil: JSON.parse('{"__proto__": {"polluted": 1}}') as unknown })).to.deep.equal(
      {},
    );
    expect(({} as Data)['polluted']).to.equal(undefined);
  });

  it('says which names it reads', () => {
    expect([...parseExpression('a.b > c and len(filter(d, it.x == e)) or ctx.f').reads]).to.deep.equal([
      'a',
      'c',
      'd',
      'e',
      'f',
    ]);
    expect([...parseExpression('ctx[a]').reads]).to.have.members(['*', 'a']);
  });

  it('has limits of length, depth and work', () => {
    expect(faultOf(() => parseExpression('a'.repeat(2001)))).to.match(/longer than 2000/);
    expect(faultOf(() => parseExpression('('.repeat(60) + 'a' + ')'.repeat(60)))).to.match(/nested deeper than 50/);
    expect(faultOf(() => parseExpression(`${'-'.repeat(60)}1`))).to.match(/nested deeper/);
    expect(faultOf(() => parseExpression(`${'not '.repeat(60)}1`))).to.match(/nested deeper/);
    const many = Array.from({ length: 1000 }, (_, index) => index);
    expect(faultOf(() => value('map(many, map(many, it + 1))', { many }))).to.match(/too many steps/);
    expect(
      faultOf(() => value('filter(many, it in many)', { many: Array.from({ length: 5000 }, (_, index) => index) })),
    ).to.match(/too many steps/);
    expect(value(`${'1 + '.repeat(490)}1`)).to.equal(491);
  });
});

describe('the assignments of a transform', () => {
  const apply = (text: string, data: Data = DATA): Data => parseAssignments(text).apply(data, {});

  it('are made in their order, each seeing those before it', () => {
    expect(apply('a = n + 1\nb = a * 2; c = ctx.b\nctx.d = [a, b, c]', { n: 1 })).to.deep.equal({
      n: 1,
      a: 2,
      b: 4,
      c: 4,
      d: [2, 4, 4],
    });
  });

  it('set names within records, and leave what lies beside them as it is', () => {
    const after = apply('user.address.city = "Basel"\nnew.deep.name = 1');
    expect(after['user']).to.deep.equal({ ...DATA.user, address: { city: 'Basel' } });
    expect((after['user'] as typeof DATA.user).tags).to.equal(DATA.user.tags);
    expect(after['hits']).to.equal(DATA.hits);
    expect(after['new']).to.deep.equal({ deep: { name: 1 } });
    expect(DATA.user.address.city).to.equal('Bern');
  });

  it('go on over lines within brackets', () => {
    expect(apply('a = {\n  x: 1,\n  y: "}"\n}\nb = 2', {})).to.deep.equal({ a: { x: 1, y: '}' }, b: 2 });
  });

  it('store nothing as null', () => {
    expect(apply('a = missing', {})).to.deep.equal({ a: null });
  });

  it('say what they read and write', () => {
    const { reads, writes } = parseAssignments('a.b = c\nd = a');
    expect([...reads]).to.deep.equal(['c', 'a']);
    expect([...writes]).to.deep.equal(['a', 'd']);
  });

  for (const [text, fault] of [
    ['a', '1 This is no assignment: there should be `=` here. | Write `name = value`, or register the transform.'],
    ['a = 1\nb == 2', '8 This is no assignment: there should be `=` here. | Write `=` to assign.'],
    ['a = 1 2', '6 The expression should end here, not `2`.'],
    ['__proto__.x = 1', '0 `__proto__` cannot be set.'],
    ['a.constructor = 1', '2 `constructor` cannot be set.'],
    ['  ', '0 There is no assignment here. | Write `name = value`.'],
    ['1 = a', '0 An assignment begins with a name. | Write `name = value`.'],
  ] as const) {
    it(`refuses \`${text}\``, () => {
      expect(faultOf(() => parseAssignments(text))).to.equal(fault);
    });
  }

  it('refuse to set a name in what is no record', () => {
    expect(faultOf(() => apply('name.x = 1'))).to.equal('expression-failed: `name.x` cannot be set: `name` is a text.');
  });
});

describe('a template', () => {
  const render = (text: string): string => parseTemplate(text).render(scope());

  it('puts data into a text', () => {
    expect(render('{{name}} has {{ n + 1 }} in {{user.address.city}}; {name} too, in {user.address.city}.')).to.equal(
      'Ada has 4 in Bern; Ada too, in Bern.',
    );
    expect(render('{{user.tags}} {{yes}} [{{none}}]')).to.equal('[\n  "a",\n  "b"\n] true []');
  });

  it('leaves braces alone that name no data', () => {
    expect(render('Answer as {"name": "…"} or {other} or {}.')).to.equal('Answer as {"name": "…"} or {other} or {}.');
  });

  it('does not put data into data', () => {
    expect(parseTemplate('{{a}}').render(scope({ a: '{{b}} {b}', b: 'secret' }))).to.equal('{{b}} {b}');
  });

  it('fails where something is missing in double braces, unless there is a default', () => {
    expect(faultOf(() => render('{{missing}}'))).to.equal(
      'expression-failed: There is no `missing` to put into the text.',
    );
    expect(render('{{default(missing, "-")}}')).to.equal('-');
  });

  it('says where it is wrong', () => {
    expect(faultOf(() => parseTemplate('ab {{a b}}'))).to.equal('7 The expression should end here, not `b`.');
    expect(faultOf(() => parseTemplate('ab {{a'))).to.equal('3 These braces are not closed. | End them with `}}`.');
  });
});

describe('the inputs of a node', () => {
  it('follow references and fill in templates, wherever they stand', () => {
    const { read, reads } = parseInputs({
      q: '$ctx.user.name',
      list: ['$ctx.hits[0].id', 'x {{n}}'],
      plain: 'ctx.n {n}',
      five: 5,
      money: '$$ctx.n',
    });
    expect(read(scope())).to.deep.equal({ q: 'Ada', list: [1, 'x 3'], plain: 'ctx.n {n}', five: 5, money: '$ctx.n' });
    expect([...reads]).to.deep.equal(['user', 'hits', 'n']);
  });

  it('fail where a reference leads nowhere, and name what there is', () => {
    expect(faultOf(() => parseInputs('$ctx.nmae').read(scope({ name: 1 })))).to.equal(
      'expression-failed: There is no `$ctx.nmae`.',
    );
  });
});
