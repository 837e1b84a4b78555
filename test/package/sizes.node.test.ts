import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { ensureDist, ROOT } from '../helpers/built.js';

ensureDist();
const site = mkdtempSync(join(tmpdir(), 'inpage-site-'));
mkdirSync(join(site, 'node_modules'));
symlinkSync(ROOT, join(site, 'node_modules', 'inpage'), 'junction');
after(() => {
  rmSync(site, { recursive: true });
});

/** What a site's bundler makes of a module that uses the package, in bytes after gzip. */
async function bundle(code: string): Promise<{ page: number; worker: number }> {
  writeFileSync(join(site, 'main.js'), code);
  const result = await build({
    root: site,
    configFile: false,
    logLevel: 'error',
    build: { write: false, modulePreload: false, rolldownOptions: { input: join(site, 'main.js') } },
  });
  const files = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const chunks = new Map(files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
  const first = [...chunks.values()].filter(({ isEntry }) => isEntry);
  const worker = files.filter((file) => file.type === 'asset' && file.fileName.includes('stock-worker'));
  return { page: sum([...needed(first, chunks)]), worker: sum(worker) };
}

/** Chunks and all that they import before they run. */
function needed(
  wanted: readonly Rolldown.OutputChunk[],
  chunks: ReadonlyMap<string, Rolldown.OutputChunk>,
  found = new Set<Rolldown.OutputChunk>(),
): Set<Rolldown.OutputChunk> {
  for (const chunk of wanted) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    needed(
      chunk.imports.flatMap((name) => chunks.get(name) ?? []),
      chunks,
      found,
    );
  }
  return found;
}

function sum(files: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]): number {
  return files.reduce((total, file) => total + gzipSync(file.type === 'chunk' ? file.code : file.source).length, 0);
}

/** Fails above `limit` bytes, and says the size either way. */
function assertWithin(what: string, bytes: number, limit: number): void {
  console.log(`${what}: ${bytes} of ${limit} bytes (gzip)`);
  assert.ok(bytes > 0 && bytes <= limit, `${what} is ${bytes} bytes, the budget is ${limit}`);
}

describe('what a site downloads', () => {
  it('is at most 55 kB for the page with the chat, and 150 kB for all that a first message needs', async () => {
    const { page, worker } = await bundle(
      "import 'inpage/elements/chat'; import { createAgent } from 'inpage'; document.querySelector('inpage-chat').agent = createAgent();",
    );
    assertWithin('the page with the chat', page, 55_000);
    assert.ok(worker > 0, 'the worker is a file of its own');
    assertWithin('all that a first message needs', page + worker, 150_000);
  });

  it('is at most 22 kB for the engine as a library, and 42 kB with all that comes with it: drafts, profiler, pictures, checkpointer and codec', async () => {
    const alone = await bundle(
      "import { append, Command, END, last, Send, START, StateGraph } from 'inpage/engine'; globalThis.engine = [append, Command, END, last, Send, START, StateGraph];",
    );
    assertWithin('the engine', alone.page, 22_000);
    const entry = await bundle("import * as engine from 'inpage/engine'; globalThis.engine = engine;");
    assertWithin('all of inpage/engine', entry.page, 42_000);
  });
});
