import { number } from '../model/formatNumber.js';
import type { Check } from '../search/check.js';

/** A path: transitions, as entries of `successors`, and what it is for where it has a name. */
export interface PlannedPath {
  readonly description?: string;
  readonly steps: readonly number[];
}

/** A whole search with all its transitions, and what is asked of the paths. */
export interface CoverageInput {
  readonly check: Check;
  /** Steps that a path may have. */
  readonly longest: number;
  /** Paths that are there already. */
  readonly given: readonly (readonly number[])[];
  readonly signal: AbortSignal;
  /** Whether the process may hold so many bytes more. */
  readonly mayHold: (bytes: number) => boolean;
  /** What only some criteria ask for. */
  readonly seed: number;
  readonly paths: number;
  readonly atMost?: number;
}

/** Paths, and how to tell what any path takes of what is to be covered. */
export interface Plan {
  /** How much there is to take. */
  readonly of: number;
  /** What a path takes, each thing by its number below `of`, some of them again and again. Asked of written paths, in their order. */
  covers(path: readonly number[]): Iterable<number>;
  /** Paths that take what the given ones leave. */
  readonly paths: Iterable<PlannedPath>;
  /** Steps that paths which take all of it within reach cannot do without, besides those given. */
  readonly lowerBound?: number;
  /** What cannot be taken on any path of the scope: no part of `of`. */
  readonly never?: readonly string[];
  /** What is to be known of the plan before its paths are made. */
  readonly note?: string;
}

/** No plan could be made within the limits: why. */
export interface NoPlan {
  readonly because: string;
}

export const INTERRUPTED: NoPlan = { because: 'stopped (interrupted)' };

/** No plan, since there is no memory for one of so many things. */
export const noMemory = (of: number, counts: string): NoPlan => ({
  because: `stopped (memory): ${number(of)} ${counts} to take, none taken`,
});

/** One way to say what paths are to cover. */
export interface Criterion {
  /** What is counted, as in `transitions taken: 3 of 4`. */
  readonly counts: string;
  /** Options that mean something here and not everywhere. */
  readonly options?: readonly ('seed' | 'paths')[];
  /** Takes what it comes by: that something is left is no lack. */
  readonly samples?: boolean;
  /** Whether it is about given paths alone. */
  readonly needsGiven?: boolean;
  /** Whether the rules are to be judged by the search. */
  readonly judges?: boolean;
  plan(ground: CoverageInput): Promise<Plan | NoPlan>;
}

/** What given paths leave open of so many things: 1 for each. */
export function whyIncomplete(
  of: number,
  given: CoverageInput['given'],
  covers: (path: readonly number[]) => Iterable<number>,
): Uint8Array {
  const open = new Uint8Array(of).fill(1);
  for (const path of given) for (const thing of covers(path)) open[thing] = 0;
  return open;
}

/** Paths that have no names. */
export function* unnamed(paths: Iterable<readonly number[]>): Generator<PlannedPath> {
  for (const steps of paths) yield { steps };
}
