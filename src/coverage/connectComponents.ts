import type { SuccessorGraph } from '../store/successorGraph.js';
import type { MinCostFlow } from './minCostFlow.js';
import type { ShortestPathTree } from './shortestPathTree.js';

/**
 * Adds walks to a balanced flow until all transitions taken can be reached from the first state by transitions taken.
 * Each separate connected component gets a shortest path from the first state. Its steps add to the cost of the flow.
 */
export function connectComponents(
  graph: SuccessorGraph,
  required: Uint8Array,
  { again, ends }: MinCostFlow,
  tree: ShortestPathTree,
): void {
  const pieces = new UnionFind(ends.length);
  const isTaken = (entry: number) => required[entry]! + again[entry]! > 0;
  for (let entry = 0; entry < graph.size; entry++)
    if (isTaken(entry)) pieces.unite(tree.from[entry]!, graph.to(entry));
  for (const [state, walks] of ends.entries()) if (walks > 0) pieces.unite(state, 0);
  for (let entry = 0; entry < graph.size; entry++) {
    const state = tree.from[entry]!;
    if (!isTaken(entry) || pieces.of(state) === pieces.of(0)) continue;
    for (const step of tree.to(state)) {
      again[step]!++;
      pieces.unite(tree.from[step]!, graph.to(step));
    }
    ends[state]!++;
  }
}

/** Sets of connected states, each named by one of its states. */
class UnionFind {
  readonly #parent: Int32Array;

  constructor(states: number) {
    this.#parent = Int32Array.from({ length: states }, (_, state) => state);
  }

  of(state: number): number {
    let at = state;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]!]!;
      at = this.#parent[at]!;
    }
    return at;
  }

  unite(one: number, other: number): void {
    this.#parent[this.of(one)] = this.of(other);
  }
}
