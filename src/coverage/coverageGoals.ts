import type { Check } from '../search/check.js';
import { type CoverageInput, INTERRUPTED, type NoPlan } from './criterion.js';
import { keepGoing } from './keepGoing.js';

/** Something that single calls show. */
export interface CoverageGoal {
  readonly description: string;
  /** Told by a path of its own, though another one may show it in passing. */
  readonly isStory?: boolean;
}

const OVERFULL: NoPlan = { because: 'stopped (memory): not every transition was looked at' };

/** Transitions between two looks at whether it is to go on. */
const SLICE = 1 << 12;

/** Which transitions show what. */
export class CoverageGoals {
  /** By sight: the first transition that shows it, so that none is nearer to the start; undefined: none does. */
  readonly first: number[] = [];
  readonly #kind: Int32Array;
  readonly #kinds: number[][] = [];
  readonly #numbers = new Map<bigint, number>();

  constructor(
    readonly all: readonly CoverageGoal[],
    transitions: number,
  ) {
    this.#kind = new Int32Array(transitions);
  }

  /** Transitions come in their order; `seen` has a bit for each sight. */
  add(entry: number, seen: bigint): void {
    let kind = this.#numbers.get(seen);
    if (kind === undefined) {
      kind = this.#kinds.length;
      this.#numbers.set(seen, kind);
      this.#kinds.push([...this.all.keys()].filter((sight) => (seen >> BigInt(sight)) & 1n));
      for (const sight of this.#kinds[kind]!) this.first[sight] ??= entry;
    }
    this.#kind[entry] = kind;
  }

  /** Numbers of the sights that a transition shows. */
  at(entry: number): readonly number[] {
    return this.#kinds[this.#kind[entry]!]!;
  }
}

/**
 * Looks at every transition of a whole search. `see` is given the state before, its stimulus and its number, answers with a bit for each
 * sight, and may add to `all` as it goes.
 */
export async function scanTransitions(
  { exploration, successors, tables }: Check,
  all: readonly CoverageGoal[],
  see: (state: Int32Array, stimulus: number, entry: number) => bigint,
  { signal, mayHold }: Pick<CoverageInput, 'signal' | 'mayHold'>,
): Promise<CoverageGoals | NoPlan> {
  const graph = successors!;
  if (!mayHold(graph.size * 8 + exploration.states * 12)) return OVERFULL;
  const sights = new CoverageGoals(all, graph.size);
  const state = new Int32Array(tables.components.length);
  for (let from = 0; from < exploration.states; from++) {
    exploration.visited.load(from, state);
    for (let entry = graph.rowStart(from), end = graph.rowStart(from + 1); entry < end; entry++) {
      sights.add(entry, see(state, graph.stimulus(entry), entry));
      if (entry % SLICE !== 0) continue;
      if (!(await keepGoing(signal))) return INTERRUPTED;
      if (!mayHold(0)) return OVERFULL;
    }
  }
  return sights;
}
