import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** A file that is not there: its text is the test's. */
const entry = `${root}src/entry-of-a-test.ts`;

const LIMIT = 8192;

/** The bytes after gzip of a worker with some code in it, built as the stock worker is. */
async function worker(code: string): Promise<number> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) =>
          id.endsWith('entry-of-a-test.ts') ? `import { serve } from './worker/index.ts';\n${code}` : null,
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'inpage', fileName: () => 'worker.js' },
      rolldownOptions: { output: { codeSplitting: false, strict: true } },
    },
  });
  const [chunk] = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  if (chunk?.type !== 'chunk') throw new Error('There is no script.');
  const { code: smallest = '' } = await minify(chunk.code, { ecma: 2020, toplevel: true, compress: { passes: 2 } });
  return gzipSync(smallest, { level: 9 }).length;
}

it(`adds no more than ${LIMIT} bytes to a worker, with the parser of its streams`, async (context) => {
  const without = await worker('serve({}, self);');
  const models = '{ remote: () => remoteModel({ endpoint: "/ai/v1", model: "any" }) }';
  const withThem = await worker(
    `import { remoteModel } from './models/index.ts';\nserve({ models: ${models} }, self);`,
  );
  context.diagnostic(`remote models: ${withThem - without} bytes`);
  assert.ok(withThem - without <= LIMIT, `They add ${withThem - without} bytes.`);
  assert.ok(withThem - without > LIMIT / 2, 'They are not in it.');
});
