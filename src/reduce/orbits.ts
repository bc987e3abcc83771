import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { Symmetry } from '../model/network.js';
import type { LocalCycles } from './localCycles.js';

/** A permutation of names that the network says are alike. */
type Renaming = ReadonlyMap<string, string>;

/** Renamings that exchange two neighbours of one kind: all others are made of them. */
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

/** What a renaming makes of a state: the component that takes a component's place, and its state there. */
export class Permutation {
  /** By component: the one whose digit it becomes. */
  readonly target: Int32Array;
  readonly #digits: Int32Array[];

  constructor(
    readonly tables: CompiledSystem,
    target: Int32Array,
    /** The digit that a component's digit becomes. */
    readonly digitOf: (component: number, digit: number) => number,
  ) {
    this.target = target;
    this.#digits = tables.components.map(() => new Int32Array(16).fill(-1));
  }

  /** The image of a renaming of names. */
  static of(
    tables: CompiledSystem,
    { component, seen }: Symmetry,
    names: Renaming,
    lumps?: LocalCycles<unknown>,
  ): Permutation {
    const named = (name: string) => names.get(name) ?? name;
    const target = Int32Array.from(tables.components, ({ name }) =>
      tables.index(component(name, named), `the symmetry of ${tables.network.name}`),
    );
    return new Permutation(tables, target, (c, digit) => {
      const { name, snapshots: all } = tables.components[c]!;
      const to = target[c]!;
      const renamed = (one: number) =>
        tables.components[to]!.numberOf(seen(name, all[one]!, named));
      const image = renamed(digit);
      return lumps === undefined
        ? image
        : lumps.adopt(to, image, () => lumps.members(c, digit).map(renamed));
    });
  }

  /** First this, then `next`. */
  followedBy(next: Permutation): Permutation {
    const target = Int32Array.from(this.target, (c) => next.target[c]!);
    return new Permutation(this.tables, target, (c, digit) =>
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

/** Calls of one state, and of the next, often lead to the same: so many states are remembered. */
const LATELY = 1 << 12;

/** States that renamings turn into each other, as one: the least of them stands for all. */
export class Orbits {
  readonly #images: readonly Permutation[];
  /** By image: the component whose digit comes to each place. */
  readonly #sources: readonly Int32Array[];
  readonly #best: Int32Array;
  /** States that were asked for lately: each, the least of its orbit, and how many images equal that. */
  readonly #lately: Int32Array;

  /** `swaps` generate the group; all of it is listed. */
  constructor(
    readonly tables: CompiledSystem,
    readonly symmetry: Symmetry,
    readonly kinds: readonly string[],
    lumps?: LocalCycles<unknown>,
  ) {
    const identity = new Permutation(
      tables,
      Int32Array.from(tables.components, (_, c) => c),
      (_, digit) => digit,
    );
    const generators = transpositions(symmetry)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ names }) => ({ names, image: Permutation.of(tables, symmetry, names, lumps) }));
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
    this.#best = new Int32Array(tables.components.length);
    this.#lately = new Int32Array(LATELY * (2 * tables.components.length + 1));
  }

  /** Images under the exchanges of two names that all renamings are made of: of states as they are, and not of lumps. */
  transpositions(): Permutation[] {
    const { tables, symmetry, kinds } = this;
    return transpositions(symmetry)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ names }) => Permutation.of(tables, symmetry, names));
  }

  /** The images of a state under all renamings, each once; one array that is written anew. */
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

  /** How many renamings there are. */
  get order(): number {
    return this.#images.length;
  }

  /** Replaces `state` by the least state of its orbit, the last digits compared first; answers how many states the orbit has. */
  canonicalRepresentative(state: Int32Array): number {
    const { length } = state;
    const lately = this.#lately;
    const asked = placeOf(state) * (2 * length + 1);
    const answer = asked + length;
    const equal = answer + length;
    let isKnown = lately[equal] !== 0;
    for (let c = 0; isKnown && c < length; c++) isKnown = lately[asked + c] === state[c];
    if (isKnown) for (let c = 0; c < length; c++) state[c] = lately[answer + c]!;
    else {
      for (let c = 0; c < length; c++) lately[asked + c] = state[c]!;
      lately[equal] = this.#search(state);
      for (let c = 0; c < length; c++) lately[answer + c] = state[c]!;
    }
    return this.#images.length / lately[equal]!;
  }

  /** Replaces `state` by the least of its images; answers how many of them equal that. */
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

/** Where among those asked for lately a state is looked for. */
function placeOf(state: Int32Array): number {
  let h = 0;
  for (let c = 0; c < state.length; c++) h = Math.imul(h ^ state[c]!, 0x9e3779b1) ^ (h >>> 15);
  return (h ^ (h >>> 16)) & (LATELY - 1);
}
