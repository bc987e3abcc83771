import type { SuccessorGraph } from '../store/successorGraph.js';
import { connectComponents } from './connectComponents.js';
import { dualLowerBound } from './dualLowerBound.js';
import { eulerCircuit } from './eulerCircuit.js';
import { keepGoing } from './keepGoing.js';
import { minCostFlow } from './minCostFlow.js';
import { ShortestPathTree } from './shortestPathTree.js';
import { splitTour } from './splitTour.js';

/** The result of `ruralPostman`. */
export interface TourResult {
  /** Paths of at most `longest` steps, as transitions, that take all open transitions that are near enough. */
  readonly paths: Iterable<readonly number[]>;
  /** Lower bound on the total steps of such paths, however long each may be; undefined: interrupted. */
  readonly bound: number | undefined;
}

/** Bytes that the tour needs, as measured; infinite for a graph with 2 ** 30 transitions or more. */
export const bytesOfPostman = (transitions: number, states: number): number =>
  transitions < 2 ** 30 ? transitions * 64 + states * 64 : Number.POSITIVE_INFINITY;

/**
 * The rural postman problem: paths from the first state that take each `open` transition in few steps. Without a limit
 * of length the steps are minimal if the open transitions are connected, since the steps then equal the bound.
 */
export async function ruralPostman(
  graph: SuccessorGraph,
  states: number,
  open: Uint8Array,
  longest: number,
  signal?: AbortSignal,
): Promise<TourResult> {
  const interrupted = { paths: [], bound: undefined };
  const tree = new ShortestPathTree(graph, states);
  const isNear = (entry: number) => {
    const steps = tree.steps[tree.from[entry]!]!;
    return steps >= 0 && steps < longest;
  };
  const required = open.map((is, entry) => (is === 1 && isNear(entry) ? 1 : 0));
  if (!(await keepGoing(signal))) return interrupted;
  const balanced = await minCostFlow(graph, states, required, signal);
  if (balanced === undefined) return interrupted;
  const bound = dualLowerBound(graph, states, required, balanced.potentials);
  if (!(await keepGoing(signal))) return interrupted;
  connectComponents(graph, required, balanced, tree);
  const round = await eulerCircuit(graph, required, balanced, signal);
  if (round === undefined) return interrupted;
  const paths = await splitTour(round, required, tree, longest, signal);
  return paths === undefined ? interrupted : { bound, paths };
}
