import type { MemoizedPredicate } from '../properties/memoizedPredicate.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import { verdictsOn } from '../properties/verdictsOn.js';
import type { VisitedSet } from '../store/visitedSet.js';
import type { Orbits } from './orbits.js';

/** Maximum number of images to check; beyond it, only the images of evenly spread states are checked. */
const JUDGED_IMAGES = 2_000_000;

/** A rule distinguishes a state from its image under an exchange of names. */
export class Asymmetric extends Error {}

/** Throws Asymmetric if a rule, or one of the predicates `goods`, distinguishes a held state from one that it represents. */
export function assertSymmetric<W>(
  monitor: PropertyMonitor<W>,
  goods: readonly MemoizedPredicate<W>[],
  visited: VisitedSet,
  orbits: Orbits,
): void {
  const state = new Int32Array(monitor.before.length);
  const stride = Math.max(1, Math.ceil((visited.size * orbits.order) / JUDGED_IMAGES));
  for (let number = 0; number < visited.size; number += stride) {
    visited.load(number, state);
    const here = verdictsOn(monitor, goods, state);
    for (const image of orbits.imagesOf(state))
      if (verdictsOn(monitor, goods, image) !== here)
        throw new Asymmetric('a rule distinguishes a state from its image under renaming');
  }
}
