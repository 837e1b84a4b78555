/** An app that has the agent, as a site's bundler makes it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../helpers/built.js';

export interface App {
  /** What is served at `/app/`. */
  readonly folder: string;
  /** The file that a page has to load. */
  readonly name: string;
  /** Its text. */
  readonly text: string;
  remove(): void;
}

export async function bundleApp(): Promise<App> {
  const root = mkdtempSync(join(tmpdir(), 'inpage-app-'));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(ROOT, join(root, 'node_modules', 'inpage'), 'junction');
  const folder = join(root, 'out');
  const name = 'main.js';
  await build({
    root,
    base: '/app/',
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(ROOT, 'test/fixtures/app/main.js'),
        output: { entryFileNames: name, codeSplitting: false },
      },
    },
  });
  const remove = (): void => {
    rmSync(root, { recursive: true });
  };
  return { folder, name, text: readFileSync(join(folder, name), 'utf8'), remove };
}
