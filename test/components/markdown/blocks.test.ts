import { expect } from 'chai';
import fc from 'fast-check';
import { Lexer } from 'marked';
import { markdownBlocks } from '../../../components/markdown/index.ts';

/** Lines as models write them, and as they write them by mistake. */
const LINES = [
  ...['# Title', 'Words and **bold** words', 'more `code` here', '- one', '- two', '  nested', '1. first', '2. second'],
  ...['> said', '> ```', '```js', 'let a = 1;', '```', '~~~', '| a | b |', '|---|---|', '| 1 | 2 |', '---', '===', ''],
  ...['    indented', '\tindented', '<div>', '</div>', '[x]: https://example.com', 'see [x] and [y](z)', '* * *', ''],
  ...[
    '![alt](a.png)',
    'unfinished **bold',
    '[link](https://exa',
    '- [ ] to do',
    '- [x] done',
    '&amp; &copy;',
    'a\\*b',
    '',
  ],
];
const documents = fc.array(fc.constantFrom(...LINES), { maxLength: 14 }).map((lines) => lines.join('\n'));

/** A block without what is only told of the way it was read. */
const plain = (blocks: readonly unknown[]): unknown => JSON.parse(JSON.stringify(blocks));

/** How many objects and lists a value has within each other. */
function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

describe('markdownBlocks', () => {
  it('reads a text that came in pieces as one that came at once', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.nat(300), { maxLength: 8 }), (text, cuts) => {
        const reader = markdownBlocks();
        for (const cut of [...cuts].sort((a, b) => a - b)) reader.read(text.slice(0, cut), true);
        expect(plain(reader.read(text, false))).to.deep.equal(plain([...new Lexer({ gfm: true }).lex(text)]));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives what is finished as the same objects, so that it is rendered once', () => {
    const reader = markdownBlocks();
    const before = reader.read('# Title\n\nFirst.\n\nSec', true);
    const after = reader.read('# Title\n\nFirst.\n\nSecond, and **mo', true);
    expect(after.slice(0, 4).every((block, at) => block === before[at])).to.be.true;
    expect(after.at(-1)).to.not.equal(before.at(-1));
  });

  it('shows what is not closed yet as if it were', () => {
    const reader = markdownBlocks();
    const [block] = reader.read('This is **bold', true);
    expect(block).to.have.nested.property('tokens[1].type', 'strong');
    const [link] = reader.read('See [this](https://exa', true);
    expect(link?.raw).to.equal('See this');
  });

  it('begins anew with another text', () => {
    const reader = markdownBlocks();
    reader.read('one\n\ntwo\n\nthree', true);
    expect(plain(reader.read('four', false))).to.deep.equal(plain([...new Lexer({ gfm: true }).lex('four')]));
  });

  it('shows what is nested too deep as it was written', () => {
    for (const mark of ['>', '- ', '1. ', '> - ']) {
      const deep = `${mark.repeat(50_000)} x`;
      const [block] = markdownBlocks()
        .read(`Words.\n\n${deep}\n\nMore **words**.`, false)
        .filter(({ type }) => type === 'blockquote' || type === 'list');
      expect(depthOf(block), mark).to.be.within(9, 60);
    }
  });

  it('reads words with too many marks, or too deep in each other, as words', () => {
    for (const [open, close] of [
      ['*a ', ' a*'],
      ['*a **b ', ' b** a*'],
      ['~~a *b ', ' b* a~~'],
    ] as const) {
      const text = `${open.repeat(900)}x${close.repeat(900)}`;
      expect(depthOf(markdownBlocks().read(text, false)[0]), text.slice(0, 9)).to.be.below(40);
    }
    const [many] = markdownBlocks().read('*a '.repeat(3_000), false);
    expect(many).to.have.nested.property('tokens.length', 1);
    expect(many).to.have.nested.property('tokens[0].text.length', 9_000);
  });

  it('reads lines that end as on Windows, also where a piece ends in the middle of an end', () => {
    const reader = markdownBlocks();
    reader.read('# a\r', true);
    expect(plain(reader.read('# a\r\n\r\nb', false))).to.deep.equal(plain(markdownBlocks().read('# a\n\nb', false)));
  });
});
