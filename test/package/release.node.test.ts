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

  it('passes the gate before it is packed, and says which repository its proof is of', () => {
    const [, pack = '', publish = ''] = read('.github/workflows/release.yml').split(/^ {2}(?:pack|publish):$/m);
    const commands = [...pack.matchAll(/^ +- run: (.+)$/gm)].map(([, command = '']) => command);
    const order = ['.ci/run', 'npm pkg delete private', 'npm pkg set repository', 'npm pack'];
    const found = order.map((begin) => commands.findIndex((command) => command.startsWith(begin)));
    assert.ok(
      found.every((at, i) => at > (found[i - 1] ?? 0)),
      commands.join('\n'),
    );
    assert.match(read('.ci/run'), /npm ci\nnpm run check\nnpm test\n/);
    // The right to publish is where no code of others runs.
    assert.doesNotMatch(pack, /id-token/);
    assert.match(publish, /id-token: write/);
    assert.deepEqual(
      [...publish.matchAll(/^ +- run: (.+)$/gm)].map(([, command]) => command),
      ['npm publish ./*.tgz'],
    );
  });

  it('can be installed from whatever registry a person has: no file names one', () => {
    const files = execFileSync('git', ['ls-files', '-z', '*package-lock.json', '*.npmrc', '*package.json'], {
      cwd: ROOT,
    });
    for (const file of files.toString().split('\0').filter(Boolean))
      assert.doesNotMatch(read(file), /"resolved"|^registry|registry\.|_authToken/m, file);
  });
});
