import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, it } from 'node:test';
import { ERROR_CODES } from '../../src/core/index.ts';
import { ROOT } from '../helpers/built.js';

const SKIPPED = new Set(['node_modules', 'dist', 'demo-dist', 'coverage', '.cache', '.git']);

/** Every page of the repository, and llms.txt. */
const pages = ['llms.txt', ...find('.')].sort();

function find(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : find(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The text of a page without its code. */
const proseOf = (path: string): string => read(path).replaceAll(/^ *```[^]*?^ *```$|`[^`\n]*`/gm, '');

/** The names by which a heading can be linked to, as GitHub makes them. */
const anchorsOf = (path: string): readonly string[] =>
  [
    ...read(path)
      .replaceAll(/^```[^]*?^```$/gm, '')
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The links of a page to files of the repository that lead nowhere. */
function deadLinks(page: string): readonly string[] {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : posix.join(dirname(page), path);
    return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
}

describe('the links of the documentation', () => {
  for (const page of pages) {
    it(`lead somewhere in ${page}`, () => {
      assert.deepEqual(deadLinks(page), []);
    });
  }
});

describe('llms.txt', () => {
  it('names every page of the documentation', () => {
    const text = read('llms.txt');
    const unnamed = pages.filter((page) => page.startsWith('docs/') && !text.includes(`](${page})`));
    assert.deepEqual(unnamed, []);
  });
});

describe('docs/troubleshooting.md', () => {
  it('names no code that errors do not have', () => {
    const [, ...rows] = read('docs/troubleshooting.md').split('\n| ');
    const codes = rows.flatMap((row) =>
      [...(row.split(' | ')[1] ?? '').matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, code]) => code),
    );
    assert.ok(codes.length > 10);
    assert.deepEqual(
      codes.filter((code) => !(ERROR_CODES as readonly unknown[]).includes(code)),
      [],
    );
  });
});
