import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { BATCH_STATES } from '../store/lookupTrees.js';
import type { VisitedSet } from '../store/visitedSet.js';
import { Wave } from './wave.js';

/** Most calls in a wave, and the bytes of memory budgeted for each. */
const CALLS = 98_304;
const BYTES_A_CALL = 40_000;

/** The states that are found and not yet expanded, as waves. */
export class Frontier implements Checkpointable {
  staged: Wave;
  inFlight: Wave;
  /** The wave committed last, or being committed. */
  committed: Wave;
  /** The first state that the last checkpoint has not committed. */
  next = 0;
  /** Ends of the waves after `next` that were already staged at that checkpoint. */
  readonly #planned: number[] = [];
  /** States in a wave. */
  readonly #waveStates: number;

  /** `stimuli`: their number. `memory`: maximum number of bytes that the process may hold. */
  constructor(visited: VisitedSet, stimuli: number, memory = Number.POSITIVE_INFINITY) {
    // Each call may add to the tables. Memory is checked only between two waves, so it limits their size.
    const calls = Math.min(CALLS, memory / BYTES_A_CALL);
    this.#waveStates = Math.max(1, Math.min(BATCH_STATES, Math.floor(calls / stimuli)));
    this.staged = new Wave(visited.batch());
    this.inFlight = new Wave(visited.batch());
    this.committed = this.inFlight;
  }

  /** The end of the wave that begins at state `begin`; `begin` itself if none of the `states` is left. */
  endOf(begin: number, states: number): number {
    return this.#planned.shift() ?? Math.min(begin + this.#waveStates, states);
  }

  /** Moves the staged wave into lookup, and returns the wave that was in lookup before. */
  launch(): Wave {
    const landed = this.inFlight;
    this.inFlight = this.staged;
    this.staged = landed;
    return landed;
  }

  save(to: Writer): void {
    const { next, committed, staged, inFlight } = this;
    // A resumed search repeats the wave being committed and the one behind it, which may be empty.
    const behind = [staged, inFlight].find(({ begin }) => begin === committed.end);
    const ends = next < committed.end ? [committed.end] : [];
    if (ends.length > 0 || behind !== undefined) ends.push(behind?.end ?? committed.end);
    to.plain([next, ...ends]);
  }

  restore(from: Reader): boolean {
    const [next, ...ends] = from.plain<readonly [number, ...number[]]>();
    this.next = next;
    this.#planned.push(...ends);
    return true;
  }
}
