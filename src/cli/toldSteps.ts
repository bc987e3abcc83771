import type { Check } from '../engine/check.js';
import { outcomeParts } from '../engine/outcome.js';
import { play } from '../engine/story.js';
import type { Tables } from '../engine/tables.js';
import type { Json } from '../model/network.js';
import type { ToldStep } from '../paths/format.js';
import { heard } from '../paths/storyText.js';

/** A path of transitions with all that is told of it. */
export const toldSteps = ({ tables, successors }: Check, path: readonly number[]): ToldStep[] =>
  toldCalls(
    tables,
    path.map((entry) => successors!.stimulus(entry)),
  );

/** The same of a path of stimuli. */
export function toldCalls(tables: Tables, stimuli: readonly number[]): ToldStep[] {
  const { network } = tables;
  return Array.from(play(tables, stimuli), ({ stimulus, said, after }) => {
    return {
      call: stimulus.says,
      outcome: heard(outcomeParts(network, said, after)),
      stimulus,
      report: network.report?.(said, after) ?? (said as readonly unknown[] as Json),
    };
  });
}
