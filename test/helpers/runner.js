/** What the test runner's configurations for the three engines share. */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { summaryReporter } from '@web/test-runner';
import { fileURLToPath } from 'node:url';
import { modelServer } from './model-server.js';
import { tally } from './tally.js';

const rootDir = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Gives browsers the core of highlight.js as a module, which it is for bundlers alone.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
const coreAsModule = () => ({
  name: 'core-as-module',
  transform: ({ path, body }) =>
    path.endsWith('/highlight.js/lib/core.js')
      ? `const module = {};\n${String(body)}\nexport default module.exports;`
      : undefined,
});

export const shared = {
  rootDir,
  files: ['test/**/*.test.ts', '!test/**/*.{node,timing}.test.ts', '!test/**/node_modules/**'],
  hostname: '127.0.0.1',
  nodeResolve: { exportConditions: ['browser', 'development'] },
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${rootDir}tsconfig.json` }),
    modelServer(),
    coreAsModule(),
  ],
  reporters: [summaryReporter(), tally()],
  // Tests run Lit's development build for its warnings; that it does is no news in every file.
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  testFramework: { config: { timeout: 10_000 } },
};
