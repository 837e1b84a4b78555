import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readSources, violations } from './layers.js';

const root = fileURLToPath(new URL('../', import.meta.url));

describe('the layers', () => {
  it('hold in every source file', () => {
    const sources = readSources(root);
    assert.ok(Object.keys(sources).length > 10, 'the sources were found');
    assert.deepEqual(violations(sources), []);
  });

  it('name the file and the line of a forbidden import', () => {
    const text =
      "/** A graph. */\nimport { AgentError } from '../core/index.ts';\nimport { host } from '../worker/index.ts';\n";
    assert.deepEqual(violations({ 'src/engine/graph.ts': text }), [
      'src/engine/graph.ts:3 imports src/worker/index.ts, and src/engine must not import src/worker',
    ]);
  });

  for (const [what, text] of [
    ['a type-only import', "import type { Plan } from '../engine/index.ts';"],
    ['a re-export', "export { compile } from '../engine/index.ts';"],
    ['a lazy import', "const engine = () => import('../engine/index.ts');"],
    ['a worker URL', "new URL('../engine/index.ts', import.meta.url);"],
  ] as const) {
    it(`see ${what}`, () => {
      assert.equal(violations({ 'src/core/ports.ts': text }).length, 1);
    });
  }

  it('let nothing past an index.ts, not even an entry', () => {
    const text = "import { errorText } from '../core/errors.ts';";
    const allowed = { 'src/state/apply.ts': text, 'src/index.ts': "import { apply } from './state/apply.ts';" };
    assert.deepEqual(violations(allowed), [
      'src/state/apply.ts:1 imports src/core/errors.ts, past src/core/index.ts',
      'src/index.ts:1 imports src/state/apply.ts, past src/state/index.ts',
    ]);
  });

  it('let only the starter of the client reach the worker', () => {
    const text = "new URL('../worker.ts', import.meta.url);\nconst host = () => import('../worker/index.ts');";
    assert.deepEqual(violations({ 'src/client/start.ts': text }), []);
    assert.equal(violations({ 'src/client/agent.ts': text }).length, 2);
  });

  it('keep packages to the folders that own them', () => {
    const text = "import { wrap } from 'comlink';\nimport { html } from 'lit';\nimport { z } from 'zod';";
    assert.deepEqual(violations({ 'components/chat.ts': text }), [
      'components/chat.ts:1 imports comlink, which components must not use',
      'components/chat.ts:3 imports zod, a package that the table of packages does not list',
    ]);
  });

  it('do not mistake comments and strings for imports', () => {
    const text = "// import { x } from '../engine/index.ts';\nconst text = \"import '../engine/index.ts'\";";
    assert.deepEqual(violations({ 'src/core/text.ts': text }), []);
  });
});
