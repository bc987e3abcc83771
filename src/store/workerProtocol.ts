import type { DependencyMasks } from './computeSleepSets.js';
import type { LookupBatch, StoreView } from './insertBatch.js';
import type { DecisionTreeArrays } from './lookupTrees.js';

/**
 * Indexes into the shared control words of the two threads. These count the calls to the worker, the messages posted to
 * it, the batches sent and the batches inserted. FAILED is 1 after an exception in the worker.
 */
export const CALLED = 0;
export const POSTED = 1;
export const SENT = 2;
export const DONE = 3;
export const FAILED = 4;
/**
 * The last batch sent: its number and its count of states. The store: its size, its capacity, and the words per state.
 */
export const BATCH = 5;
export const COUNT = 6;
export const SIZE = 7;
export const CAPACITY = 8;
export const WORDS = 9;
/**
 * Whether trees are open for lookup, the next stimulus whose tree no thread has taken, and whether the worker is looking up trees.
 */
export const OPEN = 10;
export const NEXT = 11;
export const BUSY = 12;
/** The first state that may have a sleep set, and whether to compute the sleep sets of new states. */
export const FIRST_SLEEP_SET = 13;
export const SLEEP_SETS = 14;
/** Number of control words. */
export const CONTROL_WORDS = 15;

/** A message to the worker: arrays that are new or were replaced. */
export type ArrayUpdate =
  | { readonly slots: Int32Array }
  | (Pick<StoreView, 'packed' | 'parents' | 'stimuli' | 'sleepSets' | 'blockBits'> & {
      readonly from: number;
    })
  | { readonly rows: DependencyMasks }
  | { readonly batch: number; readonly arrays: Omit<LookupBatch, 'count'> }
  | { readonly trees: DecisionTreeArrays };
