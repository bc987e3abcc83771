import type { SuccessorGraph } from '../store/successorGraph.js';
import { NearestSearch } from './nearestSearch.js';

/** Bytes that a tour needs. */
export const bytesOfTour = (transitions: number, states: number): number =>
  transitions * 6 + states * 16;

/** By transition (entry of `successors`): 1 if it is taken (`taken`), or cannot be taken (`blocked`). */
export interface Coverage {
  readonly taken: Uint8Array;
  readonly blocked: Uint8Array;
}

/** The coverage of a graph in which no transition is taken or blocked. */
export const noCoverage = (transitions: number): Coverage => ({
  taken: new Uint8Array(transitions),
  blocked: new Uint8Array(transitions),
});

/** Options of `transitionTour`. */
export interface TourOptions {
  readonly coverage?: Coverage;
  /** Of several shortest paths, take the last instead of the first. */
  readonly backwards?: boolean;
  /** Transitions that need not be taken any more once this one is; may include it. Default: only itself. */
  readonly along?: (entry: number) => Iterable<number>;
}

/** The next step: a transition (an entry of `successors`), a reset to the first state, or the end. */
export type Next = { readonly entry: number } | 'start over' | 'done';

/**
 * Plans walks from the first state that take every open transition. In each state it takes an open transition. If there
 * is none, it takes a shortest path to a state that has one, from the current state or, if that is shorter, from the
 * first.
 */
class Tour {
  readonly #taken: Uint8Array;
  readonly #blocked: Uint8Array;
  /** By state: how many of its transitions are neither taken nor blocked. */
  readonly #open: Int32Array;
  #route: number[] = [];
  readonly #nearest: NearestSearch;

  constructor(
    readonly successors: SuccessorGraph,
    states: number,
    { taken, blocked }: Coverage,
    backwards: boolean,
    readonly along: (entry: number) => Iterable<number>,
  ) {
    this.#taken = Uint8Array.from(taken);
    this.#blocked = Uint8Array.from(blocked);
    this.#nearest = new NearestSearch(
      successors,
      states,
      (state) => this.#open[state]! > 0,
      (entry) => this.#blocked[entry] === 1,
      backwards,
    );
    this.#open = new Int32Array(states);
    for (let state = 0; state < states; state++)
      for (
        let entry = successors.rowStart(state), end = successors.rowStart(state + 1);
        entry < end;
        entry++
      )
        if (this.#isOpen(entry)) this.#open[state]!++;
  }

  next(state: number): Next {
    const planned = this.#route.pop();
    if (planned !== undefined) return { entry: planned };
    if (this.#open[state]! > 0) return { entry: this.#firstOpen(state) };
    const here = this.#nearest.from(state);
    const fresh = state === 0 ? undefined : this.#nearest.from(0);
    if (here === undefined && fresh === undefined) return 'done';
    // A reset costs about as much as a step.
    if (here === undefined || (fresh !== undefined && fresh.length + 1 < here.length))
      return 'start over';
    this.#route = here;
    return { entry: this.#route.pop()! };
  }

  /** Marks a transition as taken; returns whether it was still open. */
  take(entry: number): boolean {
    const isNew = this.#isOpen(entry);
    for (const other of this.along(entry)) {
      if (this.#isOpen(other)) this.#open[this.successors.source(other)]!--;
      this.#taken[other] = 1;
    }
    return isNew;
  }

  forgetRoute(): void {
    this.#route = [];
  }

  #isOpen(entry: number): boolean {
    return this.#taken[entry] === 0 && this.#blocked[entry] === 0;
  }

  #firstOpen(state: number): number {
    let entry = this.successors.rowStart(state);
    while (!this.#isOpen(entry)) entry++;
    return entry;
  }
}

/**
 * Paths, as lists of entries of `successors`, that take every transition that is neither taken nor blocked. No path is
 * longer than `longest` steps; transitions that lie further from the start are left out.
 */
export function* transitionTour(
  successors: SuccessorGraph,
  states: number,
  longest: number,
  {
    coverage = noCoverage(successors.size),
    backwards = false,
    along = (entry) => [entry],
  }: TourOptions = {},
): Generator<number[]> {
  const plan = new Tour(successors, states, coverage, backwards, along);
  let path: number[] = [];
  let state = 0;
  let added = false;
  for (let next = plan.next(state); next !== 'done'; next = plan.next(state)) {
    if (next === 'start over' || path.length >= longest) {
      // A path from the start leads straight to the nearest open transition, so none is near enough.
      if (!added) return;
      yield path;
      plan.forgetRoute();
      path = [];
      added = false;
      state = 0;
    } else {
      if (plan.take(next.entry)) added = true;
      path.push(next.entry);
      state = successors.to(next.entry);
    }
  }
  if (path.length > 0) yield path;
}
