import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../helpers/built.js';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const manifest = JSON.parse(read('package.json')) as {
  version: string;
  private: boolean;
  publishConfig: Record<string, unknown>;
  dependencies: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

describe('a release', () => {
  it('says in the changelog what is new in the version of the package', () => {
    const [, section = ''] = read('CHANGELOG.md').split(/^## /m);
    assert.match(
      section,
      new RegExp(`^${manifest.version.replaceAll('.', '\\.')}, (unreleased|\\d{4}-\\d\\d-\\d\\d)\\n`),
    );
    assert.match(section, /^- /m);
  });

  it('is published with the proof of where it was built, and never by mistake', () => {
    assert.deepEqual(manifest.publishConfig, { access: 'public', provenance: true });
    assert.equal(manifest.private, true);
  });

  it('brings along what the package imports, and nothing that only its tests need', () => {
    assert.equal(manifest.optionalDependencies, undefined);
    const code = ['src', 'components']
      .flatMap((folder) =>
        readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
      )
      .filter((name) => name.endsWith('.ts'))
      .map(read)
      .join('\n');
    const unused = Object.keys(manifest.dependencies).filter((name) => !new RegExp(`['"]${name}[/'"]`).test(code));
    assert.deepEqual(unused, []);
  });

  it('passes the gate before it is published', () => {
    const steps = read('.github/workflows/release.yml').split('- run: ');
    const at = (command: string): number => steps.findIndex((step) => step.startsWith(command));
    assert.ok(at('.ci/run') > 0 && at('.ci/run') < at('npm pkg delete private'));
    assert.ok(at('npm pkg delete private') < at('npm publish'));
    assert.match(read('.ci/run'), /npm ci\nnpm run check\nnpm test\n/);
  });

  it('can be installed from whatever registry a person has: no file names one', () => {
    const files = execFileSync('git', ['ls-files', '-z', '*package-lock.json', '*.npmrc', '*package.json'], {
      cwd: ROOT,
    });
    for (const file of files.toString().split('\0').filter(Boolean))
      assert.doesNotMatch(read(file), /"resolved"|^registry|registry\.|_authToken/m, file);
  });
});
