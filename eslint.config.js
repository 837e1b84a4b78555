/**
 * The linter: typescript-eslint's strictest set, the rules for Lit and custom elements, and the house rules that a
 * machine can check. `FOLDERS` is the "never" column of the table of layers.
 */
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const DOM = ['document', 'window', 'customElements', 'HTMLElement'];
const STORAGE = ['indexedDB', 'localStorage', 'sessionStorage', 'caches'];
const NETWORK = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'];
const CLOCK = ['performance', 'setTimeout', 'setInterval'];
const REALM = ['self', 'globalThis', 'navigator', 'location', 'crypto', 'console', 'postMessage', 'BroadcastChannel'];

/** The globals that a folder must not touch. */
const FOLDERS = {
  'src/core': [...DOM, ...STORAGE, ...NETWORK, ...CLOCK, ...REALM],
  'src/state': [...DOM, ...STORAGE, ...NETWORK, ...CLOCK, ...REALM],
  'src/drafts': [...DOM, ...STORAGE, ...NETWORK, ...CLOCK, ...REALM],
  'src/wire': [...DOM, ...STORAGE, ...NETWORK],
  'src/checkpoint': [...DOM, ...NETWORK, 'localStorage', 'sessionStorage', 'caches'],
  'src/engine': [...DOM, ...STORAGE, ...NETWORK, 'self', 'postMessage'],
  'src/tools': [...DOM, ...STORAGE, 'postMessage'],
  'src/models': [...DOM, ...STORAGE],
  'src/agent': [...DOM, ...STORAGE, ...NETWORK],
  'src/workflow': [...DOM, ...STORAGE, ...NETWORK],
  'src/verticals': [...DOM, ...STORAGE],
  'src/worker': DOM,
  'src/client': ['indexedDB'],
  components: [...STORAGE, ...NETWORK],
};

const EVERYWHERE = [
  { selector: 'ExportAllDeclaration', message: 'Name what is exported: the index of a folder is its contract.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings: it costs no code and needs no import.' },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Build nodes or use a Lit template: strings of HTML break Trusted Types and let markup in.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^(unsafeHTML|unsafeSVG|unsafeCSS|styleMap)$/]',
    message: 'It breaks under a strict policy: use a template, a class, or a style property.',
  },
];

const SHIPPED = [
  ...EVERYWHERE,
  { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that a thing has one name everywhere.' },
  {
    selector: 'ThrowStatement > NewExpression[callee.name=/^(Error|TypeError|RangeError)$/]',
    message: 'Throw an AgentError: every failure has a code and a fix.',
  },
];

const NO_AWAIT = { selector: 'AwaitExpression', message: 'State is synchronous, so that a step cannot be cut in two.' };

export default defineConfig(
  globalIgnores(['dist', 'demo-dist', 'coverage', '.cache', '**/node_modules']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, lit.configs['flat/all'], wc.configs['flat/best-practice']],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // A `default` says that the rest is alike.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // What was caught is thrown on as it came.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      // An `async` function without `await` turns a throw into a rejection, and fits an interface of promises.
      '@typescript-eslint/require-await': 'off',
      // `Update | void` is a node's contract: it may return nothing at all.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A number in a template literal reads as itself; the rule stays on for everything that does not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      'no-restricted-syntax': ['error', ...EVERYWHERE],
      // They bind a handler to `this` in a template, which Lit does for the element by itself.
      'lit/no-template-arrow': 'off',
      // `repeat` is for lists that are re-ordered; a `map` is simpler for the others.
      'lit/no-template-map': 'off',
      // `query` finds what a decorator would find, without a field that may be read too early.
      'lit/prefer-query-decorators': 'off',
    },
  },
  { files: ['src/**/*.ts', 'components/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...SHIPPED] } },
  {
    files: ['src/state/**/*.ts', 'src/drafts/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...SHIPPED, NO_AWAIT] },
  },
  {
    files: ['src/core/**/*.ts', 'src/state/**/*.ts', 'src/drafts/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time comes in as a value.' },
        { object: 'Math', property: 'random', message: 'The same input gives the same state.' },
      ],
    },
  },
  ...Object.entries(FOLDERS).map(([folder, globals]) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-globals': [
        'error',
        ...globals.map((name) => ({ name, message: `${folder} must not use it: take a port, or do it a layer up.` })),
      ],
    },
  })),
  // Ids are random, and made in this one place; there is no purer way.
  { files: ['src/core/ids.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Chai's assertions are property reads, such as `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
      // The functions of node:test return promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['it', 'test', 'describe', 'suite'] },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    // Plain JavaScript belongs to no project of TypeScript, so the rules that need types cannot run.
    extends: [tseslint.configs.strict, tseslint.configs.disableTypeChecked],
  },
);
