import type { Step } from '../walk.js';

/** The order in which types of calls are listed; others follow in the network's order. */
const FIRST = ['register', 'unregister', 'add', 'remove', 'modify'];

/** Calls of one type. */
export type Group = readonly [type: string, steps: readonly Step[]];

/** The calls that match a filter, by type. Each word of the filter must begin some word of the call, in any order. */
export function groupsOf(offers: readonly Step[], filter: string): readonly Group[] {
  const groups = new Map<string, Step[]>(FIRST.map((type) => [type, []]));
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
