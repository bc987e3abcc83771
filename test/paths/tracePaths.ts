import { transitionTour } from '../../src/coverage/transitionTour.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { outcomeParts } from '../../src/interpret/outcomeParts.js';
import { play } from '../../src/interpret/play.js';
import type { Network } from '../../src/model/network.js';
import type { TracePath } from '../../src/paths/format.js';
import { check } from '../../src/search/check.js';

/** Paths that take every transition of a network, in the form that formats receive. */
export async function tracePaths<W>(network: Network<W>, longest: number): Promise<TracePath[]> {
  const { compiled, exploration, successors } = await check(network, {
    rules: [],
    keepTransitions: true,
  });
  return Array.from(transitionTour(successors!, exploration.states, longest), (entries, i) =>
    tracePath(
      `path ${i + 1}`,
      compiled,
      entries.map((entry) => successors!.stimulus(entry)),
    ),
  );
}

/** One path of a network, by the descriptions of its calls. */
export const tracePathOf = <W>(
  description: string,
  network: Network<W>,
  calls: readonly string[],
): TracePath =>
  tracePath(
    description,
    new CompiledSystem(network),
    calls.map((call) => network.stimuli.findIndex((stimulus) => stimulus.description === call)),
  );

function tracePath<W>(
  description: string,
  compiled: CompiledSystem<W>,
  path: readonly number[],
): TracePath {
  const steps = Array.from(play(compiled, path), ({ stimulus, emitted, after }) => {
    const parts = outcomeParts(compiled.network as Network, emitted, after);
    const outcome = parts.length === 0 ? ['nothing said'] : [...parts];
    return {
      call: stimulus.description,
      outcome,
      stimulus,
      report: emitted.map(({ type }) => type),
    };
  });
  return { description, steps };
}
