import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';

const { RECWALK_MUTANTS = 'engine' } = process.env;

/** What mutants of a folder are run against: tests that start no process. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  machines: ['test/machines/*.test.ts', 'test/stories.test.ts', 'test/conversations.test.ts'],
  engine: ['test/engine/*.test.ts'],
};

export default defineConfig({
  ...base,
  test: { ...base.test, include: [...TESTS[RECWALK_MUTANTS]!] },
});
