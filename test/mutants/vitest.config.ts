import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import base from '../vitest.config.js';

const { RECWALK_MUTANTS = 'engine' } = process.env;

/** The tests that each mutant of a folder is run against: those that start no process and take no half minute. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  machines: [
    'test/machines/!(oracles|fixes).test.ts',
    'test/stories.test.ts',
    'test/conversations.test.ts',
  ],
  engine: ['test/engine/*.test.ts'],
};

/** Vitest begins with what took longest. A mutant is done with its first failed test, so here the quick come first. */
class QuickFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    return (await super.sort(files)).reverse();
  }
}

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [...TESTS[RECWALK_MUTANTS]!],
    sequence: { sequencer: QuickFirst },
  },
});
