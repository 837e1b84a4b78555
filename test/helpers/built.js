/** Builds `dist/` for the tests that need it, unless it is newer than everything that it is made of. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SOURCES = [
  'src',
  'components',
  'vite.config.ts',
  'custom-elements-manifest.config.mjs',
  'tsconfig.json',
  'tsconfig.types.json',
  'package-lock.json',
];
/** What the build writes last. */
const LAST = join(ROOT, 'dist', 'custom-elements.json');

/**
 * Runs `npm run build` when `dist/` is missing or older than the sources.
 *
 * @throws when the build fails; its output has then been shown.
 */
export function ensureDist() {
  const built = existsSync(LAST) ? statSync(LAST).mtimeMs : 0;
  if (SOURCES.every((source) => newest(join(ROOT, source)) < built)) return;
  execFileSync('npm', ['run', 'build', '--silent'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

/** The time of the newest file in a file or folder, in ms since 1970. @param {string} path @returns {number} */
function newest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
