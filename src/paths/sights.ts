import type { Check } from '../engine/check.js';

/** Something that single calls show. */
export interface Sight {
  readonly says: string;
  /** Told by a path of its own, though another one may show it in passing. */
  readonly isStory?: boolean;
}

/** Transitions between two turns of the event loop, in which Ctrl-C is heard. */
const SLICE = 1 << 12;

/** Which transitions show what. */
export class Sights {
  /** By sight: the first transition that shows it, so that none is nearer to the start; undefined: none does. */
  readonly first: number[] = [];
  readonly #kind: Int32Array;
  readonly #kinds: number[][] = [];
  readonly #numbers = new Map<bigint, number>();

  constructor(
    readonly all: readonly Sight[],
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
 * sight, and may add to `all` as it goes. Undefined: interrupted.
 */
export async function lookAround(
  { exploration, successors, tables }: Check,
  all: readonly Sight[],
  see: (state: Int32Array, stimulus: number, entry: number) => bigint,
  signal: AbortSignal,
): Promise<Sights | undefined> {
  const graph = successors!;
  const sights = new Sights(all, graph.size);
  const state = new Int32Array(tables.all.length);
  for (let from = 0; from < exploration.states; from++) {
    exploration.visited.load(from, state);
    for (let entry = graph.begin(from), end = graph.begin(from + 1); entry < end; entry++) {
      sights.add(entry, see(state, graph.stimulus(entry), entry));
      if (entry % SLICE !== 0) continue;
      await new Promise(setImmediate);
      if (signal.aborted) return undefined;
    }
  }
  return sights;
}
