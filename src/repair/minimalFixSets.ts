/** What came of walking a design with a set of changes. */
export interface Attempt {
  /** Something broke. */
  readonly broken: boolean;
  /** The search ended at a limit before it could tell. */
  readonly stopped: boolean;
}

export interface FixSets {
  /** The smallest sets of changes under which nothing breaks; all of one size. */
  readonly sets: readonly (readonly string[])[];
  /** Sets that were walked, the empty one and those that fix included. */
  readonly tried: number;
  /** How many sets there are. */
  readonly of: number;
  /** A search was stopped, or all of them: a set that was not walked to its end may fix. */
  readonly stopped: boolean;
}

export interface RepairOptions {
  readonly signal?: AbortSignal;
  /** Told before each set is walked. */
  readonly progress?: (set: readonly string[], tried: number) => void;
}

/**
 * The smallest sets of changes that fix everything. Sets are walked by size, in the order in which
 * the changes are given. Nothing is concluded from one set about another: a change may undo what
 * another fixes.
 */
export async function minimalFixSets(
  changes: readonly string[],
  tryOut: (set: readonly string[]) => Promise<Attempt>,
  { signal, progress }: RepairOptions = {},
): Promise<FixSets> {
  const sets: (readonly string[])[] = [];
  let tried = 0;
  let stopped = false;
  // After a set that was not walked to its end, no larger one is known to be smallest.
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
