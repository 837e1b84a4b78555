/** Puts the service worker beside a build of the shop, with what it has to store. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Plugin } from 'vite';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
/** What a visitor of the shop may need; the examples are pages of their own. */
const STORED = /\.(js|css|html|svg|png|yaml|webmanifest)$/;

/** Neither itself nor the examples, with what only they need. */
const APART = /^(sw\.js|demo\/|dist\/|assets\/primes-worker)/;

/** The name of a build, where its page says it. */
const MARK = '__BUILD__';

const hashOf = (...texts: readonly (string | Buffer)[]): string =>
  texts.reduce((hash, text) => hash.update(text), createHash('sha256')).digest('base64');

/** Makes a build of the shop one that is stored for offline, as `sw.js`. Vite calls it once everything is written. */
export function offline(): Plugin {
  let folder = '';
  return {
    name: 'shop:offline',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
    },
    async closeBundle() {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll(sep, '/'))
        .filter((name) => STORED.test(name) && !APART.test(name))
        .sort();
      const read = (name: string): Buffer => readFileSync(join(folder, name));
      // Another service worker makes another build as well: it stores under a name of its own.
      const id = hashOf(readFileSync(WORKER), ...names.flatMap((name) => [name, read(name)])).slice(0, 12);
      const page = join(folder, 'index.html');
      writeFileSync(page, readFileSync(page, 'utf8').replace(MARK, id));
      const files = Object.fromEntries(names.map((name) => [name, `sha256-${hashOf(read(name))}`]));
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { [MARK]: JSON.stringify(id), __FILES__: JSON.stringify(files) },
        build: {
          target: 'es2022',
          outDir: folder,
          emptyOutDir: false,
          reportCompressedSize: false,
          lib: { entry: WORKER, formats: ['iife'], name: 'shop', fileName: () => 'sw.js' },
        },
      });
    },
  };
}
