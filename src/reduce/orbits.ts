import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { Symmetry } from '../model/network.js';
import type { LocalCycles } from './localCycles.js';

/** A permutation of names that the network declares symmetric. */
type Renaming = ReadonlyMap<string, string>;

/** Transpositions of two neighbouring names of one kind: they generate all renamings. */
export function transpositions({
  kinds,
}: Symmetry): { readonly kind: string; readonly names: Renaming }[] {
  return kinds.flatMap(({ description, members }) =>
    members.slice(1).map((member, i) => ({
      kind: description,
      names: new Map([
        [members[i]!, member],
        [member, members[i]!],
      ]),
    })),
  );
}

/** The action of a renaming on states: by component, its image and the digit of the image. */
export class Permutation {
  /** By component: the component whose digit its digit becomes. */
  readonly target: Int32Array;
  readonly #digits: Int32Array[];

  constructor(
    readonly compiled: CompiledSystem,
    target: Int32Array,
    /** The digit that a component's digit becomes. */
    readonly digitOf: (component: number, digit: number) => number,
  ) {
    this.target = target;
    this.#digits = compiled.components.map(() => new Int32Array(16).fill(-1));
  }

  /** The action of a renaming. */
  static of(
    compiled: CompiledSystem,
    { component, seen }: Symmetry,
    names: Renaming,
    localCycles?: LocalCycles<unknown>,
  ): Permutation {
    const named = (name: string) => names.get(name) ?? name;
    const target = Int32Array.from(compiled.components, ({ name }) =>
      compiled.index(component(name, named), `the symmetry of ${compiled.network.name}`),
    );
    return new Permutation(compiled, target, (c, digit) => {
      const { name, snapshots: all } = compiled.components[c]!;
      const to = target[c]!;
      const renamed = (one: number) =>
        compiled.components[to]!.numberOf(seen(name, all[one]!, named));
      const image = renamed(digit);
      return localCycles === undefined
        ? image
        : localCycles.adopt(to, image, () => localCycles.members(c, digit).map(renamed));
    });
  }

  /** Applies this permutation first, then `next`. */
  followedBy(next: Permutation): Permutation {
    const target = Int32Array.from(this.target, (c) => next.target[c]!);
    return new Permutation(this.compiled, target, (c, digit) =>
      next.digit(this.target[c]!, this.digit(c, digit)),
    );
  }

  digit(component: number, digit: number): number {
    let digits = this.#digits[component]!;
    if (digit >= digits.length) {
      const more = new Int32Array(Math.max(digits.length * 2, digit + 1)).fill(-1);
      more.set(digits);
      this.#digits[component] = more;
      digits = more;
    }
    if (digits[digit]! < 0) digits[digit] = this.digitOf(component, digit);
    return digits[digit]!;
  }

  /** Writes the image of `state` to `to`. */
  write(state: Int32Array, to: Int32Array): void {
    for (let c = 0; c < state.length; c++) to[this.target[c]!] = this.digit(c, state[c]!);
  }
}

/** Number of states in the cache of representatives. Calls of successive states often lead to the same states. */
const CACHED_STATES = 1 << 12;

/**
 * Symmetry reduction, as for Murphi scalarsets (Ip and Dill 1996): states that renamings turn into each other form an
 * orbit, and the least state of an orbit, its canonical representative, represents all of them.
 */
export class Orbits {
  readonly #images: readonly Permutation[];
  /** By permutation and place: the component whose digit moves to this place. */
  readonly #sources: readonly Int32Array[];
  readonly #best: Int32Array;
  /** Cache of recent states: each with its canonical representative, and the number of its images equal to that. */
  readonly #cache: Int32Array;

  /** Lists the whole group that the transpositions of `kinds` generate. */
  constructor(
    readonly compiled: CompiledSystem,
    readonly symmetry: Symmetry,
    readonly kinds: readonly string[],
    localCycles?: LocalCycles<unknown>,
  ) {
    const identity = new Permutation(
      compiled,
      Int32Array.from(compiled.components, (_, c) => c),
      (_, digit) => digit,
    );
    const generators = transpositions(symmetry)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ names }) => ({
        names,
        image: Permutation.of(compiled, symmetry, names, localCycles),
      }));
    const members = symmetry.kinds.flatMap((kind) => kind.members);
    const images = new Map([[members.join(), { image: identity, at: members }]]);
    for (const { image, at } of images.values())
      for (const { names, image: swap } of generators) {
        const moved = at.map((name) => names.get(name) ?? name);
        if (!images.has(moved.join()))
          images.set(moved.join(), { image: image.followedBy(swap), at: moved });
      }
    this.#images = [...images.values()].map((one) => one.image);
    this.#sources = this.#images.map(({ target }) => {
      const source = new Int32Array(target.length);
      for (const [c, to] of target.entries()) source[to] = c;
      return source;
    });
    this.#best = new Int32Array(compiled.components.length);
    this.#cache = new Int32Array(CACHED_STATES * (2 * compiled.components.length + 1));
  }

  /** The transpositions that generate the group, as they act on plain states, without merged local cycles. */
  transpositions(): Permutation[] {
    const { compiled, symmetry, kinds } = this;
    return transpositions(symmetry)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ names }) => Permutation.of(compiled, symmetry, names));
  }

  /** The images of a state under all renamings that differ from it, each once, in one array that is overwritten. */
  *imagesOf(state: Int32Array): Generator<Int32Array> {
    const image = new Int32Array(state.length);
    const seen = new Set([state.join()]);
    for (const one of this.#images) {
      one.write(state, image);
      const text = image.join();
      if (seen.has(text)) continue;
      seen.add(text);
      yield image;
    }
  }

  /** Number of renamings in the group. */
  get order(): number {
    return this.#images.length;
  }

  /**
   * Replaces `state` by the least state of its orbit, comparing the last digits first. Returns the number of states in
   * the orbit.
   */
  canonicalRepresentative(state: Int32Array): number {
    const { length } = state;
    const cache = this.#cache;
    const key = placeOf(state) * (2 * length + 1);
    const representative = key + length;
    const equal = representative + length;
    let isKnown = cache[equal] !== 0;
    for (let c = 0; isKnown && c < length; c++) isKnown = cache[key + c] === state[c];
    if (isKnown) for (let c = 0; c < length; c++) state[c] = cache[representative + c]!;
    else {
      for (let c = 0; c < length; c++) cache[key + c] = state[c]!;
      cache[equal] = this.#search(state);
      for (let c = 0; c < length; c++) cache[representative + c] = state[c]!;
    }
    return this.#images.length / cache[equal]!;
  }

  /** Replaces `state` by the least of its images. Returns the number of images equal to that one. */
  #search(state: Int32Array): number {
    const best = this.#best;
    const { length } = state;
    best.set(state);
    let equal = 1;
    for (let g = 1; g < this.#images.length; g++) {
      const image = this.#images[g]!;
      const source = this.#sources[g]!;
      let place = length - 1;
      let digit = 0;
      for (; place >= 0; place--) {
        const c = source[place]!;
        digit = image.digit(c, state[c]!);
        if (digit !== best[place]) break;
      }
      if (place < 0) equal++;
      else if (digit < best[place]!) {
        equal = 1;
        for (; place >= 0; place--) {
          const c = source[place]!;
          best[place] = image.digit(c, state[c]!);
        }
      }
    }
    state.set(best);
    return equal;
  }
}

/** The slot of a state in the cache. */
function placeOf(state: Int32Array): number {
  let h = 0;
  for (let c = 0; c < state.length; c++) h = Math.imul(h ^ state[c]!, 0x9e3779b1) ^ (h >>> 15);
  return (h ^ (h >>> 16)) & (CACHED_STATES - 1);
}
