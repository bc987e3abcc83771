import type { Successors } from '../engine/successors.js';
import type { Balance } from './balance.js';
import type { Ways } from './ways.js';

/**
 * Adds walks to what is balanced, until all that is taken can be reached from the first state by what is taken: to each piece
 * that stands alone the shortest way there, which costs steps that the balance did not foresee.
 */
export function join(
  graph: Successors,
  required: Uint8Array,
  { again, ends }: Balance,
  ways: Ways,
): void {
  const pieces = new Pieces(ends.length);
  const isTaken = (entry: number) => required[entry]! + again[entry]! > 0;
  for (let entry = 0; entry < graph.size; entry++)
    if (isTaken(entry)) pieces.unite(ways.from[entry]!, graph.to(entry));
  for (const [state, walks] of ends.entries()) if (walks > 0) pieces.unite(state, 0);
  /** By piece: its state that is nearest to the start. */
  const nearest = new Map<number, number>();
  for (let entry = 0; entry < graph.size; entry++) {
    if (!isTaken(entry)) continue;
    const state = ways.from[entry]!;
    const piece = pieces.of(state);
    const best = nearest.get(piece);
    if (best === undefined || ways.steps[state]! < ways.steps[best]!) nearest.set(piece, state);
  }
  for (const state of nearest.values()) {
    // The way to another piece may have led through this one.
    if (pieces.of(state) === pieces.of(0)) continue;
    for (const entry of ways.to(state)) {
      again[entry]!++;
      pieces.unite(ways.from[entry]!, graph.to(entry));
    }
    ends[state]!++;
  }
}

/** States that hang together, each known by one of them. */
class Pieces {
  readonly #parent: Int32Array;

  constructor(states: number) {
    this.#parent = Int32Array.from({ length: states }, (_, state) => state);
  }

  of(state: number): number {
    let at = state;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]!]!;
      at = this.#parent[at]!;
    }
    return at;
  }

  unite(one: number, other: number): void {
    this.#parent[this.of(one)] = this.of(other);
  }
}
