const { RECWALK_MUTANTS = 'engine' } = process.env;

// The second thread is given functions as text, which does not know of mutants.
/** @type {Readonly<Record<string, string[]>>} */
const MUTATED = {
  machines: ['machines/**/*.ts', '!machines/seen/**'],
  engine: ['src/engine/**/*.ts', '!src/engine/{second,lookUp,walk,lull}.ts'],
};

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
  mutate: MUTATED[RECWALK_MUTANTS] ?? [],
  coverageAnalysis: 'perTest',
  ignorePatterns: ['dist', '.build', 'docs/*.svg'],
  concurrency: 2,
  timeoutMS: 30_000,
  tempDirName: '.build/mutants/copy',
  incremental: true,
  incrementalFile: `.build/mutants/${RECWALK_MUTANTS}.json`,
  reporters: ['progress', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: `.build/mutants/${RECWALK_MUTANTS}-report.json` },
};
