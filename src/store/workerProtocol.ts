import type { DependencyMasks } from './computeSleepSets.js';
import type { LookupBatch, StoreView } from './insertBatch.js';
import type { DecisionTreeArrays } from './lookupTrees.js';

/**
 * Where in shared memory the two threads keep what they tell each other. How often the worker was called, and how many
 * messages were posted to it; how many batches were sent, and looked up; whether something failed.
 */
export const CALLED = 0;
export const POSTED = 1;
export const SENT = 2;
export const DONE = 3;
export const FAILED = 4;
/** Of the last batch that was sent: its number and how many states it has; of the store: its size, the most, the words of a state. */
export const BATCH = 5;
export const COUNT = 6;
export const SIZE = 7;
export const CAPACITY = 8;
export const WORDS = 9;
/** Whether trees are there to be walked, the next stimulus whose tree nobody walks yet, and whether the worker walks one. */
export const OPEN = 10;
export const NEXT = 11;
export const BUSY = 12;
/** The first state that may have a sleep set, and whether sleep sets of new states are to be computed. */
export const FIRST_SLEEP_SET = 13;
export const SLEEP_SETS = 14;
export const CONTROL_WORDS = 15;

/** Arrays that the worker does not know yet. */
export type News =
  | { readonly slots: Int32Array }
  | (Pick<StoreView, 'packed' | 'parents' | 'stimuli' | 'asleep' | 'blockBits'> & {
      readonly from: number;
    })
  | { readonly rows: DependencyMasks }
  | { readonly batch: number; readonly arrays: Omit<LookupBatch, 'count'> }
  | { readonly trees: DecisionTreeArrays };
