import { type Criterion, noMemory, unnamed, whyIncomplete } from '../criterion.js';
import { predecessors } from '../predecessors.js';
import { ShortestPathTree } from '../shortestPathTree.js';
import { bytesOfTour, noCoverage, transitionTour } from '../transitionTour.js';

const counts = 'states besides the first';

/** Every state except the first, which holds before any call and needs no path. */
export const criterion: Criterion = {
  counts,
  plan: async ({ check, longest, given, mayHold }) => {
    const graph = check.successors!;
    const { states } = check.exploration;
    // Memory of the tour, the predecessors, and the shortest paths.
    if (!mayHold(bytesOfTour(graph.size, states) + graph.size * 12 + states * 24))
      return noMemory(states - 1, counts);
    const covers = function* (path: readonly number[]) {
      for (const entry of path) if (graph.to(entry) > 0) yield graph.to(entry) - 1;
    };
    const open = whyIncomplete(states - 1, given, covers);
    const isOpen = (state: number) => state > 0 && open[state - 1] === 1;
    const coverage = noCoverage(graph.size);
    for (let entry = 0; entry < graph.size; entry++)
      coverage.taken[entry] = isOpen(graph.to(entry)) ? 0 : 1;
    const { begin, entries } = predecessors(graph, states);
    /** Once one transition to a state is taken, the others that lead there need not be. */
    const along = (entry: number) => {
      const to = graph.to(entry);
      return entries.subarray(begin[to]!, begin[to + 1]!);
    };
    const { steps } = new ShortestPathTree(graph, states);
    return {
      of: states - 1,
      covers,
      paths: unnamed(transitionTour(graph, states, longest, { coverage, along })),
      // Each step reaches at most one open state.
      lowerBound: steps.filter((far, state) => isOpen(state) && far <= longest).length,
    };
  },
};
