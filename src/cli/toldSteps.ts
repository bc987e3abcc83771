import type { Check } from '../engine/check.js';
import { outcomeParts } from '../engine/outcome.js';
import { play } from '../engine/story.js';
import type { Json } from '../model/network.js';
import type { ToldStep } from '../paths/format.js';

/** The outcome of a call of which nothing was said: stories are read back, and there a call has an outcome. */
const SILENCE = 'nothing said';

/** A path of transitions with all that is told of it. */
export function toldSteps({ tables, successors }: Check, path: readonly number[]): ToldStep[] {
  const { network } = tables;
  const stimuli = path.map((entry) => successors!.stimulus(entry));
  return Array.from(play(tables, stimuli), ({ stimulus, said, after }) => {
    const parts = outcomeParts(network, said, after);
    return {
      call: stimulus.says,
      outcome: parts.length === 0 ? [SILENCE] : [...parts],
      stimulus,
      report: network.report?.(said, after) ?? (said as readonly unknown[] as Json),
    };
  });
}
