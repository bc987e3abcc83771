import { isLiveness } from '../../model/liveness.js';
import type { Rule } from '../../model/network.js';

/** The kind of a rule: of a state, of a call, of a path, of overlapping calls, reachable, or recoverable. */
export function ruleKind(rule: Rule<never>): string {
  const { always, step, possible } = rule;
  if (always !== undefined) return 'of a state';
  if (step !== undefined) return 'of a call';
  if (isLiveness(rule)) return 'of a path';
  if (rule.serializable !== undefined) return 'of overlapping calls';
  return possible !== undefined ? 'reachable' : 'recoverable';
}
