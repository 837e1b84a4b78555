import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../helpers/built.js';
import { made, MAKERS } from './generated.ts';
import { readResults, unnamedFigures } from './sizes.ts';

describe('what `npm run docs` writes', () => {
  for (const path of Object.keys(MAKERS)) {
    it(`is ${path} as it stands`, async () => {
      const stands = readFileSync(join(ROOT, path), 'utf8');
      assert.equal(stands, await made(path, ROOT), `${path} is not what it is made of: run \`npm run docs\`.`);
    });
  }

  it('has words for every figure that was measured', () => {
    assert.deepEqual(unnamedFigures(readResults(ROOT)), []);
  });
});
