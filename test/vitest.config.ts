import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { isExhaustive, isLong } from './effort.js';

/**
 * Each takes ten seconds or more, most of them for processes that it starts. `npm run test:long` runs them alone, and
 * `npm run test:all` with all others.
 */
const LONG = [
  ...[
    ...['bugs', 'checkpoint', 'diff', 'export', 'paths', 'pathsFolders', 'pathsFrom', 'repair'],
    'review',
  ].map((name) => `test/cli/commands/${name}.test.ts`),
  ...['abortOnSignal', 'ending', 'render/explain', 'render/matrix', 'render/vacuity'].map(
    (name) => `test/cli/shared/${name}.test.ts`,
  ),
  ...[
    'test/bin/build.test.ts',
    'test/cli/strangePaths.test.ts',
    'test/coverage/criteria/graphs.test.ts',
    'test/explorer/browser.test.ts',
    'test/export/to/promela.test.ts',
    'test/extending.test.ts',
    'test/machines/fixes.test.ts',
    'test/machines/oracles.test.ts',
    'test/review/browser.test.ts',
    'test/search/checkpoint.test.ts',
    'test/search/resume.test.ts',
    'test/store/lookupWorker.test.ts',
  ],
];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: isLong ? LONG : ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(isExhaustive || isLong ? [] : LONG)],
    maxWorkers: 2,
    // A busy machine is slow, which is not an error.
    testTimeout: isExhaustive ? 3_600_000 : 600_000,
    hookTimeout: 600_000,
  },
});
