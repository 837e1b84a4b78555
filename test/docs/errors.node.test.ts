import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { it } from 'node:test';
import { ERROR_CODES } from '../../src/core/index.ts';

const root = new URL('../../', import.meta.url);

it('documents every error code, and no other', () => {
  const text = readFileSync(new URL('docs/errors.md', root), 'utf8');
  const documented = [...text.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code);
  assert.deepEqual(documented, [...ERROR_CODES]);
});

it('raises every error code somewhere', () => {
  const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' });
  const code = files
    .filter((file) => file.endsWith('.ts') && file !== 'core/errors.ts')
    .map((file) => readFileSync(new URL(`src/${file}`, root), 'utf8'))
    .join('\n');
  assert.deepEqual(
    ERROR_CODES.filter((name) => !code.includes(`'${name}'`)),
    [],
  );
});
