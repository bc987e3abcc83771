import { Successors } from '../../engine/successors.js';
import { type Criterion, leftOpen } from '../criterion.js';
import { postman } from '../postman.js';

/** Every two transitions in a row, and each that none can precede or follow. */
export const criterion: Criterion = {
  counts: 'pairs of transitions',
  plan: async ({ check, longest, given, signal }) => {
    const graph = check.successors!;
    const rows = inARow(graph);
    const first = rows.begin(1);
    const alone = aloneIn(graph);
    const of = rows.size - first + alone.size;
    const takes = function* (path: readonly number[]) {
      for (const [i, entry] of path.entries())
        if (i > 0) yield pairOf(graph, rows, path[i - 1]!, entry) - first;
        else if (alone.has(entry)) yield alone.get(entry)! + rows.size - first;
    };
    const left = leftOpen(of, given, takes);
    const open = new Uint8Array(rows.size);
    open.set(left.subarray(0, rows.size - first), first);
    for (const [entry, number] of alone) open[entry] = left[number + rows.size - first]!;
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
 * transition `n`, and state 0, from which the first ones follow, is none.
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

/** The step of `inARow` that two transitions are. */
const pairOf = (graph: Successors, rows: Successors, one: number, other: number): number =>
  rows.begin(one + 1) + other - graph.begin(graph.to(one));

/** Transitions that are in no pair, numbered: out of a first state to which nothing leads, into states where all is over. */
function aloneIn(graph: Successors): Map<number, number> {
  const alone = new Map<number, number>();
  for (let entry = 0; entry < graph.size; entry++) if (graph.to(entry) === 0) return alone;
  for (let entry = 0; entry < graph.begin(1); entry++)
    if (graph.begin(graph.to(entry)) === graph.begin(graph.to(entry) + 1))
      alone.set(entry, alone.size);
  return alone;
}

function* unrowed(paths: Iterable<readonly number[]>, rows: Successors) {
  for (const path of paths) yield { steps: path.map((row) => rows.to(row) - 1) };
}
