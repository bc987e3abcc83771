import type { Cursor, Transition } from './cursor.js';

/** One transition per side; undefined if the call is disabled there. */
export type Pair = readonly [Transition | undefined, Transition | undefined];

/**
 * Pairs the transitions of one call on two sides. Open choices are resolved outside both networks and identically for
 * both, so a choice that both sides have is the same on both. A choice that only one side has implies nothing about the
 * other side, and is paired with each of the other's transitions.
 */
export function pairs(ones: readonly Transition[], others: readonly Transition[]): Pair[] {
  if (ones.length === 0) return others.map((other) => [undefined, other]);
  if (others.length === 0) return ones.map((one) => [one, undefined]);
  const has = (transitions: readonly Transition[], description: string) =>
    transitions.some((transition) => transition.description === description);
  return ones.flatMap((one) =>
    others
      .filter(
        ({ description }) =>
          description === one.description ||
          !has(others, one.description) ||
          !has(ones, description),
      )
      .map((other): Pair => [one, other]),
  );
}

/**
 * The description of a pair of calls. If only one side has one of the two choices, that one is used, as it is more
 * specific.
 */
export function saysOf(sides: readonly [Cursor, Cursor], one: string, other: string): string {
  const [a, b] = sides;
  if (one === other) return one;
  if (a.hasStimulus(other) && !b.hasStimulus(one)) return one;
  if (b.hasStimulus(one) && !a.hasStimulus(other)) return other;
  return `${one} / ${other}`;
}
