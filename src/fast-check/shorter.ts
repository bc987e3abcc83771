import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { ShortestWalks } from './shortestWalks.js';
import { Walk } from './walk.js';

/**
 * Stories that are shorter than a failing one and can be played: its beginnings; a shorter way to a place on it, and
 * on from there; it without some calls; and last every shortest way with one call more. Depends on nothing but the
 * calls, so that a failure is replayed by its seed and path alone.
 */
export function* shorter(
  calls: readonly number[],
  tables: CompiledSystem,
  ways: ShortestWalks,
): Generator<readonly number[]> {
  const { length } = calls;
  for (let cut = Math.ceil(length / 2); cut > 0; cut = cut === 1 ? 0 : Math.ceil(cut / 2))
    yield calls.slice(0, length - cut);
  for (const { place, made } of placesBefore(calls, tables).reverse()) {
    const way = ways.to(place);
    if (way !== undefined && way.length < made) yield [...way, ...calls.slice(made)];
  }
  for (let size = length >> 1; size > 0; size >>= 1)
    for (let from = 0; from + size < length; from++) {
      const rest = [...calls.slice(0, from), ...calls.slice(from + size)];
      if (canBePlayed(rest, tables)) yield rest;
    }
  yield* ways.shorterThan(length);
}

/** Where a walk comes by before each of its calls. */
function placesBefore(calls: readonly number[], tables: CompiledSystem) {
  const walk = new Walk(tables);
  return calls.map((stimulus, made) => {
    const { place } = walk;
    walk.take(stimulus);
    return { place, made };
  });
}

function canBePlayed(calls: readonly number[], tables: CompiledSystem): boolean {
  const walk = new Walk(tables);
  return calls.every((stimulus) => walk.plays(stimulus) && walk.take(stimulus) !== undefined);
}
