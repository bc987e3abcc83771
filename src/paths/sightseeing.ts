import type { Ground, Plan, Planned } from './criterion.js';
import { leftOpen } from './criterion.js';
import type { Sights } from './sights.js';
import { Ways } from './ways.js';

/** A shortest path to each sight, the furthest first: what is shown on the way to one needs no path of its own. */
export function sightseeing({ check, longest, given }: Ground, sights: Sights): Plan {
  const { all, first } = sights;
  const seen = [...all.keys()].filter((sight) => first[sight] !== undefined);
  const numbers = new Map(seen.map((sight, number) => [sight, number]));
  const takes = function* (path: readonly number[]) {
    for (const entry of path) for (const sight of sights.at(entry)) yield numbers.get(sight)!;
  };
  const ways = new Ways(check.successors!, check.exploration.states);
  const far = (number: number) => ways.steps[ways.from[first[seen[number]!]!]!]! + 1;
  const paths = function* (): Generator<Planned> {
    const open = leftOpen(seen.length, given, takes);
    const near = [...seen.keys()].filter((n) => open[n] === 1 && far(n) <= longest);
    near.sort((a, b) => far(b) - far(a) || a - b);
    const isStory = (number: number) => all[seen[number]!]!.isStory === true;
    // Stories come first, since all of them are told and show other things in passing.
    for (const number of [...near.filter(isStory), ...near.filter((n) => !isStory(n))]) {
      if (open[number] === 0 && !isStory(number)) continue;
      const sight = seen[number]!;
      const steps = [...ways.to(ways.from[first[sight]!]!), first[sight]!];
      for (const shown of takes(steps)) open[shown] = 0;
      yield { says: all[sight]!.says, steps };
    }
  };
  return { of: seen.length, takes, paths: paths() };
}
