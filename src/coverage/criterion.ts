import { number } from '../model/formatNumber.js';
import type { Check } from '../search/check.js';

/** A path: transitions, as entries of `successors`, and a description of its purpose if it has one. */
export interface PlannedPath {
  readonly description?: string;
  readonly steps: readonly number[];
}

/** A complete search with all its transitions, and the requirements on the paths. */
export interface CoverageInput {
  readonly check: Check;
  /** Most steps of a path. */
  readonly longest: number;
  /** Paths that exist already. */
  readonly given: readonly (readonly number[])[];
  readonly signal: AbortSignal;
  /** Whether the process may hold this many more bytes. */
  readonly mayHold: (bytes: number) => boolean;
  /** Only some criteria use these. */
  readonly seed: number;
  readonly paths: number;
  readonly atMost?: number;
}

/** The planned paths, and the items that any path covers. */
export interface Plan {
  /** Number of items to cover. */
  readonly of: number;
  /**
   * The items that a path covers, by their numbers below `of`, with repetitions. Called for the written paths, in their
   * order.
   */
  covers(path: readonly number[]): Iterable<number>;
  /** Paths that cover the items that the given paths leave open. */
  readonly paths: Iterable<PlannedPath>;
  /** Lower bound on the steps, besides those given, of any paths that cover all items within reach. */
  readonly lowerBound?: number;
  /** Items that no path of the scope can cover; they do not count in `of`. */
  readonly never?: readonly string[];
  /** A note on the plan, to be reported before its paths are made. */
  readonly note?: string;
}

/** Why no plan could be made within the limits. */
export interface NoPlan {
  readonly because: string;
}

/** No plan, because the signal was aborted. */
export const INTERRUPTED: NoPlan = { because: 'stopped (interrupted)' };

/** No plan, because there is no memory for one with this many items. */
export const noMemory = (of: number, counts: string): NoPlan => ({
  because: `stopped (memory): ${number(of)} ${counts} to take, none taken`,
});

/** A coverage criterion: which items paths must cover. */
export interface Criterion {
  /** The items counted, as in `transitions taken: 3 of 4`. */
  readonly counts: string;
  /** Options that only some criteria have. */
  readonly options?: readonly ('seed' | 'paths')[];
  /** Whether the paths are a sample: uncovered items are then no deficiency. */
  readonly samples?: boolean;
  /** Whether the criterion covers only given paths. */
  readonly needsGiven?: boolean;
  /** Whether the search must check the rules. */
  readonly judges?: boolean;
  plan(input: CoverageInput): Promise<Plan | NoPlan>;
}

/** By item below `of`: 1 if the given paths leave it open. */
export function whyIncomplete(
  of: number,
  given: CoverageInput['given'],
  covers: (path: readonly number[]) => Iterable<number>,
): Uint8Array {
  const open = new Uint8Array(of).fill(1);
  for (const path of given) for (const thing of covers(path)) open[thing] = 0;
  return open;
}

/** Planned paths without descriptions. */
export function* unnamed(paths: Iterable<readonly number[]>): Generator<PlannedPath> {
  for (const steps of paths) yield { steps };
}
