import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { ROOT } from '../helpers/built.js';
import { ENTRIES, FILES } from './api.ts';
import { made } from './generated.ts';

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, string | { readonly types?: string }>>;
};

/** The source that the types of an entry are made of; what the build itself writes has none. */
const sourceOf = (entry: string): string | undefined => {
  const target = exports[entry.replace(/^inpage/, '.')];
  const [, path] = /^\.\/dist\/types\/(.*)\.d\.ts$/.exec((typeof target === 'object' && target.types) || '') ?? [];
  return path === undefined ? undefined : `${path}.ts`;
};

/** What each entry exports, types too, by the names that an import has to use. */
function exportsOf(entries: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const files = entries.map((entry) => join(ROOT, sourceOf(entry) ?? ''));
  const program = ts.createProgram(files, { allowImportingTsExtensions: true, noEmit: true, types: [] });
  const checker = program.getTypeChecker();
  return Object.fromEntries(
    entries.map((entry, i) => {
      const source = program.getSourceFile(files[i] ?? '');
      const module = source && checker.getSymbolAtLocation(source);
      return [entry, module ? checker.getExportsOfModule(module).map(({ name }) => name) : []];
    }),
  );
}

/** The exports that a page does not tell of in the section of their entry. */
function untold(page: string, exported: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const sections = new Map(page.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section]));
  return Object.entries(exported).flatMap(([entry, names]) => {
    const section = sections.get(entry) ?? '';
    const told = new Set([
      ...[...section.matchAll(/^### (\w+)$/gm)].map(([, name]) => name),
      ...[...(/^Also, as above: .*$/m.exec(section)?.[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ]);
    return names.filter((name) => !told.has(name)).map((name) => `${name} of ${entry}`);
  });
}

describe('docs/api.md', () => {
  const exported = exportsOf(Object.keys(ENTRIES));
  // As `npm run docs` writes it; another test holds the file to that.
  const page = made('docs/api.md', ROOT);

  it('tells of every entry of the package', () => {
    const entries = Object.keys(exports).map((name) => name.replace('.', 'inpage'));
    assert.deepEqual([...Object.keys(ENTRIES), ...Object.keys(FILES)].sort(), entries.sort());
  });

  it('is made of the files that the types of the entries are made of', () => {
    for (const [entry, [file]] of Object.entries(ENTRIES)) assert.equal(file, sourceOf(entry));
  });

  it('tells of every export of every entry', async () => {
    assert.deepEqual(untold(await page, exported), []);
    for (const [entry, names] of Object.entries(exported)) assert.ok(names.length > 0, `${entry} exports nothing.`);
  });

  it('would be found out if one were missing', async () => {
    const without = (await page).replace('### createAgent\n', '').replace('`defineStrings`', '');
    assert.deepEqual(untold(without, exported), ['createAgent of inpage', 'defineStrings of inpage/elements/chat']);
  });

  it('has no entry without exports among those that have some', () => {
    for (const entry of Object.keys(FILES)) {
      const file = sourceOf(entry);
      // Only the types of the frameworks are made by the build, and add to other modules.
      assert.ok(file === undefined || ['react.ts', 'vue.ts'].includes(file), `${entry} may export something.`);
    }
  });
});
