import { check } from '../../src/engine/check.js';
import { outcomeParts } from '../../src/engine/outcome.js';
import { play } from '../../src/engine/story.js';
import { Tables } from '../../src/engine/tables.js';
import type { Network } from '../../src/model/network.js';
import type { ToldPath } from '../../src/paths/format.js';
import { tour } from '../../src/paths/tour.js';

/** Paths that take every transition of a network, as formats are given them. */
export async function told<W>(network: Network<W>, longest: number): Promise<ToldPath[]> {
  const { tables, exploration, successors } = await check(network, {
    rules: [],
    keepTransitions: true,
  });
  return Array.from(tour(successors!, exploration.states, longest), (entries, i) =>
    toldOf(
      `path ${i + 1}`,
      tables,
      entries.map((entry) => successors!.stimulus(entry)),
    ),
  );
}

/** One path of a network, by the words of its calls. */
export const toldBy = <W>(says: string, network: Network<W>, calls: readonly string[]): ToldPath =>
  toldOf(
    says,
    new Tables(network),
    calls.map((call) => network.stimuli.findIndex((stimulus) => stimulus.says === call)),
  );

function toldOf<W>(says: string, tables: Tables<W>, path: readonly number[]): ToldPath {
  const steps = Array.from(play(tables, path), ({ stimulus, said, after }) => {
    const parts = outcomeParts(tables.network as Network, said, after);
    const outcome = parts.length === 0 ? ['nothing said'] : [...parts];
    return { call: stimulus.says, outcome, stimulus, report: said.map(({ type }) => type) };
  });
  return { says, steps };
}
