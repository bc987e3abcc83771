import type { MemoizedPredicate } from './memoizedPredicate.js';
import type { PropertyMonitor } from './propertyMonitor.js';

/**
 * The verdicts of all rules on a state, as text: equal for two states if and only if no rule about states distinguishes
 * them. `goods` are the predicates of the `recoverable` rules.
 */
export function verdictsOn<W>(
  monitor: PropertyMonitor<W>,
  goods: readonly MemoizedPredicate<W>[],
  state: Int32Array,
): string {
  const reached: number[] = [];
  const label = monitor.label(state, reached);
  const obligations = [...monitor.violatedIn(label), ...reached].sort((a, b) => a - b);
  return `${obligations.join()} ${monitor.isOver(label)} ${goods.map((good) => good.holds(state)).join()}`;
}
