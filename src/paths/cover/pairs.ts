import { Successors } from '../../engine/successors.js';
import { number } from '../../model/numbers.js';
import { type Criterion, leftOpen, noMemory, unnamed } from '../criterion.js';
import { PairNumbers } from '../pairNumbers.js';
import { bytesOfPairWalks, pairWalks } from '../pairWalks.js';
import { bytesOfPostman, postman } from '../postman.js';

const counts = 'pairs of transitions';

/** Every two transitions in a row, and each that none can precede or follow. They are counted before any is made. */
export const criterion: Criterion = {
  counts,
  plan: async ({ check, longest, given, signal, mayHold }) => {
    const graph = check.successors!;
    const { states } = check.exploration;
    const numbers = new PairNumbers(graph);
    const { of } = numbers;
    const takes = (path: readonly number[]) => numbers.taken(path);
    if (!mayHold(bytesOfPostman(of, graph.size))) {
      if (!mayHold(bytesOfPairWalks(graph, states, of))) return noMemory(of, counts);
      return {
        of,
        takes,
        paths: unnamed(pairWalks(graph, states, numbers, given, longest)),
        note: `${number(of)} ${counts} are too many for the fewest steps within --memory: taken as they come`,
      };
    }
    const rows = inARow(graph);
    const first = rows.begin(1);
    const left = leftOpen(of, given, takes);
    const open = new Uint8Array(rows.size);
    open.set(left.subarray(0, numbers.inARow), first);
    for (const [entry, number] of numbers.alone) open[entry] = left[number]!;
    const { paths, bound } = await postman(rows, graph.size + 1, open, longest, signal);
    return {
      of,
      takes,
      paths: unrowed(paths, rows),
      ...(bound === undefined ? {} : { lowerBound: bound }),
    };
  },
};

/**
 * The graph in which a step leads from a transition to one that can follow it: state `n + 1` is
 * transition `n`, and state 0, from which the first ones follow, is none. Its steps from `begin(1)` on are the pairs, in
 * the order of their numbers.
 */
function inARow(graph: Successors): Successors {
  const rows = new Successors();
  const follow = (row: number, state: number) => {
    for (let entry = graph.begin(state), end = graph.begin(state + 1); entry < end; entry++)
      rows.add(row, 0, entry + 1);
  };
  follow(0, 0);
  for (let entry = 0; entry < graph.size; entry++) follow(entry + 1, graph.to(entry));
  return rows;
}

function* unrowed(paths: Iterable<readonly number[]>, rows: Successors) {
  for (const path of paths) yield { steps: path.map((row) => rows.to(row) - 1) };
}
