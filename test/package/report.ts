/**
 * Prints what this package weighs beside its limits, and what others weigh: `npm run sizes`. Everything is in bytes after
 * gzip -9, measured here and now.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { ensureDist, ROOT } from '../helpers/built.js';

interface Limit {
  readonly name: string;
  readonly path: string | readonly string[];
  readonly limit: string;
}

const PEERS = join(ROOT, 'test', 'bench');

const weigh = (content: string | Uint8Array): number => gzipSync(content, { level: 9 }).length;

/** The files of a pattern such as `dist/chunks/worker-*.js`. */
function filesOf(pattern: string): readonly string[] {
  const folder = join(ROOT, dirname(pattern));
  const [begin = '', end = ''] = basename(pattern).split('*');
  const isOne = (name: string): boolean =>
    pattern.includes('*') ? name.startsWith(begin) && name.endsWith(end) : name === begin;
  return readdirSync(folder)
    .filter(isOne)
    .map((name) => join(folder, name));
}

const ofFiles = (patterns: string | readonly string[]): number =>
  [patterns]
    .flat()
    .flatMap(filesOf)
    .reduce((sum, path) => sum + weigh(readFileSync(path)), 0);

/** What a site's bundler makes of some code, in one file. */
async function ofCode(code: string, root: string): Promise<number> {
  const entry = join(root, 'entry.js');
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (source) => (source === entry ? entry : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { codeSplitting: false }, external: /^node:/ },
    },
  });
  const files = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  return files.reduce((sum, file) => sum + (file.type === 'chunk' ? weigh(file.code) : 0), 0);
}

ensureDist();
if (!existsSync(join(PEERS, 'node_modules', 'page-agent')))
  execFileSync('npm', ['ci', '--silent', '--prefix', PEERS], { stdio: 'inherit', shell: process.platform === 'win32' });

const limits = JSON.parse(readFileSync(join(ROOT, '.size-limit.json'), 'utf8')) as Limit[];
const rows: (readonly [what: string, bytes: number, limit: string])[] = limits.map(({ name, path, limit }) => [
  name,
  ofFiles(path),
  limit,
]);
const NAMES = 'append, Command, END, last, Send, START, StateGraph';
rows.push(
  [
    'the engine alone, in a bundled app',
    await ofCode(`import { ${NAMES} } from '${ROOT}dist/engine.js'; globalThis.engine = [${NAMES}];`, ROOT),
    '22 kB',
  ],
  [
    'LangGraph.js 1.7.3: its graphs',
    await ofCode(
      "import { Command, END, Send, START, StateGraph } from '@langchain/langgraph/web'; globalThis.engine = [Command, END, Send, START, StateGraph];",
      PEERS,
    ),
    '',
  ],
  [
    'ai 7.0.173: streamText',
    await ofCode("import { streamText } from 'ai'; globalThis.streamText = streamText;", PEERS),
    '',
  ],
  ['page-agent 1.12.4: its script tag', ofFiles('test/bench/node_modules/page-agent/dist/iife/page-agent.demo.js'), ''],
  ['deep-chat 2.4.2: its bundle', ofFiles('test/bench/node_modules/deep-chat/dist/deepChat.bundle.js'), ''],
);
for (const [what, bytes, limit] of rows)
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${limit.padEnd(8)} ${what}`);
