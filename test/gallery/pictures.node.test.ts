import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { ROOT } from '../helpers/built.js';
import { FOLDER, photographer, PICTURES } from './pictures.ts';
import type { Maker, Photographer } from './pictures.ts';

/** How many pixels of a picture may differ, in a thousand: edges of letters and curves. */
const TOLERANCE = 1;

/** Where pictures that differ are put, beside what differs in them. */
const DIFFERENT = join(ROOT, '.cache', 'pictures');

const made = JSON.parse(readFileSync(join(FOLDER, 'maker.json'), 'utf8')) as Maker;

describe('the elements look as they did', () => {
  let pictures: Photographer;
  before(async () => {
    pictures = await photographer();
  });
  after(() => pictures.close());

  for (const picture of PICTURES) {
    it(picture.name, async (test) => {
      const { maker } = pictures;
      if (maker.engine !== made.engine) {
        test.skip(`The references are of ${made.engine}, and this is ${maker.engine}.`);
        return;
      }
      if (maker.fonts !== made.fonts) {
        test.skip('The references are of another machine’s fonts.');
        return;
      }
      const file = join(FOLDER, `${picture.name}.png`);
      assert.ok(existsSync(file), 'There is no reference: take it with `npm run pictures`.');
      const wanted = PNG.sync.read(readFileSync(file));
      const taken = await pictures.take(picture);
      const { width, height, data } = PNG.sync.read(Buffer.from(taken));
      assert.deepEqual([width, height], [wanted.width, wanted.height]);
      const difference = new PNG({ width, height });
      const count = pixelmatch(wanted.data, data, difference.data, width, height, { threshold: 0.15 });
      if (count > (width * height * TOLERANCE) / 1000) {
        mkdirSync(DIFFERENT, { recursive: true });
        writeFileSync(join(DIFFERENT, `${picture.name}.png`), taken);
        writeFileSync(join(DIFFERENT, `${picture.name}.difference.png`), PNG.sync.write(difference));
        assert.fail(
          `${count} pixels differ: see ${DIFFERENT}. If that is how it should look, run \`npm run pictures\`.`,
        );
      }
    });
  }
});
