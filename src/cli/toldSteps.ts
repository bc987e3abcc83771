import type { Check } from '../engine/check.js';
import { outcomeParts } from '../engine/outcome.js';
import { play } from '../engine/story.js';
import type { Json } from '../model/network.js';
import type { ToldStep } from '../paths/format.js';
import { heard } from '../paths/storyText.js';

/** A path of transitions with all that is told of it. */
export function toldSteps({ tables, successors }: Check, path: readonly number[]): ToldStep[] {
  const { network } = tables;
  const stimuli = path.map((entry) => successors!.stimulus(entry));
  return Array.from(play(tables, stimuli), ({ stimulus, said, after }) => {
    return {
      call: stimulus.says,
      outcome: heard(outcomeParts(network, said, after)),
      stimulus,
      report: network.report?.(said, after) ?? (said as readonly unknown[] as Json),
    };
  });
}
