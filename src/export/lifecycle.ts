import type { Life } from '../domain.js';
import type { Check } from '../search/check.js';
import { arrowsOf, type Chart } from './chart.js';
import { walked } from './walked.js';

/**
 * The life of one part, valid for each of them: every transition of the network as that part sees it. Calls that are
 * the same event for the part are merged.
 */
export function lifecycle<W>(
  check: Check<W>,
  life: Life<W>,
  description: readonly string[],
): Chart {
  const states = new Map<string, Set<string>>();
  const transitions = new Map<string, { from: string; to: string; label: string }>();
  const inside = (stage: string) => {
    const known = states.get(stage) ?? new Set();
    states.set(stage, known);
    return known;
  };
  for (const taken of walked(check)) {
    const after = life.stages(taken.after);
    const events = life.events(taken);
    for (const [part, from] of life.stages(taken.before).entries()) {
      const to = after[part]!;
      inside(from);
      inside(to);
      const label = events[part];
      if (label === undefined) continue;
      if (from === to) inside(from).add(label);
      else transitions.set(JSON.stringify([from, to, label]), { from, to, label });
    }
  }
  return {
    name: life.name,
    description,
    states: [...states].map(([name, labels]) => ({ name, inside: [...labels].sort() })),
    arrows: arrowsOf(
      [...transitions.values()].sort((a, b) =>
        a.label < b.label ? -1 : a.label > b.label ? 1 : 0,
      ),
    ),
    everywhere: [],
  };
}
