import type { Checkpoint } from './checkpoint.js';
import type { SearchProgress } from './searchProgress.js';

/** Limits of a search, and callbacks on its progress. */
export interface Limits {
  /** Most states to hold; the search stops before the next one. Default: no limit. */
  readonly maxStates?: number;
  /** Most bytes that the process may hold while it searches. Default: no limit. */
  readonly memory?: number;
  /** Stops the search at the next pause once it is aborted. */
  readonly signal?: AbortSignal;
  /**
   * States from which on a second thread helps; infinite: no second thread. Default: 500,000 if there is a second processor,
   * else infinite.
   */
  readonly workerThreshold?: number;
  /** States from which on commuting calls are skipped (sleep sets, Godefroid 1996). Default: 50,000. */
  readonly sleepSetThreshold?: number;
  /** The file that saves the search, or from which it resumes. Not available if transitions are kept. */
  readonly checkpoint?: Checkpoint;
  /** Transitions between two pauses, in which progress, signal and checkpoint are handled. Default: 65,536. */
  readonly slice?: number;
  /** Called in every pause. */
  readonly progress?: (covered: SearchProgress) => void;
}
