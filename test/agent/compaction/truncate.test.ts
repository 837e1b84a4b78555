import { expect } from 'chai';
import fc from 'fast-check';
import { truncateText, truncateValue } from '../../../src/agent/compaction/truncate.ts';

const numbered = (count: number, from = 1): string =>
  Array.from({ length: count }, (_, index) => `line ${index + from}`).join('\n');

describe('truncateText', () => {
  it('leaves what is small enough as it is', () => {
    expect(truncateText(numbered(150))).to.equal(numbered(150));
  });

  it('keeps the beginning, the end or both, and says how much is missing', () => {
    const text = numbered(100);
    expect(truncateText(text, 'head', 60)).to.match(/^line 1\nline 2\nline 3\nline 4\n… \d+ characters left out …$/);
    expect(truncateText(text, 'tail', 60)).to.match(/^… \d+ characters left out …\nline 98\nline 99\nline 100$/);
    expect(truncateText(text, 'both', 80)).to.match(/^line 1\n[^]*\n… \d+ characters left out …\nline 99\nline 100$/);
  });

  it('counts lines too', () => {
    const lines = truncateText(numbered(300), 'both').split('\n');
    expect(lines).to.have.length(151);
    expect(lines[0]).to.equal('line 1');
    expect(lines.at(-1)).to.equal('line 300');
  });

  it('closes a fence of code that is cut, and opens it again', () => {
    const text = `Look:\n\`\`\`js\n${numbered(200)}\n\`\`\`\nDone.`;
    const cut = truncateText(text);
    expect(cut).to.match(/line \d+\n```\n… \d+ characters left out …\n```\nline \d+/);
    expect(cut.match(/```/g)).to.have.length(4);
  });

  it('leaves JSON that is text valid, with its first entries', () => {
    const items = Array.from({ length: 500 }, (_, id) => ({ id, name: `Item ${id}` }));
    const cut = JSON.parse(truncateText(JSON.stringify({ total: 500, items, next: 'x' }))) as typeof items & {
      total: number;
      next: string;
      items: unknown[];
    };
    expect(cut).to.include({ total: 500, next: 'x' });
    expect(cut.items.slice(0, 2)).to.deep.equal(items.slice(0, 2));
    expect(cut.items.at(-1)).to.match(/^… \d+ more$/);
  });
});

describe('truncateValue', () => {
  it('keeps the keys, and cuts what is large below them', () => {
    const value = { id: 7, text: 'word '.repeat(5000), ok: true };
    const cut = truncateValue(value, 500) as typeof value;
    expect(cut).to.include({ id: 7, ok: true });
    expect(cut.text)
      .to.match(/^word [^]*characters left out/)
      .and.have.length.below(500);
  });

  it('tells how many keys are missing where there are too many', () => {
    const value = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key${index}`, index]));
    expect(Object.entries(truncateValue(value, 500) as object).at(-1)?.[1]).to.match(/^\d+ more$/);
  });

  it('keeps something of a single large entry', () => {
    expect(JSON.stringify(truncateValue([[['x'.repeat(10_000)]]], 300)))
      .to.include('xxx')
      .and.have.length.below(400);
  });

  it('makes text of what is no JSON', () => {
    expect(truncateValue(new Map([['k', 'v'.repeat(900)]]), 100))
      .to.be.a('string')
      .and.have.length.below(150);
  });

  it('gives what can be stored, is about as large as it may be, and the same for the same', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.string({ maxLength: 200 }),
        fc.integer({ min: 60, max: 400 }),
        (part, text, room) => {
          const value = { a: part, b: [part, text, text], c: { d: text.repeat(5) } };
          const cut = truncateValue(value, room);
          expect(JSON.parse(JSON.stringify(cut))).to.deep.equal(JSON.parse(JSON.stringify(truncateValue(value, room))));
          expect(JSON.stringify(cut).length).to.be.below(4 * room + 200);
          if (JSON.stringify(value).length * 2 < room) expect(cut).to.equal(value);
        },
      ),
    );
  });
});
