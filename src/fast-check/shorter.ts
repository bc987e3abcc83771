import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { ShortestWalks } from './shortestWalks.js';
import { Walk } from './walk.js';

/**
 * Stories that are shorter than a failing one and can be played: its prefixes; a shorter path to one of its states,
 * followed by its remaining calls; the story without some calls; and last every shortest path with one call more. The
 * result depends on the calls only, so that the seed and path of a failure replay it.
 */
export function* shorter(
  calls: readonly number[],
  compiled: CompiledSystem,
  shortestWalks: ShortestWalks,
): Generator<readonly number[]> {
  const { length } = calls;
  for (let cut = Math.ceil(length / 2); cut > 0; cut = cut === 1 ? 0 : Math.ceil(cut / 2))
    yield calls.slice(0, length - cut);
  for (const { place, made } of placesBefore(calls, compiled).reverse()) {
    const walkThere = shortestWalks.to(place);
    if (walkThere !== undefined && walkThere.length < made)
      yield [...walkThere, ...calls.slice(made)];
  }
  for (let size = length >> 1; size > 0; size >>= 1)
    for (let from = 0; from + size < length; from++) {
      const rest = [...calls.slice(0, from), ...calls.slice(from + size)];
      if (canBePlayed(rest, compiled)) yield rest;
    }
  yield* shortestWalks.shorterThan(length);
}

/** The state of a walk before each of its calls. */
function placesBefore(calls: readonly number[], compiled: CompiledSystem) {
  const walk = new Walk(compiled);
  return calls.map((stimulus, made) => {
    const { place } = walk;
    walk.take(stimulus);
    return { place, made };
  });
}

function canBePlayed(calls: readonly number[], compiled: CompiledSystem): boolean {
  const walk = new Walk(compiled);
  return calls.every((stimulus) => walk.plays(stimulus) && walk.take(stimulus) !== undefined);
}
