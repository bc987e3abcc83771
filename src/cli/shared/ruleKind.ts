import type { Rule } from '../../model/network.js';

/** What a rule is about, of the four that there are. */
export function ruleKind({ always, step, possible }: Rule<never>): string {
  if (always !== undefined) return 'of a state';
  if (step !== undefined) return 'of a call';
  return possible !== undefined ? 'reachable' : 'recoverable';
}
