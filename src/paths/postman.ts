import type { Successors } from '../engine/successors.js';
import { balance } from './balance.js';
import { provenBound } from './bound.js';
import { circuit } from './circuit.js';
import { cut } from './cut.js';
import { goesOn } from './goesOn.js';
import { join } from './join.js';
import { Ways } from './ways.js';

export interface Round {
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
export async function postman(
  graph: Successors,
  states: number,
  open: Uint8Array,
  longest: number,
  signal?: AbortSignal,
): Promise<Round> {
  const interrupted = { paths: [], bound: undefined };
  const ways = new Ways(graph, states);
  const isNear = (entry: number) => {
    const steps = ways.steps[ways.from[entry]!]!;
    return steps >= 0 && steps < longest;
  };
  const required = open.map((is, entry) => (is === 1 && isNear(entry) ? 1 : 0));
  if (!(await goesOn(signal))) return interrupted;
  const balanced = await balance(graph, states, required, signal);
  if (balanced === undefined) return interrupted;
  const bound = provenBound(graph, states, required, balanced.prices);
  if (!(await goesOn(signal))) return interrupted;
  join(graph, required, balanced, ways);
  const round = await circuit(graph, required, balanced, signal);
  if (round === undefined) return interrupted;
  const paths = await cut(round, required, ways, longest, signal);
  return paths === undefined ? interrupted : { bound, paths };
}
