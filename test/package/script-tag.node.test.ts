import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Linter } from 'eslint';
import { ensureDist, ROOT } from '../helpers/built.js';

ensureDist();
const worker = readFileSync(`${ROOT}dist/worker.js`, 'utf8');
const models = readFileSync(`${ROOT}dist/worker-models.js`, 'utf8');
const page = readFileSync(`${ROOT}dist/page.js`, 'utf8');
const loader = readFileSync(`${ROOT}dist/inpage.js`, 'utf8');
const PARTS = ['parts', 'parts/more'].flatMap((folder) =>
  readdirSync(`${ROOT}dist/${folder}`).flatMap((name) => (name.endsWith('.js') ? `${folder}/${name}` : [])),
);
const SCRIPTS: Readonly<Record<string, string>> = {
  'inpage.js': loader,
  'page.js': page,
  'worker.js': worker,
  'worker-models.js': models,
  ...Object.fromEntries(PARTS.map((name) => [name, readFileSync(`${ROOT}dist/${name}`, 'utf8')])),
};

/** All that a site copies: the scripts, and the module that a worker imports. */
const FILES: Readonly<Record<string, string>> = {
  ...SCRIPTS,
  'worker-workflows.js': readFileSync(`${ROOT}dist/worker-workflows.js`, 'utf8'),
  'inpage-forms.js': readFileSync(`${ROOT}dist/inpage-forms.js`, 'utf8'),
};

/** What both a window and a worker have under the same name and with the same meaning, beside the language itself. */
const SHARED_GLOBALS = [
  ...['AbortController', 'AbortSignal', 'BroadcastChannel', 'DOMException', 'Event', 'EventTarget', 'Blob', 'File'],
  ...['IDBCursor', 'IDBDatabase', 'IDBIndex', 'IDBKeyRange', 'IDBObjectStore', 'IDBRequest', 'IDBTransaction'],
  ...['MessageChannel', 'MessagePort', 'TextDecoder', 'TextDecoderStream', 'TextEncoder', 'URL', 'URLSearchParams'],
  ...[
    'Headers',
    'ReadableStream',
    'Request',
    'Response',
    'TransformStream',
    'btoa',
    'clearInterval',
    'clearTimeout',
    'console',
  ],
  ...['crypto', 'fetch', 'indexedDB', 'location', 'navigator', 'performance', 'queueMicrotask', 'setInterval'],
  ...['setTimeout', 'structuredClone'],
];

/** What dependencies use only where `typeof` has found it, so neither realm needs to have it. */
const ASKED_FOR = ['Buffer', 'define', 'window'];

const hashOf = (code: string): string => `sha256-${createHash('sha256').update(code).digest('base64')}`;

/** What a linter's rules find in a script, as the messages. */
function lint(code: string, rules: Linter.RulesRecord): string[] {
  const config: Linter.Config = { languageOptions: { ecmaVersion: 2024, sourceType: 'script' }, rules };
  return new Linter().verify(code, [config], { allowInlineConfig: false }).map(({ message }) => message);
}

/** The names that a script uses and does not declare. */
function freeNames(code: string): Set<string> {
  return new Set(
    lint(code, { 'no-undef': 'error' }).map((message) => /^'(.+)' is not defined/.exec(message)?.[1] ?? message),
  );
}

describe('the stock workers as functions', () => {
  for (const [name, code] of Object.entries({ 'worker.js': worker, 'worker-models.js': models })) {
    it(`${name} uses only its scope and what a page has as well, so that the page can host it`, () => {
      const known = new Set(['self', ...SHARED_GLOBALS, ...ASKED_FOR]);
      assert.deepEqual(
        [...freeNames(code)].filter((free) => !known.has(free)),
        [],
      );
    });
  }
});

describe('the loader', () => {
  it('knows its parts by the hashes that they have, or the page’s half does, which it knows, and these are published beside them', () => {
    const first = ['page.js', 'worker.js', 'worker-models.js'];
    for (const name of first) assert.ok(loader.includes(hashOf(FILES[name] ?? '')), name);
    const published = JSON.parse(readFileSync(`${ROOT}dist/integrity.json`, 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(published).sort(), Object.keys(FILES).sort());
    for (const [name, code] of Object.entries(FILES)) {
      const hash = hashOf(code);
      assert.equal(published[name], hash, name);
      // What only a part loads is known by that part.
      const who = name.startsWith('parts/more/') ? Object.values(SCRIPTS) : [loader, page];
      if (name !== 'inpage.js' && name !== 'inpage-forms.js')
        assert.ok(
          who.some((text) => text.includes(hash)),
          name,
        );
    }
  });
});

describe('the script tag and the worker', () => {
  for (const [name, code] of Object.entries(SCRIPTS)) {
    it(`${name} is one classic script that imports nothing by name, only what workflows need by its address`, () => {
      const rule: Linter.RuleEntry = ['error', 'ImportExpression[source.type="Literal"]'];
      assert.deepEqual(lint(code, { 'no-restricted-syntax': rule }), []);
    });

    it(`${name} makes no code from text, which a strict policy forbids`, () => {
      assert.deepEqual(lint(code, { 'no-eval': 'error', 'no-new-func': 'error', 'no-implied-eval': 'error' }), []);
    });

    it(`${name} is strict, like the modules that it is made of`, () => {
      assert.ok(code.slice(0, 120).includes('"use strict"'));
    });
  }

  it('has one Lit, which the parts share', () => {
    for (const name of PARTS) assert.ok(!SCRIPTS[name]?.includes('litHtmlVersions'), name);
    assert.ok(page.includes('litHtmlVersions'));
  });

  it('defines the elements in its page’s half, and holds the production build of Lit', () => {
    assert.ok(page.includes('inpage-chat'));
    assert.ok(!page.includes('Lit is in dev mode'));
  });
});
