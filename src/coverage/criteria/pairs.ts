import { number } from '../../model/formatNumber.js';
import { SuccessorGraph } from '../../store/successorGraph.js';
import { type Criterion, noMemory, unnamed, whyIncomplete } from '../criterion.js';
import { PairNumbers } from '../pairNumbers.js';
import { bytesOfPairWalks, pairWalks } from '../pairWalks.js';
import { bytesOfPostman, ruralPostman } from '../ruralPostman.js';

const counts = 'pairs of transitions';

/** Every two consecutive transitions, and each transition in no pair. They are counted before any path is made. */
export const criterion: Criterion = {
  counts,
  plan: async ({ check, longest, given, signal, mayHold }) => {
    const graph = check.successors!;
    const { states } = check.exploration;
    const numbers = new PairNumbers(graph);
    const { of } = numbers;
    const covers = (path: readonly number[]) => numbers.taken(path);
    if (!mayHold(bytesOfPostman(of, graph.size))) {
      if (!mayHold(bytesOfPairWalks(graph, states, of))) return noMemory(of, counts);
      return {
        of,
        covers,
        paths: unnamed(pairWalks(graph, states, numbers, given, longest)),
        note: `${number(of)} ${counts} do not fit into --memory for a plan of the fewest steps; covering them greedily`,
      };
    }
    const rows = inARow(graph);
    const first = rows.rowStart(1);
    const left = whyIncomplete(of, given, covers);
    const open = new Uint8Array(rows.size);
    open.set(left.subarray(0, numbers.inARow), first);
    for (const [entry, number] of numbers.alone) open[entry] = left[number]!;
    const { paths, bound } = await ruralPostman(rows, graph.size + 1, open, longest, signal);
    return {
      of,
      covers,
      paths: unrowed(paths, rows),
      ...(bound === undefined ? {} : { lowerBound: bound }),
    };
  },
};

/**
 * The line graph: a step leads from a transition to one that can follow it. State `n + 1` is transition `n`; state 0 is
 * no transition, and leads to those of the first state. Its steps from `rowStart(1)` on are the pairs, in the order of
 * their numbers.
 */
function inARow(graph: SuccessorGraph): SuccessorGraph {
  const rows = new SuccessorGraph();
  const follow = (row: number, state: number) => {
    for (let entry = graph.rowStart(state), end = graph.rowStart(state + 1); entry < end; entry++)
      rows.add(row, 0, entry + 1);
  };
  follow(0, 0);
  for (let entry = 0; entry < graph.size; entry++) follow(entry + 1, graph.to(entry));
  return rows;
}

function* unrowed(paths: Iterable<readonly number[]>, rows: SuccessorGraph) {
  for (const path of paths) yield { steps: path.map((row) => rows.to(row) - 1) };
}
