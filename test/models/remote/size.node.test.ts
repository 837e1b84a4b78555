import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const LIMIT = 8192;

/** The bytes after gzip of the worker with language models, built as the stock one is; without the remote ones if so wanted. */
async function worker(hasRemote: boolean): Promise<number> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [
      {
        name: 'without-remote-models',
        enforce: 'pre',
        load: (id) =>
          !hasRemote && id.endsWith('/models/remote/remote.ts') ? 'export const remoteModel = self;' : null,
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `${root}src/worker-models.ts`, formats: ['iife'], name: 'inpage', fileName: () => 'worker.js' },
      rolldownOptions: { output: { codeSplitting: false, strict: true } },
    },
  });
  const [chunk] = [result].flat().flatMap((built) => ('output' in built ? built.output : []));
  if (chunk?.type !== 'chunk') throw new Error('There is no script.');
  const { code = '' } = await minify(chunk.code, { ecma: 2020, toplevel: true, compress: { passes: 2 } });
  return gzipSync(code, { level: 9 }).length;
}

it(`adds no more than ${LIMIT} bytes to a worker, with the parser of its streams`, async (context) => {
  const added = (await worker(true)) - (await worker(false));
  context.diagnostic(`remote models: ${added} bytes`);
  assert.ok(added <= LIMIT, `They add ${added} bytes.`);
  assert.ok(added > LIMIT / 2, 'They are not in it.');
});
