import type { CompiledSystem } from '../../interpret/compiledSystem.js';
import { outcomeParts } from '../../interpret/outcomeParts.js';
import { play } from '../../interpret/play.js';
import type { Json } from '../../model/network.js';
import type { TraceStep } from '../../paths/format.js';
import { outcomeText } from '../../paths/storyFormat.js';
import type { Check } from '../../search/check.js';

/** A path of transitions with everything that a paths format writes about it. */
export const traceSteps = ({ compiled, successors }: Check, path: readonly number[]): TraceStep[] =>
  traceCalls(
    compiled,
    path.map((entry) => successors!.stimulus(entry)),
  );

/** The same for a path of stimuli. */
export function traceCalls(compiled: CompiledSystem, stimuli: readonly number[]): TraceStep[] {
  const { network } = compiled;
  return Array.from(play(compiled, stimuli), ({ stimulus, emitted, after }) => {
    return {
      call: stimulus.description,
      outcome: outcomeText(outcomeParts(network, emitted, after)),
      stimulus,
      report: network.outcomeData?.(emitted, after) ?? (emitted as readonly unknown[] as Json),
    };
  });
}
