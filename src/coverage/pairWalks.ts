import type { SuccessorGraph } from '../store/successorGraph.js';
import { BitSet } from './bitSet.js';
import { NearestSearch } from './nearestSearch.js';
import type { PairNumbers } from './pairNumbers.js';

/**
 * Bytes that these walks need: by transition, by state, and by pair. Includes the numbers of the pairs, and the set
 * that counts the pairs of written paths.
 */
export const bytesOfPairWalks = (graph: SuccessorGraph, states: number, pairs: number): number =>
  graph.size * 16 + states * 16 + pairs / 4;

/**
 * Generates walks that take every pair of transitions. After each transition they take one that has not followed it
 * before; if there is none, they take a shortest path to a transition that has one. The walks have more steps than
 * necessary, but need only one bit of memory for each pair. Pairs that lie further from the start than `longest` steps
 * are left out.
 */
export function* pairWalks(
  graph: SuccessorGraph,
  states: number,
  numbers: PairNumbers,
  given: readonly (readonly number[])[],
  longest: number,
): Generator<number[]> {
  const open = new OpenPairs(graph, states, numbers);
  for (const path of given) open.take(path);
  for (const entry of open.alone()) yield [entry];
  const nearest = new NearestSearch(graph, states, (state) => open.isLeftBehind(state));
  let path: number[] = [];
  for (;;) {
    const last = path.at(-1);
    const next = last === undefined ? undefined : open.after(last);
    if (next !== undefined && path.length < longest) {
      open.take([last!, next]);
      path.push(next);
      continue;
    }
    const state = last === undefined ? 0 : graph.to(last);
    const approach = path.length < longest ? nearest.from(state) : undefined;
    if (approach !== undefined && path.length + approach.length + 2 <= longest) {
      const goal = approach.length === 0 ? state : graph.to(approach[0]!);
      const first = open.at(goal);
      for (const entry of [...approach.reverse(), first]) {
        if (path.length > 0) open.take([path.at(-1)!, entry]);
        path.push(entry);
      }
    } else if (path.length > 0) {
      yield path;
      path = [];
    } else return;
  }
}

/** The pairs that no walk has taken yet. */
class OpenPairs {
  readonly #taken: BitSet;
  /** By transition: how many open pairs begin with it, and the first candidate to follow it next. */
  readonly #left: Int32Array;
  readonly #next: Int32Array;
  /** By state: how many transitions leave it and begin open pairs. */
  readonly #leaving: Int32Array;

  constructor(
    readonly graph: SuccessorGraph,
    states: number,
    readonly numbers: PairNumbers,
  ) {
    this.#taken = new BitSet(numbers.of);
    this.#left = new Int32Array(graph.size);
    this.#next = new Int32Array(graph.size);
    this.#leaving = new Int32Array(states);
    for (let state = 0; state < states; state++)
      for (
        let entry = graph.rowStart(state), end = graph.rowStart(state + 1);
        entry < end;
        entry++
      ) {
        const to = graph.to(entry);
        this.#next[entry] = graph.rowStart(to);
        this.#left[entry] = graph.rowStart(to + 1) - graph.rowStart(to);
        if (this.#left[entry]! > 0) this.#leaving[state]!++;
      }
  }

  /** Marks all items of a path as taken. */
  take(path: readonly number[]): void {
    for (let i = 0; i < path.length; i++) {
      const entry = path[i]!;
      if (i === 0) {
        const alone = this.numbers.alone.get(entry);
        if (alone !== undefined) this.#taken.add(alone);
      } else if (this.#taken.add(this.numbers.pair(path[i - 1]!, entry))) {
        const one = path[i - 1]!;
        if (--this.#left[one]! === 0) this.#leaving[this.graph.source(one)]!--;
      }
    }
  }

  /** A transition that has not followed this one yet. */
  after(entry: number): number | undefined {
    if (this.#left[entry] === 0) return undefined;
    while (this.#taken.has(this.numbers.pair(entry, this.#next[entry]!))) this.#next[entry]!++;
    return this.#next[entry]!;
  }

  isLeftBehind(state: number): boolean {
    return this.#leaving[state]! > 0;
  }

  /** A transition that leaves this state and begins an open pair; there must be one. */
  at(state: number): number {
    let entry = this.graph.rowStart(state);
    while (this.#left[entry] === 0) entry++;
    return entry;
  }

  /** Transitions in no pair that are not taken yet. */
  alone(): number[] {
    return [...this.numbers.alone].flatMap(([entry, n]) => (this.#taken.has(n) ? [] : [entry]));
  }
}
