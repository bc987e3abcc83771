import type { SuccessorGraph } from '../store/successorGraph.js';

/** The incoming transitions of each state of a graph. */
export interface Predecessors {
  /** By transition: the state it starts from. */
  readonly from: Int32Array;
  /** Transitions that lead to state `n` are `entries` from `begin[n]` up to, not including, `begin[n + 1]`. */
  readonly begin: Int32Array;
  readonly entries: Int32Array;
}

/** Builds the predecessors of a graph with this many states, in time linear in its size. */
export function predecessors(graph: SuccessorGraph, states: number): Predecessors {
  const from = new Int32Array(graph.size);
  const begin = new Int32Array(states + 1);
  const entries = new Int32Array(graph.size);
  for (let state = 0; state < states; state++)
    from.fill(state, graph.rowStart(state), graph.rowStart(state + 1));
  for (let entry = 0; entry < graph.size; entry++) begin[graph.to(entry) + 1]!++;
  for (let state = 0; state < states; state++) begin[state + 1]! += begin[state]!;
  const next = begin.slice();
  for (let entry = 0; entry < graph.size; entry++) entries[next[graph.to(entry)]!++] = entry;
  return { from, begin, entries };
}
