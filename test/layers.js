/**
 * Reads every import in `src/` and `components/` and checks it against the table below: which folder may import which,
 * always through its `index.ts`, and which package is used where. Run as a script it prints each violation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/**
 * What a folder may import of the other folders.
 *
 * @type {Record<string, string[] | RegExp>}
 */
export const FOLDERS = {
  'src/core': [],
  'src/state': ['src/core'],
  'src/drafts': ['src/core', 'src/state'],
  'src/wire': ['src/core'],
  'src/checkpoint': ['src/core', 'src/state'],
  'src/engine': ['src/core', 'src/state', 'src/drafts'],
  'src/tools': ['src/core'],
  'src/models': ['src/core', 'src/tools'],
  'src/agent': ['src/core', 'src/state', 'src/engine', 'src/tools', 'src/models'],
  'src/workflow': ['src/core', 'src/state', 'src/engine', 'src/tools'],
  'src/yaml': ['src/workflow'],
  'src/verticals': ['src/core', 'src/tools', 'src/workflow'],
  'src/worker': /^src\/(core|state|wire|checkpoint|engine|tools|models|agent|workflow|verticals)$/,
  'src/results': ['src/core', 'src/workflow'],
  'src/workflow-host': /^src\/(core|engine|tools|models|agent|workflow|worker)$/,
  'src/workflow-page': ['src/core', 'src/workflow', 'src/yaml', 'src/client'],
  'src/page': ['src/core', 'src/tools'],
  'src/ground': ['src/core', 'src/verticals'],
  'src/forms': ['src/core', 'src/tools', 'src/verticals'],
  'src/parts': [],
  'src/client': ['src/core', 'src/state', 'src/wire', 'src/page', 'src/parts', 'src/workflow'],
  components: ['src/core', 'src/client', 'src/parts'],
};

/** The files that put folders together; nothing imports them. */
const ENTRIES =
  /^src\/(index|worker|worker-models|worker-workflows|serve|embed|embed-page|engine|script-tag|workflows|verticals|forms|forms-script)\.ts$/;

/** The edges from the page to what it loads: the worker's URL, the lazy import for a host in the page, both halves of workflows. */
/** @type {Record<string, string[]>} */
const LAZY_EDGES = {
  'src/client/start.ts': ['src/worker.ts', 'src/worker-models.ts', 'src/worker/index.ts'],
  'src/client/workflow-part.ts': ['src/worker-workflows.ts'],
  'src/client/workflows.ts': ['src/workflow-page/index.ts'],
};

/**
 * The packages, and the folders that may use each.
 *
 * @type {Record<string, RegExp>}
 */
export const PACKAGES = {
  '@dagrejs/dagre': /^components$/,
  comlink: /^src\/(wire|worker|client)$/,
  'eventsource-parser': /^src\/models$/,
  'highlight.js': /^components$/,
  lit: /^(components|src)$/,
  marked: /^components$/,
  remend: /^components$/,
  yaml: /^src\/yaml$/,
};

/**
 * The imports that the tables do not allow, as sentences that begin with `file:line`.
 *
 * @param {Readonly<Record<string, string>>} sources the text of each file, by its path from the root with slashes
 * @returns {string[]}
 */
export function violations(sources) {
  return Object.entries(sources).flatMap(([file, text]) =>
    importsOf(text).flatMap(({ name, at }) => {
      const fault = name.startsWith('.')
        ? faultOfPath(file, posix.join(posix.dirname(file), name))
        : faultOfPackage(file, name);
      return fault === undefined ? [] : [`${file}:${String(text.slice(0, at).split('\n').length)} ${fault}`];
    }),
  );
}

/** The sources of the repository. @param {string} root */
export function readSources(root) {
  /** @type {Record<string, string>} */
  const sources = {};
  for (const top of ['src', 'components']) {
    for (const name of readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
      sources[`${top}/${name.split(sep).join('/')}`] = readFileSync(join(root, top, name), 'utf8');
    }
  }
  return sources;
}

/** @param {string} text @returns {{ name: string, at: number }[]} */
function importsOf(text) {
  const imports = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName, pos }) => ({ name: fileName, at: pos }));
  const urls = [...text.matchAll(/new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g)];
  return [...imports, ...urls.map((url) => ({ name: url[1] ?? '', at: url.index }))];
}

/** @param {string} file @param {string} target @returns {string | undefined} */
function faultOfPath(file, target) {
  const from = folderOf(file);
  const to = folderOf(target);
  if (ENTRIES.test(file) || from === to) return deep(from, to, target);
  if (LAZY_EDGES[file]?.includes(target)) return undefined;
  const allowed = FOLDERS[from];
  if (allowed === undefined) return `is in ${from}, which the table of layers does not list`;
  if (Array.isArray(allowed) ? allowed.includes(to) : allowed.test(to)) return deep(from, to, target);
  return `imports ${target}, and ${from} must not import ${to}`;
}

/** @param {string} from @param {string} to @param {string} target @returns {string | undefined} */
function deep(from, to, target) {
  const open =
    from === to ||
    target === `${to}/index.ts` ||
    /^components\/(define(-agent|-chat|-others)?|shared)\.ts$/.test(target);
  return open ? undefined : `imports ${target}, past ${to}/index.ts`;
}

/** @param {string} file @param {string} name @returns {string | undefined} */
function faultOfPackage(file, name) {
  const known = Object.keys(PACKAGES).find((key) => name === key || name.startsWith(`${key}/`));
  if (known === undefined) return `imports ${name}, a package that the table of packages does not list`;
  return PACKAGES[known]?.test(folderOf(file)) ? undefined : `imports ${name}, which ${folderOf(file)} must not use`;
}

/** The folder of the table that a path lies in. @param {string} path */
function folderOf(path) {
  const [top = '', next = ''] = path.split('/');
  return top === 'src' && !next.includes('.') ? `src/${next}` : top;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = violations(readSources(join(fileURLToPath(import.meta.url), '..', '..')));
  for (const violation of found) console.error(violation);
  process.exitCode = found.length > 0 ? 1 : 0;
}
