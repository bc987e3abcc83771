import { type Criterion, leftOpen, unnamed } from '../criterion.js';
import { reversed } from '../reversed.js';
import { noCoverage, tour } from '../tour.js';
import { Ways } from '../ways.js';

/** Every state; the first one is there before any call. */
export const criterion: Criterion = {
  says: 'every state',
  counts: 'states',
  plan: async ({ check, longest, given }) => {
    const graph = check.successors!;
    const { states } = check.exploration;
    const takes = function* (path: readonly number[]) {
      yield 0;
      for (const entry of path) yield graph.to(entry);
    };
    const open = leftOpen(states, [[], ...given], takes);
    const coverage = noCoverage(graph.size);
    for (let entry = 0; entry < graph.size; entry++)
      coverage.taken[entry] = 1 - open[graph.to(entry)]!;
    const { begin, entries } = reversed(graph, states);
    /** Who takes one transition to a state has no more need of the others that lead there. */
    const along = (entry: number) => {
      const to = graph.to(entry);
      return entries.subarray(begin[to]!, begin[to + 1]!);
    };
    const { steps } = new Ways(graph, states);
    return {
      of: states,
      takes,
      paths: unnamed(tour(graph, states, longest, { coverage, along })),
      // A step comes to one state, and to none that is not open.
      lowerBound: steps.filter((far, state) => open[state] === 1 && far <= longest).length,
    };
  },
};
