import type { SuccessorGraph } from '../store/successorGraph.js';

const UNREACHED = -1;

/** Shortest paths from the first state. */
export class ShortestPathTree {
  /** By state: steps from the first state; -1 if it is unreachable. */
  readonly steps: Int32Array;
  /** By transition: the state it starts from. */
  readonly from: Int32Array;
  readonly #via: Int32Array;

  constructor(graph: SuccessorGraph, states: number) {
    this.steps = new Int32Array(states).fill(UNREACHED);
    this.from = new Int32Array(graph.size);
    this.#via = new Int32Array(states);
    for (let state = 0; state < states; state++)
      this.from.fill(state, graph.rowStart(state), graph.rowStart(state + 1));
    const queue = new Int32Array(states);
    this.steps[0] = 0;
    for (let head = 0, tail = 1; head < tail; head++) {
      const state = queue[head]!;
      for (
        let entry = graph.rowStart(state), end = graph.rowStart(state + 1);
        entry < end;
        entry++
      ) {
        const pathTo = graph.to(entry);
        if (this.steps[pathTo] !== UNREACHED) continue;
        this.steps[pathTo] = this.steps[state]! + 1;
        this.#via[pathTo] = entry;
        queue[tail++] = pathTo;
      }
    }
  }

  /** The transitions of a shortest path to a state. */
  to(state: number): number[] {
    const path: number[] = [];
    for (let at = state; at !== 0; at = this.from[this.#via[at]!]!) path.push(this.#via[at]!);
    return path.reverse();
  }
}
