/** Puts the example of the script tag beside a build of the shop, with the files of the tag where they have been built. */
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const FILES = ['inpage.js', 'page.js', 'worker.js', 'worker-models.js', 'worker-workflows.js', 'parts'];

export function tagExample(): Plugin {
  let [root, folder] = ['', ''];
  return {
    name: 'shop:tag-example',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = resolve(root, config.build.outDir);
    },
    writeBundle() {
      mkdirSync(join(folder, 'dist'), { recursive: true });
      copyFileSync(join(root, 'demo', 'embed.html'), join(folder, 'demo', 'embed.html'));
      for (const name of FILES) {
        const built = join(root, 'dist', name);
        if (existsSync(built)) cpSync(built, join(folder, 'dist', name), { recursive: true });
      }
    },
  };
}
