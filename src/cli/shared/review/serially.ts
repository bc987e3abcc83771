import type { CompiledSystem } from '../../../interpret/compiledSystem.js';
import { changedParts } from '../../../paths/changedParts.js';
import type { RuleResult } from '../../../search/check.js';
import { storySteps } from '../render/storyLines.js';

/** For a `serializable` rule: what its overlapping calls do one after the other, a sentence for each order. */
export function serially(
  compiled: CompiledSystem,
  { classes: [first] = [] }: RuleResult<never>,
): readonly string[] {
  const { path, overlap } = first ?? {};
  if (path === undefined || overlap === undefined) return [];
  const { begin, orders } = overlap;
  return orders.map((order) => {
    const steps = storySteps(compiled, [...path.slice(0, begin), ...order]);
    const calls = steps.slice(begin).map(({ call, outcome }, i) => {
      const known = steps[begin + i - 1]?.outcome ?? outcome;
      return `"${call}" (${changedParts(outcome, known).join('; ')})`;
    });
    return `One after the other, after step ${begin}: ${calls.join(', then ')}.`;
  });
}
