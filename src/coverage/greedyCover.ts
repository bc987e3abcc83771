import type { CoverageGoals } from './coverageGoals.js';
import type { CoverageInput, Plan, PlannedPath } from './criterion.js';
import { whyIncomplete } from './criterion.js';
import { ShortestPathTree } from './shortestPathTree.js';

/** A shortest path to each goal, the furthest first: a goal that an earlier path covers needs no path of its own. */
export function greedyCover({ check, longest, given }: CoverageInput, goals: CoverageGoals): Plan {
  const { all, first } = goals;
  const seen = [...all.keys()].filter((goal) => first[goal] !== undefined);
  const numbers = new Map(seen.map((goal, number) => [goal, number]));
  const covers = function* (path: readonly number[]) {
    for (const entry of path) for (const goal of goals.at(entry)) yield numbers.get(goal)!;
  };
  const tree = new ShortestPathTree(check.successors!, check.exploration.states);
  const distance = (number: number) => tree.steps[tree.from[first[seen[number]!]!]!]! + 1;
  const paths = function* (): Generator<PlannedPath> {
    const open = whyIncomplete(seen.length, given, covers);
    const near = [...seen.keys()].filter((n) => open[n] === 1 && distance(n) <= longest);
    near.sort((a, b) => distance(b) - distance(a) || a - b);
    const isStory = (number: number) => all[seen[number]!]!.isStory === true;
    // Goals with a path of their own come first: all of those paths are written, and they cover other goals in passing.
    for (const number of [...near.filter(isStory), ...near.filter((n) => !isStory(n))]) {
      if (open[number] === 0 && !isStory(number)) continue;
      const goal = seen[number]!;
      const steps = [...tree.to(tree.from[first[goal]!]!), first[goal]!];
      for (const shown of covers(steps)) open[shown] = 0;
      yield { description: all[goal]!.description, steps };
    }
  };
  return { of: seen.length, covers, paths: paths() };
}
