import type { Successors } from '../engine/successors.js';

/** A graph, asked backwards. */
export interface Reversed {
  /** By transition: the state it starts from. */
  readonly from: Int32Array;
  /** Transitions that lead to state `n` are `entries` from `begin[n]` up to, not including, `begin[n + 1]`. */
  readonly begin: Int32Array;
  readonly entries: Int32Array;
}

export function reversed(graph: Successors, states: number): Reversed {
  const from = new Int32Array(graph.size);
  const begin = new Int32Array(states + 1);
  const entries = new Int32Array(graph.size);
  for (let state = 0; state < states; state++)
    from.fill(state, graph.begin(state), graph.begin(state + 1));
  for (let entry = 0; entry < graph.size; entry++) begin[graph.to(entry) + 1]!++;
  for (let state = 0; state < states; state++) begin[state + 1]! += begin[state]!;
  const next = begin.slice();
  for (let entry = 0; entry < graph.size; entry++) entries[next[graph.to(entry)]!++] = entry;
  return { from, begin, entries };
}
