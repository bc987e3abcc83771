import type { Rule } from '../../model/network.js';

/** The kind of a rule: of a state, of a call, reachable, or recoverable. */
export function ruleKind({ always, step, possible }: Rule<never>): string {
  if (always !== undefined) return 'of a state';
  if (step !== undefined) return 'of a call';
  return possible !== undefined ? 'reachable' : 'recoverable';
}
