const { RECWALK_EXHAUSTIVE, RECWALK_MUTANTS } = process.env;

/** `npm run test:all`: everything. `npm test` takes a few minutes, with less of what takes long. */
export const isExhaustive = RECWALK_EXHAUSTIVE === '1';

/** Why a test is skipped. */
export const IN_ALL = 'npm run test:all';

/** `npm run mutants`: tests run thousands of times, so they are few, and the same each time. */
export const isMutated = RECWALK_MUTANTS !== undefined;

/** How often a property is tried. */
export const runs = (few: number, many: number) => {
  if (isExhaustive) return { numRuns: many };
  return isMutated ? { numRuns: Math.ceil(few / 5), seed: 1 } : { numRuns: few };
};

/** Of cases that take long the first of every `n`; all of them in `npm run test:all`. */
export const everyNth = <T>(n: number, all: readonly T[]): readonly T[] =>
  isExhaustive ? all : all.filter((_, i) => i % n === 0);
