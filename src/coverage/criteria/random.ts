import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { SuccessorGraph } from '../../store/successorGraph.js';
import { type Criterion, noMemory, unnamed } from '../criterion.js';

const counts = 'transitions';

/**
 * Random walks, reproducible by their seed: all transitions of a state are equally likely. Their coverage is counted in
 * transitions.
 */
export const criterion: Criterion = {
  counts,
  options: ['seed', 'paths'],
  samples: true,
  plan: async ({ check, longest, seed, paths, mayHold }) => {
    const of = check.successors!.size;
    if (!mayHold(longest * 16)) return noMemory(of, counts);
    return {
      of,
      covers: (path) => path,
      paths: unnamed(walks(check.successors!, seed, paths, longest)),
    };
  },
};

function* walks(
  graph: SuccessorGraph,
  seed: number,
  count: number,
  longest: number,
): Generator<number[]> {
  const random = xoroshiro128plus(seed);
  for (let walk = 0; walk < count; walk++) {
    const path: number[] = [];
    for (let state = 0; path.length < longest; state = graph.to(path.at(-1)!)) {
      const begin = graph.rowStart(state);
      const end = graph.rowStart(state + 1);
      if (begin === end) break;
      path.push(uniformInt(random, begin, end - 1));
    }
    if (path.length > 0) yield path;
  }
}
