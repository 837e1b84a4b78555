import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Linter } from 'eslint';
import { ensureDist, ROOT } from '../helpers/built.js';

ensureDist();
const worker = readFileSync(`${ROOT}dist/worker.js`, 'utf8');
const page = readFileSync(`${ROOT}dist/inpage.js`, 'utf8');

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
    'clearInterval',
    'clearTimeout',
    'console',
  ],
  ...['crypto', 'fetch', 'indexedDB', 'location', 'navigator', 'performance', 'queueMicrotask', 'setInterval'],
  ...['setTimeout', 'structuredClone'],
];

/** What dependencies use only where `typeof` has found it, so neither realm needs to have it. */
const ASKED_FOR = ['Buffer', 'define', 'window'];

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

describe('the stock worker as a function', () => {
  it('uses only its scope and what a page has as well, so that the page can host it', () => {
    const known = new Set(['self', ...SHARED_GLOBALS, ...ASKED_FOR]);
    assert.deepEqual(
      [...freeNames(worker)].filter((name) => !known.has(name)),
      [],
    );
  });

  it('is in the script tag as it is, outside the scope of the page’s code', () => {
    assert.ok(page.trimEnd().endsWith(`(function(self){${worker.trim()}});`));
    assert.ok(!freeNames(page).has('__INPAGE_WORKER__'));
  });
});

describe('the script tag and the worker', () => {
  for (const [name, code] of Object.entries({ 'inpage.js': page, 'worker.js': worker })) {
    it(`${name} is one classic script that imports nothing by name, only what workflows need by its address`, () => {
      const rule: Linter.RuleEntry = ['error', 'ImportExpression[source.type="Literal"]'];
      assert.deepEqual(lint(code, { 'no-restricted-syntax': rule }), []);
    });

    it(`${name} makes no code from text, which a strict policy forbids`, () => {
      assert.deepEqual(lint(code, { 'no-eval': 'error', 'no-new-func': 'error', 'no-implied-eval': 'error' }), []);
    });

    it(`${name} is strict, like the modules that it is made of`, () => {
      assert.ok(code.slice(0, 80).includes('"use strict"'));
    });
  }

  it('defines the elements, and holds the production build of Lit', () => {
    assert.ok(page.includes('inpage-chat'));
    assert.ok(!page.includes('Lit is in dev mode'));
  });
});
