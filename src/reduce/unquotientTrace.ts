import type { StepResult } from '../interpret/interpreter.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { VisitedSet } from '../store/visitedSet.js';
import type { Orbits } from './orbits.js';

/**
 * The stimuli of a shortest path from the first state to the orbit held as state `number`, with one more stimulus that
 * `accept` admits, if `accept` is given. A search with symmetry holds representatives and exchanges names between two
 * of them; this path needs no exchange. Throws if a call of a representative has no counterpart.
 */
export function unquotientTrace<W>(
  { compiled, interpreter, before }: PropertyMonitor<W>,
  visited: VisitedSet,
  orbits: Orbits,
  number: number,
  accept?: (stimulus: number, reaction: StepResult) => boolean,
): number[] {
  const orbitsPassed: number[] = [];
  for (let n = number; visited.parent(n) >= 0; n = visited.parent(n)) orbitsPassed.push(n);
  orbitsPassed.reverse();
  const least = new Int32Array(compiled.components.length);
  const path: number[] = [];
  before.set(compiled.first);
  const take = (accepts: (stimulus: number, reaction: StepResult) => boolean) => {
    for (let stimulus = 0; stimulus < compiled.stimuli.length; stimulus++) {
      interpreter.state.set(before);
      const reaction = interpreter.step(stimulus);
      if (reaction === 'disabled' || !accepts(stimulus, reaction)) continue;
      path.push(stimulus);
      return before.set(interpreter.state);
    }
    throw new Error('a call of a representative has no counterpart: the names are not symmetric');
  };
  for (const orbit of orbitsPassed)
    take((_, reaction) => {
      if (reaction !== 'quiescence') return false;
      least.set(interpreter.state);
      orbits.canonicalRepresentative(least);
      return visited.numberOf(least) === orbit;
    });
  if (accept !== undefined) take(accept);
  return path;
}
