import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import base from '../vitest.config.js';

const { RECWALK_MUTANTS = 'engine' } = process.env;

/** The tests that run against each mutant: they start no process and take less than half a minute. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  machines: [
    'test/machines/!(oracles|fixes).test.ts',
    'test/stories.test.ts',
    'test/conversations.test.ts',
    'test/export/lifecycle.test.ts',
  ],
  engine: ['interpret', 'store', 'properties', 'reduce', 'search'].map(
    (name) => `test/${name}/*.test.ts`,
  ),
};

/** Vitest runs the slowest files first. The first failed test ends the run of a mutant, so this runs the quickest first. */
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
    // The long tests run, too.
    exclude: configDefaults.exclude,
    sequence: { sequencer: QuickFirst },
  },
});
