import type { Violation } from './observer.js';

/** By break class: the first transition that breaks a rule in this way, with the number of all that do. */
export type BreakCounts = Map<number, { -readonly [K in keyof Violation]: Violation[K] }>;

/** Counts a transition in its break class, and keeps the first one of the class. */
export function countBreak(counts: BreakCounts, violation: Violation): void {
  const first = counts.get(violation.breakClass);
  if (first === undefined) counts.set(violation.breakClass, { ...violation });
  else first.transitions += violation.transitions;
}
