/** The result of checking a design with one set of fixes. */
export interface Attempt {
  /** Whether something broke. */
  readonly broken: boolean;
  /** Whether the search reached a limit before it knew. */
  readonly stopped: boolean;
}

/** The result of a search for fixes. */
export interface FixSets {
  /** The smallest sets of fixes under which nothing breaks; all of one size. */
  readonly sets: readonly (readonly string[])[];
  /** Number of sets checked, including the empty set and the sets that fix everything. */
  readonly tried: number;
  /** Number of all sets. */
  readonly of: number;
  /**
   * Whether one search, or the whole procedure, was stopped: a set that was not checked completely may fix everything.
   */
  readonly stopped: boolean;
}

/** Options of `minimalFixSets`. */
export interface RepairOptions {
  readonly signal?: AbortSignal;
  /** Called before each set is checked. */
  readonly progress?: (set: readonly string[], tried: number) => void;
}

/**
 * Finds the smallest sets of fixes under which nothing breaks. Checks sets by size, in the order in which the fixes are
 * given. The result for one set implies nothing about another: one fix may undo another.
 */
export async function minimalFixSets(
  changes: readonly string[],
  tryOut: (set: readonly string[]) => Promise<Attempt>,
  { signal, progress }: RepairOptions = {},
): Promise<FixSets> {
  const sets: (readonly string[])[] = [];
  let tried = 0;
  let stopped = false;
  // After an incomplete check of a set, no larger set is known to be smallest.
  for (let size = 0; size <= changes.length && sets.length === 0 && !stopped; size++)
    for (const set of subsets(changes, size)) {
      stopped ||= signal?.aborted === true;
      if (signal?.aborted) break;
      progress?.(set, tried);
      const outcome = await tryOut(set);
      tried++;
      stopped ||= outcome.stopped;
      if (!outcome.broken && !outcome.stopped) sets.push(set);
    }
  return { sets, tried, of: 2 ** changes.length, stopped };
}

/** All subsets of a size, in the order of their members. */
export function* subsets<T>(all: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= all.length - size; i++)
    for (const rest of subsets(all, size - 1, i + 1)) yield [all[i]!, ...rest];
}
