import { expect } from 'chai';
import { capOutput, MAX_OUTPUT, readOutput } from '../../src/tools/output.ts';
import { sizeOf } from '../../src/tools/size.ts';

const large = Array.from({ length: 40_000 }, (_, index) => ({ index, name: `Item ${index} 🫖` }));

describe('capOutput', () => {
  it('leaves an output of up to 500 KB as it is', () => {
    const output = { text: 'x'.repeat(MAX_OUTPUT - 100) };
    expect(capOutput(output, 'c1')).to.deep.equal({ shown: output });
  });

  it('keeps a larger one apart and shows its beginning, its length and how to read on', () => {
    const { shown, text } = capOutput(large, 'c1');
    expect(text).to.equal(JSON.stringify(large));
    expect(shown).to.include({ output: 'c1', characters: text?.length, beginning: text?.slice(0, 4000) });
    expect((shown as { note: string }).note).to.include('read_output');
  });

  it('keeps at most ten million characters, and says so', () => {
    const { shown, text } = capOutput('y'.repeat(10_000_005), 'c1');
    expect(text).to.have.length(10_000_000);
    expect((shown as { note: string }).note).to.include('10000005');
  });

  it('measures without making the text of what is far too large', () => {
    const cell = 'z'.repeat(1000);
    expect(
      sizeOf(
        Array.from({ length: 1_000_000 }, () => cell),
        5000,
      ),
    ).to.be.below(8000);
  });
});

describe('readOutput', () => {
  const text = JSON.stringify(large);
  const kept = new Map([['c1', { text, untrusted: false }]]);

  it('reads a whole output page by page, without half of a character at any end', () => {
    let read = '';
    let from: number | undefined = 0;
    let pages = 0;
    while (from !== undefined) {
      const page = readOutput(kept, { output: 'c1', from, length: 49_999 }) as { text: string; next?: number };
      expect(() => encodeURIComponent(page.text)).not.to.throw();
      read += page.text;
      from = page.next;
      pages++;
    }
    expect(read).to.equal(text);
    expect(pages).to.equal(Math.ceil(text.length / 49_999));
  });

  it('comes to an end also by the smallest pages', () => {
    const few = new Map([['c', { text: '🫖🫖a', untrusted: false }]]);
    const parts: string[] = [];
    for (let from: number | undefined = 0; from !== undefined;) {
      const page = readOutput(few, { output: 'c', from, length: 1 }) as { text: string; next?: number };
      parts.push(page.text);
      from = page.next;
    }
    expect(parts.join('')).to.equal('🫖🫖a');
  });

  it('gives no more than 50,000 characters at a time', () => {
    const page = readOutput(kept, { output: 'c1', length: 1e9 }) as { text: string };
    expect(page.text.length).to.be.at.most(50_000);
  });

  it('names what is kept when there is no such output or nothing at that place', () => {
    // A list of the id would be read as the id, and then not be looked up as one.
    const list = { output: ['c1'] };
    for (const input of [
      { output: 'c2' },
      list,
      { output: 'c1', from: text.length },
      { output: 'c1', from: -1 },
      null,
    ]) {
      expect(() => readOutput(kept, input))
        .to.throw()
        .with.property('fix', `Use one of: c1 (0 to ${text.length - 1}).`);
    }
  });
});
