import type { SuccessorGraph } from '../store/successorGraph.js';

/** What `--cover pairs` counts, numbered: every two transitions in a row, and then each that is in no pair. */
export class PairNumbers {
  /** How many there are: by state as many as transitions that lead there, times those that leave it; and those alone. */
  readonly of: number;
  /** How many of them are two in a row. */
  readonly inARow: number;
  /** By transition: the number of the first pair that it begins. */
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

  /** Of two transitions in a row. */
  pair(one: number, other: number): number {
    return this.#first[one]! + other - this.graph.rowStart(this.graph.to(one));
  }

  /** By transition that is in no pair. */
  get alone(): ReadonlyMap<number, number> {
    return this.#alone;
  }

  /** All that a path takes. */
  *taken(path: readonly number[]): Generator<number> {
    for (let i = 0; i < path.length; i++) {
      const entry = path[i]!;
      if (i > 0) yield this.pair(path[i - 1]!, entry);
      else if (this.#alone.has(entry)) yield this.#alone.get(entry)!;
    }
  }
}

/** Transitions that are in no pair: out of a first state to which nothing leads, into states where all is over. */
function aloneIn(graph: SuccessorGraph): number[] {
  for (let entry = 0; entry < graph.size; entry++) if (graph.to(entry) === 0) return [];
  const firsts = Array.from({ length: graph.rowStart(1) }, (_, entry) => entry);
  return firsts.filter(
    (entry) => graph.rowStart(graph.to(entry)) === graph.rowStart(graph.to(entry) + 1),
  );
}
