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
    const deep = `${'>'.repeat(50_000)} x`;
    expect(markdownBlocks().read(deep, false)).to.have.nested.property('[0].type', 'paragraph');
  });

  it('reads lines that end as on Windows, also where a piece ends in the middle of an end', () => {
    const reader = markdownBlocks();
    reader.read('# a\r', true);
    expect(plain(reader.read('# a\r\n\r\nb', false))).to.deep.equal(plain(markdownBlocks().read('# a\n\nb', false)));
  });
});
