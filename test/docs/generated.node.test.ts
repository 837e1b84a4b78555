import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../helpers/built.js';
import { ENTRIES } from './api.ts';
import { made, MAKERS } from './generated.ts';
import { readResults, unnamedFigures } from './sizes.ts';

describe('what `npm run docs` writes', () => {
  for (const path of Object.keys(MAKERS)) {
    it(`is ${path} as it stands`, async () => {
      const stands = readFileSync(join(ROOT, path), 'utf8');
      assert.equal(stands, await made(path, ROOT), `${path} is not what it is made of: run \`npm run docs\`.`);
    });
  }

  it('tells of every entry of the package that has types', () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      exports: Record<string, object>;
    };
    // What has types alone, or is the script tag, exports nothing by name.
    const nameless = ['./elements/chat', './react', './vue', './inpage.js'];
    const typed = Object.keys(exports).filter((name) => 'types' in Object(exports[name]) && !nameless.includes(name));
    assert.deepEqual(typed.map((name) => name.replace('.', 'inpage')).sort(), Object.keys(ENTRIES).sort());
  });

  it('has words for every figure that was measured', () => {
    assert.deepEqual(unnamedFigures(readResults(ROOT)), []);
  });
});
