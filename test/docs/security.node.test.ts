import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { ROOT } from '../helpers/built.js';

/** The files that may make a request, which docs/security.md tells of: models, parts, workflow
 * files, code and grants of verticals, pictures at a press. */
const ASKING = [
  'components/markdown/inline-view.ts',
  'src/client/shared.ts',
  'src/client/start.ts',
  'src/client/tag.ts',
  'src/ground/code.ts',
  'src/ground/index.ts',
  'src/models/remote/config.ts',
  'src/models/remote/faults.ts',
  'src/parts/parts.ts',
  'src/verticals/ground.ts',
  'src/verticals/guard.ts',
  'src/worker/part.ts',
  'src/workflow-page/documents.ts',
];

const REQUEST =
  /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|Worker|Image)\(|\.src = |<(?:img|iframe|link) /;

it('makes requests only where the page on security says so', () => {
  const found = ['src', 'components'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .map((name) => `${top}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && REQUEST.test(withoutComments(readFileSync(join(ROOT, path), 'utf8')))),
  );
  assert.deepEqual(found.sort(), ASKING);
});

const withoutComments = (text: string): string => text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
