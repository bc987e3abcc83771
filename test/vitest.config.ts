import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    maxWorkers: 2,
    // A machine with other work to do is slow, and that is no fault.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
