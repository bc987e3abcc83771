import type { Successors } from '../engine/successors.js';

const UNREACHED = -1;

/** Shortest ways from the first state. */
export class Ways {
  /** By state: steps from the first one; -1 where nothing leads. */
  readonly steps: Int32Array;
  /** By transition: the state it starts from. */
  readonly from: Int32Array;
  readonly #via: Int32Array;

  constructor(graph: Successors, states: number) {
    this.steps = new Int32Array(states).fill(UNREACHED);
    this.from = new Int32Array(graph.size);
    this.#via = new Int32Array(states);
    for (let state = 0; state < states; state++)
      this.from.fill(state, graph.begin(state), graph.begin(state + 1));
    const queue = new Int32Array(states);
    this.steps[0] = 0;
    for (let head = 0, tail = 1; head < tail; head++) {
      const state = queue[head]!;
      for (let entry = graph.begin(state), end = graph.begin(state + 1); entry < end; entry++) {
        const to = graph.to(entry);
        if (this.steps[to] !== UNREACHED) continue;
        this.steps[to] = this.steps[state]! + 1;
        this.#via[to] = entry;
        queue[tail++] = to;
      }
    }
  }

  /** The transitions that lead to a state. */
  to(state: number): number[] {
    const way: number[] = [];
    for (let at = state; at !== 0; at = this.from[this.#via[at]!]!) way.push(this.#via[at]!);
    return way.reverse();
  }
}
