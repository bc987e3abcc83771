import { check } from '../../src/engine/check.js';
import { outcomeParts } from '../../src/engine/outcome.js';
import { play } from '../../src/engine/story.js';
import type { Network } from '../../src/model/network.js';
import type { ToldPath } from '../../src/paths/format.js';
import { tour } from '../../src/paths/tour.js';

/** Paths that take every transition of a network, as formats are given them. */
export async function told<W>(network: Network<W>, longest: number): Promise<ToldPath[]> {
  const { tables, exploration, successors } = await check(network, {
    rules: [],
    keepTransitions: true,
  });
  return Array.from(tour(successors!, exploration.states, longest), (entries, i) => ({
    says: `path ${i + 1}`,
    steps: Array.from(
      play(
        tables,
        entries.map((entry) => successors!.stimulus(entry)),
      ),
      ({ stimulus, said, after }) => {
        const parts = outcomeParts(network, said, after);
        const outcome = parts.length === 0 ? ['nothing said'] : [...parts];
        return { call: stimulus.says, outcome, stimulus, report: said.map(({ type }) => type) };
      },
    ),
  }));
}
