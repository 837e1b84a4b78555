/** Builds what a suite runs in the browser: its page, and one script for each contender. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { build } from 'vite';
import { ROOT } from '../../helpers/built.js';

/**
 * Builds into `.cache/bench/<suite>/`, as a site would for production.
 *
 * @param {string} suite the name of the suite, which is its folder
 * @param {readonly string[]} files the contenders, without `.ts`
 * @returns {Promise<{ folder: string, faults: Map<string, string> }>} `faults` says why a file could not be built; the
 *   others are there.
 */
export async function buildSuite(suite, files) {
  const folder = join(ROOT, '.cache', 'bench', suite);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
  const faults = new Map();
  for (const file of ['page', ...files]) {
    await bundle(suite, file, folder).catch((error) => faults.set(file, firstLines(error)));
  }
  return { folder, faults };
}

/** @param {string} suite @param {string} file @param {string} outDir */
async function bundle(suite, file, outDir) {
  await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [file]: join(ROOT, 'test', 'bench', suite, `${file}.ts`) },
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  });
}

/** @param {unknown} error @returns {string} */
function firstLines(error) {
  const lines = stripVTControlCharacters(String(error)).split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .join('\n');
}
