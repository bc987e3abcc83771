import type { VisitedSet } from '../store/visitedSet.js';
import type { EffectCache } from './effectCache.js';

/** Held states from which sleep sets repay their computation. */
const COMMUTING = 50_000;

/** Decides when a search begins to compute sleep sets (Godefroid 1996), and which of them are still valid. */
export class SleepSetSchedule<W> {
  readonly #cells: EffectCache<W>;
  readonly #visited: VisitedSet;
  readonly #threshold: number;
  /** The generation of cached effects that the sleep sets were computed from. */
  #generation: number;

  /** `threshold`: held states from which on sleep sets are computed. Default: 50,000. */
  constructor(cells: EffectCache<W>, threshold = COMMUTING) {
    const { commuting, compiled, visited } = cells;
    this.#cells = cells;
    this.#visited = visited;
    this.#threshold = commuting === undefined ? Number.POSITIVE_INFINITY : threshold;
    if (commuting)
      visited.computeSleepSets(
        commuting.masks,
        Int32Array.from(compiled.stimuli, (words) => words[0]!),
      );
    cells.commutes = this.#threshold <= 1;
    this.#generation = cells.generation;
  }

  /**
   * Whether sleep sets begin with this many held states. Effects cached before that have no dependency masks, so they
   * must be evicted then.
   */
  isDue(states: number): boolean {
    return !this.#cells.commutes && states >= this.#threshold;
  }

  /** Call before a wave is expanded: ignores sleep sets that were computed from effects that have been evicted. */
  onExpand(): void {
    if (this.#cells.generation !== this.#generation)
      this.#visited.ignoreSleepSetsBelow(Number.POSITIVE_INFINITY);
  }

  /** Call before a wave is looked up. Returns whether the sleep sets of its new states can be computed. */
  onLookup(): boolean {
    const { generation, commutes } = this.#cells;
    const isKnown = generation === this.#generation;
    if (!isKnown) this.#visited.ignoreSleepSetsBelow(this.#visited.size);
    this.#generation = generation;
    return commutes && isKnown;
  }
}
