import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Walk } from './walk.js';

/** Maximum number of stories to try, and of states to expand, so that shrinking is fast in a large network too. */
const ENOUGH = 1_000;

/** Shortest paths through a network, found breadth-first and on demand. */
export class ShortestWalks {
  readonly #byPlace = new Map<string, readonly number[]>();
  /** A shortest path to each state, in the order of discovery. */
  readonly #queue: (readonly number[])[] = [[]];
  /** Every call from the states expanded so far, each after a shortest path to its state. */
  readonly #stories: (readonly number[])[] = [];
  #expanded = 0;

  constructor(readonly compiled: CompiledSystem) {
    this.#byPlace.set(new Walk(compiled).place, []);
  }

  /** A shortest path to a reachable state; undefined if the state is beyond the bound of the search. */
  to(place: string): readonly number[] | undefined {
    while (!this.#byPlace.has(place) && this.#expand());
    return this.#byPlace.get(place);
  }

  /** Shortest paths with one call more that have fewer than `length` calls, the shortest first; at most 1,000. */
  *shorterThan(length: number): Generator<readonly number[]> {
    for (let i = 0; i < ENOUGH; i++) {
      while (i === this.#stories.length) if (!this.#expand()) return;
      const story = this.#stories[i]!;
      if (story.length >= length) return;
      yield story;
    }
  }

  /** Expands the next state; false if there is none, or the bound is reached. */
  #expand(): boolean {
    const calls = this.#queue[this.#expanded];
    if (calls === undefined || this.#expanded === ENOUGH) return false;
    this.#expanded++;
    const here = this.#walk(calls);
    for (const stimulus of here.offered().filter((offered) => here.plays(offered))) {
      const story = [...calls, stimulus];
      this.#stories.push(story);
      const { place } = this.#walk(story);
      if (this.#byPlace.has(place)) continue;
      this.#byPlace.set(place, story);
      this.#queue.push(story);
    }
    return true;
  }

  #walk(calls: readonly number[]): Walk {
    const walk = new Walk(this.compiled);
    for (const stimulus of calls) walk.take(stimulus);
    return walk;
  }
}
