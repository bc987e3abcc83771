import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Walk } from './walk.js';

/** Stories that are tried, and states that are expanded, at most: a walk shrinks soon, however large the network is. */
const ENOUGH = 1_000;

/** Shortest ways through a network, found breadth-first and only as far as somebody asks. */
export class ShortestWalks {
  readonly #ways = new Map<string, readonly number[]>();
  /** States in the order in which they were found. */
  readonly #queue: (readonly number[])[] = [[]];
  /** Every call from the states expanded so far, each behind a shortest way to where it is made. */
  readonly #stories: (readonly number[])[] = [];
  #expanded = 0;

  constructor(readonly tables: CompiledSystem) {
    this.#ways.set(new Walk(tables).place, []);
  }

  /** A shortest way to a place that can be reached; undefined if it is beyond what is searched. */
  to(place: string): readonly number[] | undefined {
    while (!this.#ways.has(place) && this.#expand());
    return this.#ways.get(place);
  }

  /** Shortest ways with one call more that have fewer than `length` calls, the shortest first; 1,000 at most. */
  *shorterThan(length: number): Generator<readonly number[]> {
    for (let i = 0; i < ENOUGH; i++) {
      while (i === this.#stories.length) if (!this.#expand()) return;
      const story = this.#stories[i]!;
      if (story.length >= length) return;
      yield story;
    }
  }

  /** Makes all calls of the next state; false if there is none, or it is enough. */
  #expand(): boolean {
    const way = this.#queue[this.#expanded];
    if (way === undefined || this.#expanded === ENOUGH) return false;
    this.#expanded++;
    const here = this.#walk(way);
    for (const stimulus of here.offered().filter((offered) => here.plays(offered))) {
      const story = [...way, stimulus];
      this.#stories.push(story);
      const { place } = this.#walk(story);
      if (this.#ways.has(place)) continue;
      this.#ways.set(place, story);
      this.#queue.push(story);
    }
    return true;
  }

  #walk(calls: readonly number[]): Walk {
    const walk = new Walk(this.tables);
    for (const stimulus of calls) walk.take(stimulus);
    return walk;
  }
}
