import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { isExhaustive } from './effort.js';

/** Each takes ten seconds or more, most of them for processes that it starts. `npm run test:all` runs them. */
const LONG = [
  ...[
    ...['bugs', 'checkpoint', 'diff', 'ending', 'explain', 'export', 'matrix', 'paths'],
    ...['pathsFolders', 'pathsFrom', 'repair', 'review', 'signals', 'strangePaths', 'vacuity'],
  ].map((name) => `test/cli/${name}.test.ts`),
  ...['test/bin/build.test.ts', 'test/extending.test.ts', 'test/export/promela.test.ts'],
  ...['test/explorer/browser.test.ts', 'test/review/browser.test.ts'],
  ...[
    'test/engine/checkpoint.test.ts',
    'test/engine/resume.test.ts',
    'test/engine/second.test.ts',
    'test/machines/fixes.test.ts',
    'test/machines/oracles.test.ts',
    'test/paths/cover/graphs.test.ts',
  ],
];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(isExhaustive ? [] : LONG)],
    maxWorkers: 2,
    // A machine with other work to do is slow, and that is no fault.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
