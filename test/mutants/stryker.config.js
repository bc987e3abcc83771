import { readdirSync, readFileSync } from 'node:fs';

const { RECWALK_MUTANTS = 'engine', RECWALK_MUTANTS_EVERY = '1' } = process.env;

/**
 * By name: the folders to mutate, and the files in them to leave out. Texts for people have no effect to test, and a
 * worker thread does not get the mutants.
 *
 * @type {Readonly<Record<string, readonly [folders: readonly string[], without: RegExp]>>}
 */
const MUTATED = {
  machines: [['machines'], /seen\/|featureDocs|limitations|rfcMail/],
  engine: [
    ['interpret', 'store', 'properties', 'reduce', 'search'].map((name) => `src/${name}`),
    /lookupWorkerMain/,
  ],
};

const WINDOW_LINES = 10;

/** The first 10 of every 10 n lines, counted through all files in the order of their names. */
const sample = (/** @type {number} */ n) => {
  const [folders, without] = MUTATED[RECWALK_MUTANTS] ?? [[], /^/];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !without.test(file))
      .map((file) => `${folder}/${file}`)
      .sort(),
  );
  let passed = 0;
  return files.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n').length;
    const windows = Array.from({ length: Math.ceil(lines / WINDOW_LINES) }, (_, i) => i);
    return windows
      .filter(() => passed++ % n === 0)
      .map((i) => `${file}:${i * WINDOW_LINES + 1}-${(i + 1) * WINDOW_LINES}`);
  });
};

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
  mutate: sample(Number(RECWALK_MUTANTS_EVERY)),
  coverageAnalysis: 'perTest',
  ignorePatterns: ['dist', '.build', 'docs/*.svg'],
  concurrency: 2,
  timeoutMS: 10_000,
  tempDirName: '.build/mutants/copy',
  incremental: true,
  incrementalFile: `.build/mutants/${RECWALK_MUTANTS}.json`,
  reporters: ['progress', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: `.build/mutants/${RECWALK_MUTANTS}-report.json` },
};
