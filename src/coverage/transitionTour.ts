import type { SuccessorGraph } from '../store/successorGraph.js';
import { NearestSearch } from './nearestSearch.js';

/** Bytes that a tour needs. */
export const bytesOfTour = (transitions: number, states: number): number =>
  transitions * 6 + states * 16;

/** What is known of each transition, by entry: 1 where it is taken, or cannot be taken. */
export interface Coverage {
  readonly taken: Uint8Array;
  readonly blocked: Uint8Array;
}

export const noCoverage = (transitions: number): Coverage => ({
  taken: new Uint8Array(transitions),
  blocked: new Uint8Array(transitions),
});

export interface TourOptions {
  readonly coverage?: Coverage;
  /** Of several shortest ways, take the last instead of the first. */
  readonly backwards?: boolean;
  /** Transitions that need not be taken any more once this one is; it may be among them. Default: it alone. */
  readonly along?: (entry: number) => Iterable<number>;
}

/** Where to go next: a transition (an entry of `successors`), a fresh start, or nowhere. */
export type Next = { readonly entry: number } | 'start over' | 'done';

/**
 * Plans walks from the first state that take every open transition. At each state it takes one not
 * yet taken; where there is none it goes the shortest way to a state that has one, from where it
 * stands or, if that is shorter, from the start.
 */
class Tour {
  readonly #taken: Uint8Array;
  readonly #blocked: Uint8Array;
  /** Transitions of a state that are neither taken nor blocked. */
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
    // A start costs about as much as a step.
    if (here === undefined || (fresh !== undefined && fresh.length + 1 < here.length))
      return 'start over';
    this.#route = here;
    return { entry: this.#route.pop()! };
  }

  /** Whether the transition was still open. */
  take(entry: number): boolean {
    const isNews = this.#isOpen(entry);
    for (const other of this.along(entry)) {
      if (this.#isOpen(other)) this.#open[this.successors.source(other)]!--;
      this.#taken[other] = 1;
    }
    return isNews;
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
 * Paths, as lists of entries of `successors`, that take every transition which is neither taken
 * nor blocked, none of them longer than `longest` steps; what lies further from the start is left.
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
  let news = false;
  for (let next = plan.next(state); next !== 'done'; next = plan.next(state)) {
    if (next === 'start over' || path.length >= longest) {
      // From the start the way leads straight to the nearest open transition: none is near enough.
      if (!news) return;
      yield path;
      plan.forgetRoute();
      path = [];
      news = false;
      state = 0;
    } else {
      if (plan.take(next.entry)) news = true;
      path.push(next.entry);
      state = successors.to(next.entry);
    }
  }
  if (path.length > 0) yield path;
}
