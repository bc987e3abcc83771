const { RECWALK_EXHAUSTIVE, RECWALK_LONG, RECWALK_MUTANTS } = process.env;

/** True for `npm run test:all`. `npm test` takes a few minutes, with fewer of the long cases. */
export const isExhaustive = RECWALK_EXHAUSTIVE === '1';

/** True for `npm run test:long`: the files that take longest, with as few cases as `npm test` has. */
export const isLong = RECWALK_LONG === '1';

/** The reason for which a test is skipped. */
export const IN_ALL = 'npm run test:all';

/** True for `npm run mutants`: tests run thousands of times, so they are few and deterministic. */
export const isMutated = RECWALK_MUTANTS !== undefined;

/** The number of runs of a property. */
export const runs = (few: number, many: number) => {
  if (isExhaustive) return { numRuns: many };
  return isMutated ? { numRuns: Math.ceil(few / 5), seed: 1 } : { numRuns: few };
};

/** The first of every `n` cases; all of them in `npm run test:all`. */
export const everyNth = <T>(n: number, all: readonly T[]): readonly T[] =>
  isExhaustive ? all : all.filter((_, i) => i % n === 0);
