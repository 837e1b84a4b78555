/** Makes the table of allowed imports in CONTRIBUTING.md of the one that the linter goes by. */
import { FOLDERS, PACKAGES } from '../layers.js';

/** What each folder holds. */
const HOLDS: Readonly<Record<string, string>> = {
  'src/core': 'ports, errors, events, messages, types of JSON; no I/O',
  'src/state': 'channels, lowering to writes, apply; pure',
  'src/drafts': 'drafts of the state, told as writes',
  'src/wire': 'the protocol between page and worker, and its errors',
  'src/checkpoint': 'record format, log, snapshots, grants; memory and IndexedDB',
  'src/engine': 'graph builder, plan, loop, interrupts',
  'src/tools': 'definition, registry, search, executor, middleware',
  'src/models': 'the planner; remote models; record and replay',
  'src/agent': 'the agent as a graph: prompt, budgets, compaction, guards',
  'src/workflow': 'documents, expressions, compiler and engine of workflows',
  'src/yaml': 'the YAML parser of workflows, loaded late',
  'src/verticals': 'verticals: manifests, grants, loading once',
  'src/worker': 'host, storage, lock, event hub',
  'src/workflow-host': 'the worker’s half of workflows',
  'src/results': 'results of workflows in IndexedDB, by size, age and use',
  'src/workflow-page': 'the page’s half of workflows',
  'src/ground': 'what verticals are handed of the page',
  'src/forms': 'the vertical of forms',
  'src/page': 'models that run in the page',
  'src/parts': 'how a part is loaded',
  'src/client': 'ways to start a host, agent and thread handles, mirror',
  components: 'the elements',
};

const short = (folder: string): string => `\`${folder.replace('src/', '')}\``;

/** The table, before it is formatted. Throws for a folder that nobody has put into words. */
export function layersTable(): string {
  const rows = Object.entries(FOLDERS).map(([folder, allowed]) => {
    const holds = HOLDS[folder];
    if (holds === undefined) throw new Error(`test/docs/layers-table.ts does not say what ${folder} holds.`);
    const matches = (name: string): boolean => (Array.isArray(allowed) ? allowed.includes(name) : test(allowed, name));
    const folders = Object.keys(FOLDERS).filter(matches).map(short);
    const packages = Object.keys(PACKAGES).filter((name) => PACKAGES[name]?.test(folder));
    return `| ${short(folder)} | ${holds} | ${folders.join(' ') || 'nothing'} | ${packages.join(' ')} |`;
  });
  return `| folder | holds | may import | packages |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

const test = (allowed: readonly string[] | RegExp, name: string): boolean =>
  allowed instanceof RegExp && allowed.test(name);
