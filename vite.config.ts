/**
 * All builds: the demo (the default), `--mode lib` (the package), `--mode worker` and `--mode worker-models` (the stock
 * workers, each one classic script) and `--mode embed` (the script tag's one file, with the first of them inside). What runs
 * workflows lies beside each of them as files of its own.
 */
import { createHash } from 'node:crypto';
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

/** Puts the worker's part for workflows beside what is built, and its address into the page. */
const partBeside: Plugin = {
  name: 'inpage:part-beside',
  apply: 'build',
  enforce: 'pre',
  async transform(code, id) {
    if (normalizePath(id) !== file('src/client/workflow-files.ts')) return null;
    const ref = this.emitFile({ type: 'asset', name: 'worker-workflows.js', source: await textOf(workerWorkflows) });
    return code.replace(
      /new URL\('[^']+worker-workflows.ts', import.meta.url\).href/,
      `import.meta.ROLLUP_FILE_URL_${ref}`,
    );
  },
};

const lib: UserConfig = {
  ...shared,
  plugins: [partBeside],
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

/** What the worker's part for workflows gets of the worker, by folder: see `src/worker/kit.ts`. */
const KIT: Readonly<Record<string, string>> = {
  'src/agent/agent-graph.ts': 'agent',
  'src/agent/context.ts': 'agent',
  'src/agent/index.ts': 'agent',
  'src/core/index.ts': 'core',
  'src/engine/index.ts': 'engine',
  'src/state/index.ts': 'state',
  'src/tools/index.ts': 'tools',
};

/**
 * Puts what the worker has in the place of modules, and makes the script one that takes it as the argument of `part()`.
 * What the kit lacks fails the build.
 */
const partOfWorker: Plugin = {
  name: 'inpage:part-of-worker',
  enforce: 'pre',
  async resolveId(source, importer) {
    const id = (await this.resolve(source, importer, { skipSelf: true }))?.id ?? '';
    const group = KIT[id.slice(file('.').length)];
    return group === undefined ? null : `\0kit:${group}`;
  },
  load(id) {
    if (!id.startsWith('\0kit:')) return null;
    const group = id.slice(5);
    const [, names = ''] =
      new RegExp(`^  ${group}: {([^}]*)}`, 'm').exec(readFileSync(file('src/worker/kit.ts'), 'utf8')) ?? [];
    // No stock worker has agents of its own within the agent, but workflows do.
    const more = group === 'agent' ? `export { createSubAgent } from '${file('src/agent/sub-agent.ts')}';` : '';
    return { code: `export const {${names}} = kit.${group};${more}`, moduleSideEffects: false };
  },
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = `export const part=(kit)=>{${chunk.code.trim()}return inpage.part()};\n`;
      }
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
const workerWorkflows: UserConfig = {
  ...script('src/worker-workflows.ts', 'worker-workflows'),
  // What makes it small has to know what it gives.
  plugins: [partOfWorker, smallest],
};
const pageWorkflows: UserConfig = {
  ...workerWorkflows,
  plugins: [smallest],
  build: {
    ...workerWorkflows.build,
    lib: { entry: file('src/workflow-page/index.ts'), formats: ['es'], fileName: () => 'page-workflows.js' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
};
const workerModels = script('src/worker-models.ts', 'worker-models', unchecked);

/** The one script that a build of its own makes. */
async function textOf(config: UserConfig): Promise<string> {
  const result = await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: { ...config.build, write: false },
  });
  const outputs = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  const [chunk] = outputs;
  if (outputs.length !== 1 || chunk?.type !== 'chunk') throw new Error('A worker must be one script without imports.');
  return chunk.code.trim();
}

/** Puts the two halves of workflows beside the script tag, and their hashes into it. */
const filesBeside: Plugin = {
  name: 'inpage:files-beside',
  async transform(code, id) {
    if (normalizePath(id) !== file('src/client/workflow-files-inlined.ts')) return null;
    const files = { 'page-workflows.js': pageWorkflows, 'worker-workflows.js': workerWorkflows };
    const hashes: Record<string, string> = {};
    for (const [fileName, config] of Object.entries(files)) {
      const source = await textOf(config);
      hashes[fileName] = `sha384-${createHash('sha384').update(source).digest('base64')}`;
      this.emitFile({ type: 'asset', fileName, source });
    }
    return code.replace('__INPAGE_HASHES__[', `(${JSON.stringify(hashes)})[`);
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
      const text = await textOf(worker);
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = `(function(__INPAGE_WORKER__){${chunk.code}})(function(self){${text}});\n`;
      }
    },
  },
};

const embed = script(
  'src/embed.ts',
  'inpage',
  instead('src/client/start.ts', 'src/client/start-inlined.ts'),
  instead('src/client/workflow-files.ts', 'src/client/workflow-files-inlined.ts'),
  filesBeside,
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
      partBeside,
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
  const modes: Record<string, UserConfig> = { lib, worker, 'worker-models': workerModels, embed };
  return modes[mode] ?? demo();
});
