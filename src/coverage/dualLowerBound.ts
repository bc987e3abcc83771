import type { SuccessorGraph } from '../store/successorGraph.js';

/**
 * The steps that no covering can do without, by prices alone: each transition goes down by a step at most,
 * and nothing is dearer than the first state, so what leaves a dear state and comes to a cheap one
 * pays the difference in steps. Throws if the prices do not have that form.
 */
export function dualLowerBound(
  graph: SuccessorGraph,
  states: number,
  required: Uint8Array,
  prices: Int32Array,
): number {
  let bound = 0;
  for (let state = 0; state < states; state++) {
    if (prices[state]! > prices[0]!) throw new Error(`state ${state} is dearer than a fresh start`);
    for (let entry = graph.rowStart(state), end = graph.rowStart(state + 1); entry < end; entry++) {
      const gain = prices[graph.to(entry)]! - prices[state]!;
      if (gain < -1) throw new Error(`transition ${entry} goes down by more than a step`);
      if (required[entry] === 1) bound += 1 + gain;
    }
  }
  return bound;
}
