import type { Step } from '../explored.js';

/** Calls of one type. */
export type Group = readonly [type: string, steps: readonly Step[]];

/**
 * The calls that match a filter, by type, the types of `order` first. Each word of the filter must begin some word of
 * the call, in any order.
 */
export function groupsOf(
  offers: readonly Step[],
  order: readonly string[],
  filter: string,
): readonly Group[] {
  const groups = new Map<string, Step[]>(order.map((type) => [type, []]));
  for (const step of offers)
    if (fits(step.call, filter)) groups.set(step.sort, [...(groups.get(step.sort) ?? []), step]);
  return [...groups].filter(([, steps]) => steps.length > 0);
}

const fits = (call: string, filter: string): boolean =>
  filter
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => ` ${call.toLowerCase()}`.includes(` ${word}`));
