/**
 * All builds: the demo (the default), `--mode lib` (the package), `--mode worker` and `--mode worker-models` (the stock
 * workers, each one classic script), `--mode worker-workflows` (what they load to run workflows), `--mode page` (the
 * page's half of the script tag, with its parts), `--mode embed` (its loader) and `--mode forms` (the vertical of forms
 * beside it, one module).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { build, defineConfig, normalizePath, type Plugin, type UserConfig } from 'vite';
import { tagExample } from './demo/examples/plugin.ts';
import { offline } from './demo/offline/plugin.ts';

const file = (path: string): string => normalizePath(fileURLToPath(new URL(path, import.meta.url)));

/** No word on which plugin took how long: whoever builds this asks for none. */
const checks = { bundlerTimings: false };

const shared = {
  base: './',
  publicDir: false,
  // What a browser of the last years runs as it is.
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
        const { code } = await minify(chunk.code, {
          ecma: 2020,
          toplevel: true,
          // Nothing but classes is made with `new` here, so that every function may be an arrow. Workers would be larger by it.
          compress: { passes: 2, pure_getters: true, unsafe_arrows: !chunk.fileName.includes('worker') },
        });
        if (code !== undefined) chunk.code = code;
      }
    },
  },
};

/** Takes the comments and the air out of style sheets, which no bundler looks into: 1 kB of the page after gzip. */
const denseStyles: Plugin = {
  name: 'inpage:dense-styles',
  enforce: 'pre',
  transform: {
    filter: { id: /\.styles\.ts$/ },
    handler: (code) => ({
      code: code.replace(/css`[^`]*`/g, (sheet) =>
        sheet
          .replace(/\/\*.*?\*\//gs, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};]) ?/g, '$1'),
      ),
      map: null,
    }),
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
    if (normalizePath(id) !== file('src/client/workflow-part.ts')) return null;
    const ref = this.emitFile({ type: 'asset', name: 'worker-workflows.js', source: await textOf(workerWorkflows) });
    return code.replace(
      /new URL\('[^']+worker-workflows.ts', import.meta.url\).href/,
      `import.meta.ROLLUP_FILE_URL_${ref}`,
    );
  },
};

const lib: UserConfig = {
  ...shared,
  plugins: [denseStyles, partBeside],
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
        'elements-chat': file('components/define-chat.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      checks,
      external: /^(lit|@dagrejs\/dagre|comlink|eventsource-parser|highlight\.js|marked|remend|yaml)(\/|$)/,
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
      checks,
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
    rolldownOptions: { checks, output: { codeSplitting: false, strict: true } },
  },
});

/**
 * Makes a script a part of the script tag as well: in a worker it runs, and in a page, which has fetched it by a script
 * element, it leaves itself there as a function of its scope. The same text starts a blob worker and, where the page's
 * policy forbids one, hosts the agent in the page without eval.
 */
const asPart: Plugin = {
  name: 'inpage:as-part',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const run = `function(self){${chunk.code.trim()}}`;
        chunk.code = `(function(run){var d=self.document;d?d.currentScript.exported=run:run(self)})(${run});\n`;
      }
    },
  },
};

const worker = script('src/worker.ts', 'worker', unchecked, asPart);
const workerModels = script('src/worker-models.ts', 'worker-models', unchecked, asPart);
const workerWorkflows: UserConfig = {
  ...script('src/worker-workflows.ts', 'worker-workflows'),
  // What makes it small has to know what it gives.
  plugins: [partOfWorker, smallest],
};

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
  if (outputs.length !== 1 || chunk?.type !== 'chunk')
    throw new Error('A part of a worker must be one script without imports.');
  return chunk.code.trim();
}

/** An `import()` of a file of ours; one in a comment is an example. */
const IMPORT = /(?<!^\s*\*.*)\bimport\('(\.[^']+)'\)/gm;

/**
 * Makes every `import()` of the page's half one of a part, which is built after it. A classic script has no other way
 * to leave out what it does not need at once.
 */
function importsAsParts(): Plugin {
  const parts = new Map<string, string>();
  return {
    name: 'inpage:imports-as-parts',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('node_modules')) return null;
      const changed = code.replace(IMPORT, (_import, path: string) => {
        const target = normalizePath(join(dirname(id), path));
        const name = nameOfPart(target);
        parts.set(name, target);
        return `importPart('parts/${name}')`;
      });
      return changed !== code ? `import { importPart } from '${file('src/client/tag.ts')}';\n${changed}` : null;
    },
    async closeBundle() {
      for (const [name, path] of parts)
        await build({ ...part(name, path, parts), configFile: false, logLevel: 'warn' });
      // The loader knows the page's half by its hash, and that knows what comes after it.
      const later = hashesOf(['worker-workflows', ...[...parts.keys()].map((name) => `parts/${name}`)]);
      const half = file('dist/page.js');
      writeFileSync(half, readFileSync(half, 'utf8').replace('__INPAGE_LATER__', JSON.stringify(later)));
    },
  };
}

/**
 * Makes every `import()` of a part one of a part of that part, which is built at once: the part knows it by its hash, and
 * the loader, which every page has, grows by none of them. What the page's half imports as well is loaded as one with it.
 */
const importsOfPart = (known: ReadonlyMap<string, string>): Plugin => ({
  name: 'inpage:imports-of-part',
  enforce: 'pre',
  async transform(code, id) {
    if (id.includes('node_modules')) return null;
    let changed = code;
    for (const [found, path = ''] of code.matchAll(IMPORT)) {
      const target = normalizePath(join(dirname(id), path));
      const name = nameOfPart(target);
      if (known.has(name)) {
        changed = changed.replace(found, `importPart('parts/${name}')`);
        continue;
      }
      const config = part(name, target, known, 'parts/more');
      const result = await build({ ...config, configFile: false, logLevel: 'warn' });
      const [chunk] = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
      if (chunk?.type !== 'chunk') throw new Error(`There is no part ${name}.`);
      changed = changed.replace(found, `importMore('${name}', '${integrity(chunk.code)}')`);
    }
    if (changed === code) return null;
    return `import { importPart } from '${file('src/client/tag.ts')}';
import { importMore } from '${file('src/client/more.ts')}';
${changed}`;
  },
});

const nameOfPart = (target: string): string =>
  relative(file('.'), target)
    .replace(/^(src|components)\/|(\/index)?\.ts$/g, '')
    .replaceAll('/', '-');

/** A part of the page's half. It leaves what its module exports, and uses the Lit, the agents and the basics of the page. */
function part(name: string, path: string, known: ReadonlyMap<string, string>, folder = 'parts'): UserConfig {
  // Vite makes a path of it.
  const entry = file('part');
  const leave: Plugin = {
    name: 'inpage:leave',
    enforce: 'pre',
    resolveId: (source) => (source === entry ? entry : null),
    load: (id) => (id === entry ? `import * as part from '${path}'; document.currentScript.exported = part;` : null),
  };
  const agent = instead('src/client/agent.ts', 'src/client/agent-of-page.ts');
  const basics = ['strings/index', 'controls.styles', 'icons', 'tokens.styles'].map((name) =>
    instead(`components/${name}.ts`, 'components/basics-of-page.ts'),
  );
  // A page allows the policy for addresses to be made once.
  const policy = instead('src/parts/trusted-types.ts', 'src/client/tag.ts');
  const config = script(
    'src/embed-page.ts',
    `${folder}/${name}`,
    denseStyles,
    importsOfPart(known),
    leave,
    agent,
    policy,
    ...basics,
  );
  const build = { ...config.build, lib: { ...(config.build?.lib as object), entry } };
  return {
    ...config,
    build,
    resolve: { alias: [{ find: /^lit(\/.*)?$/, replacement: file('components/lit-of-page.ts') }] },
  };
}

/** Gives Lit the policy of the loader, or a site with Trusted Types would have to name two. */
const onePolicy: Plugin = {
  name: 'inpage:one-policy',
  transform: {
    filter: { id: /\/lit-html\/lit-html\.js$/ },
    handler(code) {
      const changed = code.replace(
        /\w+\?\w+\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0/,
        'document.currentScript.tag?.typesPolicy()',
      );
      if (changed === code) this.error('Lit makes its policy in other words now.');
      return { code: changed, map: null };
    },
  },
};

const page = script(
  'src/embed-page.ts',
  'page',
  onePolicy,
  denseStyles,
  importsAsParts(),
  instead('src/client/start.ts', 'src/client/tag.ts'),
  instead('src/client/workflow-part.ts', 'src/client/tag.ts'),
  instead('src/parts/index.ts', 'src/client/tag.ts'),
);

/** In a file that is lazily imported as a whole, a lazy import would only keep its modules apart. */
const eagerForms: Plugin = {
  name: 'inpage:eager-forms',
  enforce: 'pre',
  transform(code, id) {
    if (normalizePath(id) !== file('src/forms.ts')) return null;
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
    rolldownOptions: { checks, output: { codeSplitting: false } },
  },
};

/** The script tag's loader, which knows the first parts by their hashes. They are built before it. */
function embed(): UserConfig {
  const parts = hashesOf(['page', 'worker', 'worker-models']);
  const loader = script('src/embed.ts', 'inpage', publish);
  return { ...loader, define: { ...loader.define, __INPAGE_PARTS__: JSON.stringify(parts) } };
}

const namesIn = (folder: string): readonly string[] =>
  readdirSync(file(`dist/${folder}`)).flatMap((name) => (name.endsWith('.js') ? `${folder}/${name.slice(0, -3)}` : []));

/** The integrity of files of the script tag, by their names. */
const hashesOf = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, integrity(readFileSync(file(`dist/${name}.js`)))]));

const integrity = (code: string | Buffer): string => `sha256-${createHash('sha256').update(code).digest('base64')}`;

/** Writes the integrity of every file of the script tag beside them. */
const publish: Plugin = {
  name: 'inpage:publish',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const names = ['parts', 'parts/more'].flatMap(namesIn);
      // A page imports the vertical of forms by itself, and may name its hash.
      const parts = hashesOf(['page', 'worker', 'worker-models', 'worker-workflows', ...names, 'inpage-forms']);
      const hashes = Object.entries(parts).map(([name, hash]) => [`${name}.js`, hash]);
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk') hashes.unshift([chunk.fileName, integrity(chunk.code)]);
      const source = `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'integrity.json', source });
    },
  },
};

const EXAMPLES = ['react', 'vue', 'own-worker'];

function demo(): UserConfig {
  // To demo/proxy.mjs, where the demo is to have a language model.
  const proxy = { '/ai': 'http://127.0.0.1:8787' };
  return {
    // It may lie below any path.
    base: './',
    // A file that is not there is missing, instead of being the shop.
    appType: 'mpa',
    server: { proxy },
    preview: { proxy },
    publicDir: 'demo/public',
    build: {
      target: 'es2022',
      outDir: 'demo-dist',
      reportCompressedSize: false,
      rolldownOptions: {
        checks,
        input: ['index.html', ...EXAMPLES.map((name) => `demo/examples/${name}.html`)].map(file),
        output: {
          // What only an example needs is not stored for offline with the shop.
          entryFileNames: ({ name }) => `${EXAMPLES.includes(name) ? 'demo' : 'assets'}/[name]-[hash].js`,
        },
      },
    },
    worker: { format: 'es', rolldownOptions: { checks } },
    plugins: [partBeside, tagExample(), offline()],
  };
}

export default defineConfig(({ mode }) => {
  if (mode === 'embed') return embed();
  const modes: Record<string, UserConfig> = {
    lib,
    worker,
    'worker-models': workerModels,
    'worker-workflows': workerWorkflows,
    page,
    forms: formsScript,
  };
  return modes[mode] ?? demo();
});
