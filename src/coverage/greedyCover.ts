import type { CoverageGoals } from './coverageGoals.js';
import type { CoverageInput, Plan, PlannedPath } from './criterion.js';
import { whyIncomplete } from './criterion.js';
import { ShortestPathTree } from './shortestPathTree.js';

/** A shortest path to each goal, the furthest first: a goal that an earlier path covers needs no path of its own. */
export function greedyCover({ check, longest, given }: CoverageInput, sights: CoverageGoals): Plan {
  const { all, first } = sights;
  const seen = [...all.keys()].filter((sight) => first[sight] !== undefined);
  const numbers = new Map(seen.map((sight, number) => [sight, number]));
  const covers = function* (path: readonly number[]) {
    for (const entry of path) for (const sight of sights.at(entry)) yield numbers.get(sight)!;
  };
  const ways = new ShortestPathTree(check.successors!, check.exploration.states);
  const far = (number: number) => ways.steps[ways.from[first[seen[number]!]!]!]! + 1;
  const paths = function* (): Generator<PlannedPath> {
    const open = whyIncomplete(seen.length, given, covers);
    const near = [...seen.keys()].filter((n) => open[n] === 1 && far(n) <= longest);
    near.sort((a, b) => far(b) - far(a) || a - b);
    const isStory = (number: number) => all[seen[number]!]!.isStory === true;
    // Goals with a path of their own come first: all of those paths are written, and they cover other goals in passing.
    for (const number of [...near.filter(isStory), ...near.filter((n) => !isStory(n))]) {
      if (open[number] === 0 && !isStory(number)) continue;
      const sight = seen[number]!;
      const steps = [...ways.to(ways.from[first[sight]!]!), first[sight]!];
      for (const shown of covers(steps)) open[shown] = 0;
      yield { description: all[sight]!.description, steps };
    }
  };
  return { of: seen.length, covers, paths: paths() };
}
