import type { SuccessorGraph } from '../store/successorGraph.js';
import { connectComponents } from './connectComponents.js';
import { dualLowerBound } from './dualLowerBound.js';
import { eulerCircuit } from './eulerCircuit.js';
import { keepGoing } from './keepGoing.js';
import { minCostFlow } from './minCostFlow.js';
import { ShortestPathTree } from './shortestPathTree.js';
import { splitTour } from './splitTour.js';

export interface TourResult {
  /** Paths of at most `longest` steps, as transitions, that take all that is open and near enough. */
  readonly paths: Iterable<readonly number[]>;
  /** Steps that no such paths can do without, however long they may be; undefined: interrupted. */
  readonly bound: number | undefined;
}

/** Bytes that the round needs, as it was measured; nothing has a bound where a graph has more than 2 ** 30 transitions. */
export const bytesOfPostman = (transitions: number, states: number): number =>
  transitions < 2 ** 30 ? transitions * 64 + states * 64 : Number.POSITIVE_INFINITY;

/**
 * The postman's round: paths from the first state that take each `open` transition in few steps. Without
 * a limit of length they are the fewest there can be wherever what is open hangs together, since walks and bound then agree.
 */
export async function ruralPostman(
  graph: SuccessorGraph,
  states: number,
  open: Uint8Array,
  longest: number,
  signal?: AbortSignal,
): Promise<TourResult> {
  const interrupted = { paths: [], bound: undefined };
  const ways = new ShortestPathTree(graph, states);
  const isNear = (entry: number) => {
    const steps = ways.steps[ways.from[entry]!]!;
    return steps >= 0 && steps < longest;
  };
  const required = open.map((is, entry) => (is === 1 && isNear(entry) ? 1 : 0));
  if (!(await keepGoing(signal))) return interrupted;
  const balanced = await minCostFlow(graph, states, required, signal);
  if (balanced === undefined) return interrupted;
  const bound = dualLowerBound(graph, states, required, balanced.potentials);
  if (!(await keepGoing(signal))) return interrupted;
  connectComponents(graph, required, balanced, ways);
  const round = await eulerCircuit(graph, required, balanced, signal);
  if (round === undefined) return interrupted;
  const paths = await splitTour(round, required, ways, longest, signal);
  return paths === undefined ? interrupted : { bound, paths };
}
