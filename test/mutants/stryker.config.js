import { readdirSync, readFileSync } from 'node:fs';

const { RECWALK_MUTANTS = 'engine', RECWALK_MUTANTS_EVERY = '1' } = process.env;

/** The second thread is given functions as text, which does not know of mutants. */
/** @type {Readonly<Record<string, readonly [folder: string, without: RegExp]>>} */
const MUTATED = {
  machines: ['machines', /^seen\//],
  engine: ['src/engine', /^(?:second|lookUp|walk|lull)\.ts$/],
};

const WINDOW_LINES = 10;

/** Of all lines of a folder, in files by name, the first ten of every ten times `n`. */
const sample = (/** @type {number} */ n) => {
  const [folder, without] = MUTATED[RECWALK_MUTANTS] ?? ['', /^/];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !without.test(file))
    .sort();
  let passed = 0;
  return files.flatMap((file) => {
    const lines = readFileSync(`${folder}/${file}`, 'utf8').split('\n').length;
    const windows = Array.from({ length: Math.ceil(lines / WINDOW_LINES) }, (_, i) => i);
    return windows
      .filter(() => passed++ % n === 0)
      .map((i) => `${folder}/${file}:${i * WINDOW_LINES + 1}-${(i + 1) * WINDOW_LINES}`);
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
