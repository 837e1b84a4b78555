/**
 * All builds: the demo (the default), `--mode lib` (the package), `--mode worker` and `--mode worker-models` (the stock
 * workers, each one classic script) `--mode embed` (the script tag's one file, with the first of
 * them inside) and `--mode forms` (the vertical of forms beside it, one module).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { build, defineConfig, normalizePath, type Plugin, type UserConfig } from 'vite';

const file = (path: string): string => normalizePath(fileURLToPath(new URL(path, import.meta.url)));

const shared = {
  base: './',
  publicDir: false,
  // What a browser of the last years runs as it is; Lit's decorators need no more.
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: false, reportCompressedSize: false },
} satisfies UserConfig;

/** Makes what runs in a page as it is as small as it gets: over 1 kB of the worker is between this and the default. */
const smallest: Plugin = {
  name: 'inpage:smallest',
  // Before what puts chunks together.
  enforce: 'pre',
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const { code } = await minify(chunk.code, { ecma: 2020, toplevel: true, compress: { passes: 2 } });
        if (code !== undefined) chunk.code = code;
      }
    },
  },
};

/** Has another file in the place of one, whoever imports it. */
const instead = (path: string, other: string): Plugin => ({
  name: `inpage:instead-of-${path}`,
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!source.endsWith(path.slice(path.lastIndexOf('/')))) return null;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved?.id === file(path) ? file(other) : null;
  },
});

/** The graphs of the stock workers are known to be right. */
const unchecked = instead('src/engine/faults.ts', 'src/engine/no-faults.ts');

const lib: UserConfig = {
  ...shared,
  build: {
    ...shared.build,
    // It comes first, so that no chunk of an earlier build stays.
    emptyOutDir: true,
    // A site's own bundler does it, and until then names and stack traces stay readable.
    minify: false,
    lib: {
      entry: {
        index: file('src/index.ts'),
        serve: file('src/serve.ts'),
        engine: file('src/engine.ts'),
        workflows: file('src/workflows.ts'),
        verticals: file('src/verticals.ts'),
        forms: file('src/forms.ts'),
        elements: file('components/define.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: /^(lit|comlink|eventsource-parser|yaml)(\/|$)/,
      output: {
        chunkFileNames: 'chunks/[name]-[hash].js',
        // The checkpointers and the drafts have chunks of their own, so that a site's bundler leaves them out of what
        // uses the engine alone.
        codeSplitting: {
          groups: [
            { name: 'core', test: /\/src\/(core|state)\//, priority: 3 },
            { name: 'drafts', test: /\/src\/drafts\//, priority: 2 },
            { name: 'memory', test: /\/src\/checkpoint\/memory\.ts$/, priority: 1 },
          ],
        },
      },
    },
  },
  worker: {
    format: 'es',
    plugins: () => [unchecked, smallest],
    rolldownOptions: {
      output: {
        entryFileNames: ({ name }) => `chunks/${name === 'worker' ? 'stock-worker' : name}-[hash].js`,
        minify: true,
      },
    },
  },
};

/** One classic script without imports, for places that know no modules: blob workers and script tags. */
const script = (entry: string, name: string, ...plugins: Plugin[]): UserConfig => ({
  ...shared,
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [smallest, ...plugins],
  build: {
    ...shared.build,
    lib: { entry: file(entry), formats: ['iife'], name: 'inpage', fileName: () => `${name}.js` },
    rolldownOptions: { output: { codeSplitting: false, strict: true } },
  },
});

const worker = script('src/worker.ts', 'worker', unchecked);
const workerModels = script('src/worker-models.ts', 'worker-models', unchecked);

/** In a file that is lazily imported as a whole, a lazy import would only keep its modules apart. */
const eagerForms: Plugin = {
  name: 'inpage:eager-forms',
  enforce: 'pre',
  transform(code, id) {
    if (id !== file('src/forms.ts')) return null;
    return `import * as code from './forms/index.ts';\n${code.replace("import('./forms/index.ts')", 'Promise.resolve(code)')}`;
  },
};

/** A module without imports, for pages that have no bundler. */
const formsScript: UserConfig = {
  ...shared,
  plugins: [eagerForms, smallest],
  build: {
    ...shared.build,
    lib: { entry: file('src/forms-script.ts'), formats: ['es'], fileName: () => 'inpage-forms.js' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
};

/**
 * Puts the worker into the script tag's file, as one function around it all. The same function text starts a blob
 * worker and, where the page's policy forbids one, hosts the agent in the page without eval. Outside the file's own
 * scope it cannot come to depend on a name in there.
 */
const inlineWorker: Plugin = {
  name: 'inpage:inline-worker',
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      const text = await workerText();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = `(function(__INPAGE_WORKER__){${chunk.code}})(function(self){${text}});\n`;
      }
    },
  },
};

async function workerText(): Promise<string> {
  const result = await build({
    ...worker,
    configFile: false,
    logLevel: 'warn',
    build: { ...worker.build, write: false },
  });
  const outputs = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const [chunk] = outputs;
  if (outputs.length !== 1 || chunk?.type !== 'chunk')
    throw new Error('The worker must be one script without imports.');
  return chunk.code.trim();
}

const embed = script(
  'src/embed.ts',
  'inpage',
  instead('src/client/start.ts', 'src/client/start-inlined.ts'),
  inlineWorker,
);

async function demo(): Promise<UserConfig> {
  // Loaded here because it is slow to load, and only the demo needs it.
  const { VitePWA } = await import('vite-plugin-pwa');
  const name = /<title>([^<]+)<\/title>/.exec(readFileSync(file('index.html'), 'utf8'))?.[1] ?? 'inpage';
  // To demo/proxy.mjs, where the demo is to have a language model.
  const proxy = { '/ai': 'http://127.0.0.1:8787' };
  return {
    server: { proxy },
    preview: { proxy },
    publicDir: 'demo/public',
    build: { target: 'es2022', outDir: 'demo-dist', reportCompressedSize: false },
    worker: { format: 'es' },
    plugins: [
      VitePWA({
        registerType: 'autoUpdate',
        manifest: {
          name,
          short_name: name,
          display: 'standalone',
          theme_color: '#faf6f0',
          background_color: '#faf6f0',
          icons: [
            { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
            { src: 'icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any maskable' },
            { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
          ],
        },
        workbox: { globPatterns: ['**/*.{js,css,html,svg,png,yaml}'] },
      }),
    ],
  };
}

export default defineConfig(({ mode }) => {
  const modes: Record<string, UserConfig> = { lib, worker, 'worker-models': workerModels, embed, forms: formsScript };
  return modes[mode] ?? demo();
});
