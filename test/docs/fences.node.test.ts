import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ROOT } from '../helpers/built.js';
import { readPages, samplesOf } from './samples.ts';

/** A line that begins or ends a block of code, however it is marked, in a list and in a quotation too. */
const EDGE = /^[\s>*\d.-]*(?:```|~~~)|<\/?pre\b/gm;

/** Blocks of no language that can be run: shapes of types, a picture made of letters, the mark of a sample itself. */
const TEXTS: Readonly<Record<string, number>> = { 'docs/how-it-works.md': 1, 'CONTRIBUTING.md': 1 };

/** How many edges of blocks of a page belong to no sample that is run. */
const escaped = (page: string, text: string): number =>
  [...text.matchAll(EDGE)].length - 2 * samplesOf(page, text).length;

describe('the code of the documentation', () => {
  for (const [page, text] of Object.entries(readPages(ROOT))) {
    it(`is found, all of it, in ${page}`, () => {
      assert.equal(escaped(page, text), 0);
      const texts = samplesOf(page, text).filter(({ language }) => language === 'text').length;
      // What stands there is made of the types themselves.
      if (page !== 'docs/api.md') assert.equal(texts, TEXTS[page] ?? 0, 'Code that is no code is not run.');
    });
  }

  it('would be missed in a quotation, behind waves, in a tag and in a block that never ends', () => {
    const block = 'throw new Error();\n';
    for (const text of [
      `> \`\`\`ts\n> ${block}> \`\`\`\n`,
      `~~~ts\n${block}~~~\n`,
      `<pre>${block}</pre>\n`,
      `\`\`\`ts\n${block}`,
    ])
      assert.notEqual(escaped('a.md', text), 0, text);
  });
});
