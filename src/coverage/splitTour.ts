import { RESET } from './eulerCircuit.js';
import { keepGoing, SLICE } from './keepGoing.js';
import type { ShortestPathTree } from './shortestPathTree.js';

/** Cost of a step, where a path costs 1: more than any number of paths, so that steps are saved first, then paths. */
const STEP = 2 ** 22;

const LEFT_OUT = -1;

/**
 * Splits a circuit into paths of at most `longest` steps, with the fewest steps that any split of this circuit has.
 * Each path takes a shortest path to the beginning of its piece. Transitions between two pieces that lead to nothing
 * new are left out. No required transition may begin further than `longest - 1` steps from the start. Undefined:
 * interrupted.
 */
export async function splitTour(
  circuit: Int32Array,
  required: Uint8Array,
  tree: ShortestPathTree,
  longest: number,
  signal?: AbortSignal,
): Promise<Iterable<number[]> | undefined> {
  const isFirst = firstTimes(circuit, required);
  /** By position in the circuit: the cost of the cheapest paths up to it, and the start of the last path's piece. */
  const cost = new Float64Array(circuit.length + 1);
  const pieceStart = new Int32Array(circuit.length + 1).fill(LEFT_OUT);
  /** Positions where a piece may begin, by increasing `value`: the cost of a piece that is still empty. */
  const begins = new Int32Array(circuit.length + 1);
  const value = (i: number) => cost[i]! + (tree.steps[tree.from[circuit[i]!]!]! - i) * STEP + 1;
  let head = 0;
  let tail = 0;
  for (let at = 0; at < circuit.length; at++) {
    if ((at + 1) % SLICE === 0 && !(await keepGoing(signal))) return undefined;
    const entry = circuit[at]!;
    cost[at + 1] = isFirst[at] === 1 ? Number.POSITIVE_INFINITY : cost[at]!;
    if (entry === RESET) {
      head = tail;
      continue;
    }
    // A step increases the distance from the start by at most one. So of two beginnings the earlier one exceeds the
    // limit first, or both do at once.
    const emptyCost = value(at);
    while (tail > head && value(begins[tail - 1]!) >= emptyCost) tail--;
    begins[tail++] = at;
    const isTooFarBack = (begin: number) =>
      tree.steps[tree.from[circuit[begin]!]!]! + at + 1 - begin > longest;
    while (head < tail && isTooFarBack(begins[head]!)) head++;
    if (head === tail) continue;
    const total = value(begins[head]!) + (at + 1) * STEP;
    if (total >= cost[at + 1]!) continue;
    cost[at + 1] = total;
    pieceStart[at + 1] = begins[head]!;
  }
  const pieces: number[] = [];
  for (let end = circuit.length; end > 0; )
    if (pieceStart[end] === LEFT_OUT) end--;
    else {
      pieces.push(end);
      end = pieceStart[end]!;
    }
  return pathsOf(circuit, pieceStart, pieces.reverse(), tree);
}

function* pathsOf(
  circuit: Int32Array,
  pieceStart: Int32Array,
  ends: readonly number[],
  tree: ShortestPathTree,
): Generator<number[]> {
  for (const end of ends) {
    const piece = circuit.subarray(pieceStart[end]!, end);
    yield [...tree.to(tree.from[piece[0]!]!), ...piece];
  }
}

/** By position: 1 if the circuit takes a required transition there for the first time. */
function firstTimes(circuit: Int32Array, required: Uint8Array): Uint8Array {
  const open = required.slice();
  return Uint8Array.from(circuit, (entry) => {
    if (entry === RESET || open[entry] === 0) return 0;
    open[entry] = 0;
    return 1;
  });
}
