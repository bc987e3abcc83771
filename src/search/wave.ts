import { BATCH_STATES } from '../store/lookupTrees.js';
import type { SuccessorBatch } from '../store/successorBatch.js';
import type { Failure } from './effectCache.js';

/** The monitor's findings in a call that is not cached. */
export interface CheckedCall {
  /** The `step` obligations that it violates. */
  readonly obligations: readonly number[];
  readonly breakClass: number;
}

/** States that are expanded together, from `begin` up to (not including) `end`, and their calls. */
export class Wave {
  begin = 0;
  end = 0;
  /** By uncached call: its failure, or the findings of the monitor. */
  readonly executed = new Map<number, Failure | CheckedCall>();
  /** By state: the end of its calls in the batch, and their number with those that they represent; NaN if terminal. */
  readonly ends = new Int32Array(BATCH_STATES);
  readonly callCounts = new Float64Array(BATCH_STATES);

  constructor(readonly batch: SuccessorBatch) {}

  /** Empties the wave for the states from `begin` up to `end`. */
  reset(begin: number, end: number): void {
    this.begin = begin;
    this.end = end;
    this.batch.count = 0;
    this.executed.clear();
  }
}
