/** Builds what the driver serves: a page and its worker, from the sources as they are. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { ROOT } from '../helpers/built.js';

const FLUSHED = 'async flushed(version: number): Promise<void> {';

/** Makes `flushed` say at once that everything is durable, to prove that the suite would find it out. */
function withoutFlushed(): Plugin & { readonly found: () => boolean } {
  let found = false;
  return {
    name: 'crash:without-flushed',
    enforce: 'pre',
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('/src/checkpoint/log.ts')) return null;
      found = code.split(FLUSHED).length === 2;
      return code.replace(FLUSHED, `${FLUSHED} if (version >= 0) return;`);
    },
    found: () => found,
  };
}

/**
 * Builds scripts of this folder.
 *
 * @param name of the folder in `.cache/` that they go into.
 * @param entries without `.ts`; the page loads the first one.
 * @param options.flushes false for a build in which nothing waits for the disk.
 * @returns the folder.
 */
export async function buildPage(name: string, entries: readonly string[], { flushes = true } = {}): Promise<string> {
  const folder = join(ROOT, '.cache', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><script type="module" src="${entries[0] ?? ''}.js"></script>`,
  );
  for (const entry of entries) {
    const plugin = withoutFlushed();
    await build({
      configFile: false,
      root: ROOT,
      publicDir: false,
      logLevel: 'silent',
      plugins: flushes ? [] : [plugin],
      build: {
        outDir: folder,
        emptyOutDir: false,
        target: 'es2022',
        minify: false,
        modulePreload: false,
        reportCompressedSize: false,
        rolldownOptions: {
          input: { [entry]: join(ROOT, 'test', 'crash', `${entry}.ts`) },
          output: { entryFileNames: '[name].js', codeSplitting: false },
        },
      },
    });
    if (!flushes && !plugin.found()) throw new Error('`flushed` is not where it was: mend test/crash/build.ts.');
  }
  return folder;
}
