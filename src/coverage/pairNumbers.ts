import type { SuccessorGraph } from '../store/successorGraph.js';

/** Numbers the items of `--cover pairs`: every two consecutive transitions, then each transition that is in no pair. */
export class PairNumbers {
  /** Number of items: for each state its incoming times its outgoing transitions, plus the transitions in no pair. */
  readonly of: number;
  /** How many of the items are pairs. */
  readonly inARow: number;
  /** By transition: the number of the first pair that begins with it. */
  readonly #first: Float64Array;
  readonly #alone: ReadonlyMap<number, number>;

  constructor(readonly graph: SuccessorGraph) {
    this.#first = new Float64Array(graph.size);
    let count = 0;
    for (let entry = 0; entry < graph.size; entry++) {
      this.#first[entry] = count;
      count += graph.rowStart(graph.to(entry) + 1) - graph.rowStart(graph.to(entry));
    }
    const alone = aloneIn(graph);
    this.#alone = new Map(alone.map((entry, i) => [entry, count + i]));
    this.inARow = count;
    this.of = count + alone.length;
  }

  /** Number of the pair of two consecutive transitions. */
  pair(one: number, other: number): number {
    return this.#first[one]! + other - this.graph.rowStart(this.graph.to(one));
  }

  /** Transitions that are in no pair, and their numbers. */
  get alone(): ReadonlyMap<number, number> {
    return this.#alone;
  }

  /** Numbers of all items that a path covers. */
  *taken(path: readonly number[]): Generator<number> {
    for (let i = 0; i < path.length; i++) {
      const entry = path[i]!;
      if (i > 0) yield this.pair(path[i - 1]!, entry);
      else if (this.#alone.has(entry)) yield this.#alone.get(entry)!;
    }
  }
}

/** Transitions in no pair: from a first state without incoming transitions to states without outgoing ones. */
function aloneIn(graph: SuccessorGraph): number[] {
  for (let entry = 0; entry < graph.size; entry++) if (graph.to(entry) === 0) return [];
  const firsts = Array.from({ length: graph.rowStart(1) }, (_, entry) => entry);
  return firsts.filter(
    (entry) => graph.rowStart(graph.to(entry)) === graph.rowStart(graph.to(entry) + 1),
  );
}
