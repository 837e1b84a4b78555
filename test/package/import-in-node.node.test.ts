import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDist, ROOT } from '../helpers/built.js';

/** Imports a specifier in a plain Node process, by the package's own name, and gives the names that it exports. */
async function exportsOf(specifier: string): Promise<string[]> {
  const script = `console.log(JSON.stringify(Object.keys(await import('${specifier}'))))`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, timeout: 20_000 });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as string[];
}

ensureDist();

describe('the package in Node, where pages are rendered on the server', () => {
  for (const [specifier, name] of [
    ['inpage', 'createAgent'],
    ['inpage/worker', 'serve'],
    ['inpage/engine', 'StateGraph'],
    ['inpage/workflows', 'readWorkflow'],
  ] as const) {
    it(`imports ${specifier}, which exports ${name}, and the process ends by itself`, async () => {
      assert.ok((await exportsOf(specifier)).includes(name));
    });
  }

  it('imports every entry that a bundler or a server is given', async () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      exports: Record<string, { types?: string; default?: string } | string>;
    };
    // What has types and code, but for what is the script of a page.
    const entries = Object.entries(exports).flatMap(([name, entry]) =>
      typeof entry === 'string' || !entry.types || !entry.default || name.endsWith('.js')
        ? []
        : [name.replace('.', 'inpage')],
    );
    assert.ok(entries.length >= 8, entries.join());
    await Promise.all(entries.map(exportsOf));
  });

  it('imports inpage/elements, which needs no browser until an element is used', async () => {
    assert.deepEqual(await exportsOf('inpage/elements'), ['defineStrings']);
  });
});
