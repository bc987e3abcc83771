import type { SuccessorGraph } from '../store/successorGraph.js';

/**
 * A lower bound on the steps of any covering, from the potentials (dual prices) alone. A potential falls by at
 * most one along each transition, and no state has a higher potential than the first. A path from a state to one with a
 * lower potential therefore needs at least the difference in steps. Throws if the potentials do not have that form.
 */
export function dualLowerBound(
  graph: SuccessorGraph,
  states: number,
  required: Uint8Array,
  potentials: Int32Array,
): number {
  let bound = 0;
  for (let state = 0; state < states; state++) {
    if (potentials[state]! > potentials[0]!)
      throw new Error(`state ${state} has a higher potential than the first state`);
    for (let entry = graph.rowStart(state), end = graph.rowStart(state + 1); entry < end; entry++) {
      const gain = potentials[graph.to(entry)]! - potentials[state]!;
      if (gain < -1)
        throw new Error(`transition ${entry} decreases the potential by more than one`);
      if (required[entry] === 1) bound += 1 + gain;
    }
  }
  return bound;
}
