import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { markdownBlocks } from '../../../components/markdown/blocks.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

describe('markdown that grows', () => {
  it('holds with what has been shown of it nothing of the whole text as it was then', () => {
    const reader = markdownBlocks();
    const shown: string[] = [];
    let text = '';
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 400; count++) {
      text += `\n\n${'A line of some words. '.repeat(20)}${count}`;
      // As the page does, which keeps the texts that it showed first.
      for (const block of reader.read(text, true).slice(-1)) if ('text' in block) shown.push(block.text);
    }
    collect();
    const held = process.memoryUsage().heapUsed - before;
    assert.equal(shown.length, 400);
    assert.ok(held < 20 * text.length, `${held} bytes are held for a text of ${text.length}`);
  });
});
