import type { Checkpoint } from './checkpoint.js';
import type { SearchProgress } from './searchProgress.js';

/** How far a search may go, and who is told of it. */
export interface Limits {
  /** States to hold at most; the search stops before the next one. Default: no limit. */
  readonly maxStates?: number;
  /** Bytes the process may hold at most while it searches. Default: no limit. */
  readonly memory?: number;
  readonly signal?: AbortSignal;
  /** States from which on a second thread helps; infinite: none does. Default: 500,000, where there is a second processor. */
  readonly workerThreshold?: number;
  /** States from which on calls that commute with the one that found a state sleep there. Default: 50,000. */
  readonly sleepSetThreshold?: number;
  /** Where the search is kept, and goes on from if something is kept there; not with transitions that are kept. */
  readonly checkpoint?: Checkpoint;
  /** Transitions between two rests: progress, signal and checkpoint are looked at there. Default: 65,536. */
  readonly slice?: number;
  /** Called at every rest. */
  readonly progress?: (covered: SearchProgress) => void;
}
