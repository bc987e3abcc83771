import type { LimitReached } from '../model/userError.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { FULL, VisitedSet } from '../store/visitedSet.js';
import type { Limits } from './limits.js';
import type { SearchProgress, StopReason } from './searchProgress.js';

/** Transitions between two pauses. */
const SLICE = 65_536;
/** Bytes that the process may allocate between two checks of its memory. */
const MARGIN = 96 << 20;

/** The progress of a breadth-first search, and the limits that stop it early. */
export class SearchBudget implements Checkpointable {
  readonly visited: VisitedSet;
  /** Number of states found by the committed calls; these are the first of the held states. */
  states = 0;
  transitions = 0;
  stopped: StopReason | undefined;
  #limit: string | undefined;
  readonly #limits: Limits;
  #depth = 0;
  #levelEnd = 1;
  #next: number;

  /** `components` and `stimuli`: their numbers. */
  constructor(components: number, stimuli: number, limits: Limits) {
    const memory = limits.memory ?? Number.POSITIVE_INFINITY;
    this.visited = new VisitedSet(
      components,
      stimuli,
      limits.maxStates,
      limits.memory === undefined
        ? undefined
        : (bytes) => process.memoryUsage.rss() + bytes + MARGIN <= memory,
    );
    if (!this.visited.mayHold(0)) this.stopped = 'memory';
    this.#limits = limits;
    this.#next = this.#slice;
  }

  get #slice(): number {
    return this.#limits.slice ?? SLICE;
  }

  /** Call before state `n` is expanded, in the order of the states. */
  onExpand(n: number): void {
    if (n !== this.#levelEnd) return;
    this.#depth++;
    this.#levelEnd = this.states;
  }

  /** Number of `state`, or FULL. A new state that exceeds `maxStates` or the memory limit stops the search. */
  add(state: Int32Array, parent: number, stimulus: number): number {
    const number = this.visited.add(state, parent, stimulus);
    this.states = this.visited.size;
    if (number === FULL) this.full();
    return number;
  }

  /** Stops the search because no more states can be held. */
  full(): void {
    this.stopped = this.states >= this.visited.most ? 'states' : 'memory';
  }

  /** Stops the search because a call took too many messages. */
  giveUp({ message }: LimitReached): void {
    this.stopped = 'messages';
    this.#limit = message;
  }

  /** Whether a pause is due. */
  get isDue(): boolean {
    return this.transitions >= this.#next;
  }

  /** Reports progress, yields to the event loop, and stops the search if the signal is aborted. */
  async yieldToEventLoop(expanded: number): Promise<void> {
    this.#next = this.transitions + this.#slice;
    this.#limits.progress?.(this.progress(expanded));
    await new Promise(setImmediate);
    if (this.#limits.signal?.aborted) this.stopped = 'interrupted';
  }

  progress(expanded: number): SearchProgress {
    const { states, transitions } = this;
    return {
      states,
      transitions,
      depth: this.#depth,
      queue: states - expanded,
    };
  }

  save(to: Writer): void {
    to.plain([this.transitions, this.#depth, this.#levelEnd]);
    this.visited.save(to, this.states);
  }

  restore(from: Reader): boolean {
    [this.transitions, this.#depth, this.#levelEnd] = from.plain<[number, number, number]>();
    this.#next = this.transitions + this.#slice;
    if (!this.visited.restore(from)) return false;
    this.states = this.visited.size;
    return true;
  }

  /** The result of the search when it ends. */
  end(expanded: number) {
    const { stopped } = this;
    return {
      ...this.progress(expanded),
      complete: stopped === undefined,
      ...(stopped === undefined ? {} : { stopped }),
      ...(this.#limit === undefined ? {} : { limit: this.#limit }),
    };
  }
}
