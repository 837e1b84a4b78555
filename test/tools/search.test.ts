/** Search: BM25 to the letter at every moment, the words that tools are found by, and what a search costs. */
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { ToolSpec } from '../../src/core/index.ts';
import { createToolRegistry, defineTool } from '../../src/tools/index.ts';
import { createSearchIndex } from '../../src/tools/search.ts';
import type { Hit } from '../../src/tools/search.ts';
import { wordsOf } from '../../src/tools/words.ts';

const spec = (name: string, changes: Partial<ToolSpec> = {}): ToolSpec => ({
  ...defineTool({ name, description: 'x', effect: 'read', run: () => name }),
  ...changes,
});

/** BM25 over all tools as the formula says it, with nothing kept and nothing left out. */
class Oracle {
  readonly #tools = new Map<string, ToolSpec>();

  add(tool: ToolSpec): void {
    this.remove(tool.name);
    this.#tools.set(tool.name, tool);
  }

  remove(name: string): void {
    this.#tools.delete(name);
  }

  search(query: string, limit: number, accept: (name: string) => boolean = () => true): readonly Hit[] {
    const docs = [...this.#tools.values()].map((tool) => {
      const { name, aliases, keywords, examples, description, category } = tool;
      const twice = [...aliases, ...keywords].flatMap(wordsOf);
      const once = [...examples, description, category].flatMap(wordsOf);
      const own = wordsOf(name);
      return { name, words: [...own, ...own, ...own, ...twice, ...twice, ...once] };
    });
    const average = docs.reduce((sum, { words }) => sum + words.length, 0) / docs.length;
    return docs
      .map(({ name, words }) => {
        let score = 0;
        for (const term of new Set(wordsOf(query))) {
          const df = docs.filter((doc) => doc.words.includes(term)).length;
          const tf = words.filter((word) => word === term).length;
          const idf = Math.log(1 + (docs.length - df + 0.5) / (df + 0.5));
          score += (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * words.length) / average));
        }
        return { name, score };
      })
      .filter(({ name, score }) => score > 0 && accept(name))
      .sort((a, b) => (Math.abs(a.score - b.score) > 1e-9 ? b.score - a.score : 0))
      .slice(0, limit);
  }
}

/** The same tools in the same order; scores but for the rounding of sums in another order. */
function agree(found: readonly Hit[], expected: readonly Hit[]): void {
  expect(found.map(({ name }) => name)).to.deep.equal(expected.map(({ name }) => name));
  for (const [index, { score }] of found.entries()) expect(score).to.be.closeTo(expected[index]?.score ?? 0, 1e-9);
}

const VOCABULARY = 'alpha bravo carol delta echo foxtrot golf hotel india juliet'.split(' ');
const words = (max: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...VOCABULARY), { maxLength: max }).map((list) => list.join(' '));

type Step =
  | { readonly kind: 'add'; readonly name: string; readonly changes: Partial<ToolSpec> }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'search'; readonly query: string; readonly limit: number; readonly odd: boolean };

const name = fc.integer({ min: 0, max: 40 }).map((n) => `tool_${n}_${VOCABULARY[n % VOCABULARY.length] ?? ''}`);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      name,
      changes: fc.record({
        description: words(8),
        category: fc.constantFrom('core', 'alpha'),
        keywords: words(2).map((text) => text.split(' ')),
        examples: words(3).map((text) => [text]),
      }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), name }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('search' as const),
      query: words(5),
      limit: fc.integer({ min: 0, max: 12 }),
      odd: fc.boolean(),
    }),
  },
);

describe('a search', () => {
  it('gives what BM25 gives over the tools of that moment, while tools come, go and change', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
        const index = createSearchIndex();
        const oracle = new Oracle();
        for (const each of steps) {
          if (each.kind === 'search') {
            const accept = each.odd ? (one: string): boolean => one.length % 2 === 1 : undefined;
            agree(index.search(each.query, each.limit, accept), oracle.search(each.query, each.limit, accept));
          } else {
            const tool = each.kind === 'add' ? spec(each.name, each.changes) : undefined;
            for (const one of [index, oracle]) {
              if (tool) one.add(tool);
              else one.remove(each.name);
            }
          }
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('gives the same where many tools match and most are left out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ description: words(6), keywords: words(1).map((text) => [text]) }), {
          minLength: 250,
          maxLength: 400,
        }),
        fc.array(fc.record({ query: words(6), limit: fc.constantFrom(1, 2, 5, 70) }), { minLength: 4, maxLength: 8 }),
        (tools, searches) => {
          const index = createSearchIndex();
          const oracle = new Oracle();
          for (const [i, changes] of tools.entries()) {
            const tool = spec(`t${i}`, changes);
            index.add(tool);
            oracle.add(tool);
          }
          for (const { query, limit } of searches) agree(index.search(query, limit), oracle.search(query, limit));
        },
      ),
      { numRuns: 20, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('gives equals in the order of their coming also where their sums are rounded differently', () => {
    const index = createSearchIndex();
    // Each word is as rare as the others, and once in some tools and twice in the rest.
    const orders = ['a b c', 'a c b', 'b a c', 'b c a', 'c a b', 'c b a'];
    for (const [at, order] of orders.entries()) {
      const [once, ...twice] = order.split(' ').map((letter) => `${letter}${letter}word`);
      index.add(spec(`t${at}`, { description: [once, ...twice, ...twice].join(' ') }));
    }
    const found = index.search('aaword bbword ccword', 6).map((hit) => hit.name);
    expect(found).to.deep.equal(['t0', 't1', 't2', 't3', 't4', 't5']);
  });

  // All scores are the same, and so at the very bound of what is left out.
  for (const [what, width] of [
    ['a word', 1],
    ['two words', 2],
    ['three words', 3],
  ] as const) {
    it(`gives equals in the order of their coming, where each has ${what} of those asked for`, () => {
      for (let kinds = width + 1; kinds <= 7; kinds++) {
        for (let each = 65; each < 80; each++) {
          const index = createSearchIndex();
          const some = VOCABULARY.slice(0, kinds);
          for (let i = 0; i < kinds * each; i++) {
            const own = Array.from({ length: width }, (_, k) => some[(i + k) % kinds]).join(' ');
            index.add(spec(`t${i}`, { description: own }));
          }
          const backwards = [...some].reverse().join(' ');
          expect(index.search(backwards, 2).map((hit) => hit.name)).to.deep.equal(['t0', 't1']);
        }
      }
    });
  }

  it('gives equals in the order of the registry, also when one was out of use for a while', () => {
    const find = (early: boolean): readonly string[] => {
      const registry = createToolRegistry();
      for (const each of ['gone', 'lost']) {
        registry.add(defineTool({ name: each, description: 'x', effect: 'read', run: () => 1 }))();
      }
      for (const each of ['one_pay', 'two_pay', 'six_pay']) {
        registry.add(defineTool({ name: each, description: 'x', effect: 'read', run: () => 1 }));
      }
      if (early) registry.search('pay', 3);
      registry.enable('one_pay', false);
      registry.enable('one_pay', true);
      return registry.search('pay', 3).map((hit) => hit.name);
    };
    expect(find(true)).to.deep.equal(['one_pay', 'two_pay', 'six_pay']);
    expect(find(false)).to.deep.equal(find(true));
  });

  it('forgets tools that are gone, however often they come again', () => {
    const index = createSearchIndex();
    const oracle = new Oracle();
    for (let i = 0; i < 2000; i++) {
      const tool = spec(`t${i % 30}`, { description: VOCABULARY[i % 7] ?? '' });
      for (const one of [index, oracle]) {
        one.add(tool);
        if (i % 3 === 0) one.remove(`t${(i * 7) % 30}`);
      }
      if (i % 50 === 0) agree(index.search('alpha bravo t3', 5), oracle.search('alpha bravo t3', 5));
    }
  });

  it('gives nothing where there is nothing', () => {
    const index = createSearchIndex();
    expect(index.search('pay', 5)).to.deep.equal([]);
    index.add(spec('pay'));
    expect(index.search('', 5)).to.deep.equal([]);
    expect(index.search('the of other', 5)).to.deep.equal([]);
    expect(index.search('pay', 0)).to.deep.equal([]);
    index.remove('none');
    index.remove('pay');
    expect(index.search('pay', 5)).to.deep.equal([]);
  });

  it('weighs the name most, then aliases and keywords, then the rest', () => {
    const index = createSearchIndex();
    index.add(spec('aa', { description: 'pay' }));
    index.add(spec('bb', { keywords: ['pay'] }));
    index.add(spec('cc', { aliases: ['pay'] }));
    index.add(spec('pay'));
    index.add(spec('dd', { examples: ['pay'] }));
    index.add(spec('ee', { category: 'pay' }));
    const found = index.search('pay', 9).map((hit) => hit.name);
    expect(found[0]).to.equal('pay');
    expect(found.slice(1, 3)).to.have.members(['bb', 'cc']);
    expect(found.slice(3)).to.have.members(['aa', 'dd', 'ee']);
  });
});

describe('a search of the registry', () => {
  it('follows what is used: tools that come, give way, are withdrawn or disabled', () => {
    const registry = createToolRegistry();
    const add = (one: string, keyword: string, source: 'site' | 'mcp'): (() => void) =>
      registry.add(defineTool({ name: one, description: 'x', effect: 'read', keywords: [keyword], run: () => 1 }), {
        source,
      });
    const find = (query: string): readonly string[] => registry.search(query, 9).map((hit) => hit.name);
    expect(find('far')).to.deep.equal([]);
    add('a', 'far', 'mcp');
    expect(find('far')).to.deep.equal(['a']);
    const withdraw = add('a', 'near', 'site');
    expect([find('far'), find('near')]).to.deep.equal([[], ['a']]);
    withdraw();
    expect([find('far'), find('near')]).to.deep.equal([['a'], []]);
    registry.enable('a', false);
    add('a', 'near', 'site');
    expect([find('far'), find('near')]).to.deep.equal([[], []]);
    registry.enable('a', true);
    expect([find('far'), find('near')]).to.deep.equal([[], ['a']]);
  });
});

describe('the words of a text', () => {
  for (const [text, expected] of [
    ['addToCart', 'add cart'],
    ['getHTMLPage', 'get html page'],
    ['list_open-orders.now', 'list open order now'],
    ['mp3player2', 'mp 3 player 2'],
    ['CAFÉ Crème ﬁne', 'cafe creme fine'],
    ['please show me the basket', 'show basket'],
    ['Zürich Привет Ελλάδα', 'zurich привет ελλαδα'],
    ['检索商品', '检索 索商 商品'],
    ['abc検索', 'abc 検索'],
    ['データ', 'テー ータ'],
    ['한국어 한', '한국 국어 한'],
    ['…!? ', ''],
  ] as const) {
    it(`of "${text}" are "${expected}"`, () => {
      expect(wordsOf(text).join(' ')).to.equal(expected);
    });
  }

  for (const pair of 'order orders,box boxes,category categories,size sizes,house houses,purchase purchases,search searches,address addresses,status statuses,menu menus,movie movies,shoe shoes,id ids,bus buses'.split(
    ',',
  )) {
    it(`are the same for ${pair.replace(' ', ' and ')}`, () => {
      const [one, many] = wordsOf(pair);
      expect(one).to.equal(many);
    });
  }

  it('are not the same for words that only begin alike', () => {
    for (const pair of ['plan plane', 'car care', 'glass glad', 'not note', 'price prize']) {
      const [one, other] = wordsOf(pair);
      expect(one).not.to.equal(other);
    }
  });
});
