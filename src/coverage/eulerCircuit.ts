import type { SuccessorGraph } from '../store/successorGraph.js';
import { keepGoing, SLICE } from './keepGoing.js';
import type { MinCostFlow } from './minCostFlow.js';

/** In a circuit: a reset to the first state. */
export const RESET = -1;

/**
 * One walk from the first state that takes each transition as often as `required` and the flow say, by Hierholzer's
 * algorithm: transitions, with RESET where it starts over. The required transitions must be connected. Undefined:
 * interrupted.
 */
export async function eulerCircuit(
  graph: SuccessorGraph,
  required: Uint8Array,
  { again, ends }: MinCostFlow,
  signal?: AbortSignal,
): Promise<Int32Array | undefined> {
  const left = again.map((times, entry) => times + required[entry]!);
  const freshLeft = ends.slice();
  const length = sum(left) + sum(freshLeft);
  const next = Int32Array.from(ends, (_, state) => graph.rowStart(state));
  /** The transitions of the walk so far; `states` has the state that each leads to. */
  const via = new Int32Array(length + 1);
  const states = new Int32Array(length + 1);
  const circuit = new Int32Array(length);
  let at = 0;
  let done = length;
  for (let round = 1; at >= 0; round++) {
    if (round % SLICE === 0 && !(await keepGoing(signal))) return undefined;
    const state = states[at]!;
    const end = graph.rowStart(state + 1);
    let entry = next[state]!;
    while (entry < end && left[entry] === 0) entry++;
    next[state] = entry;
    if (entry < end) {
      left[entry]!--;
      via[++at] = entry;
      states[at] = graph.to(entry);
    } else if (freshLeft[state]! > 0) {
      freshLeft[state]!--;
      via[++at] = RESET;
      states[at] = 0;
    } else if (at-- > 0) circuit[--done] = via[at + 1]!;
  }
  if (done > 0) throw new Error('the required transitions are not connected');
  return circuit;
}

const sum = (numbers: Int32Array): number => numbers.reduce((total, n) => total + n, 0);
