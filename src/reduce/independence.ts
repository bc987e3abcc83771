import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { UNHANDLED } from '../interpret/transitionTable.js';
import { messageOf, projectionOf, type ReadSet, WHOLE } from '../properties/propertyMonitor.js';
import { type DependencyMasks, MASK_WORDS } from '../store/computeSleepSets.js';
import { type Allocate, grow, reallocate } from '../store/typedArrays.js';
import type { WriteSets } from '../store/writeSets.js';

/** Words of bits for the reads, and as many for the writes. */
const WORDS = MASK_WORDS / 2;
const BITS = WORDS * 32;

/**
 * The independence relation of calls (Godefroid 1996). Calls read and write facets of components. If neither of two
 * calls reads a facet that the other writes, each has the same effect before the other and after it, and both orders
 * lead to the same state.
 *
 * A facet is the whole state of a component, its answer to a message, or a projection of it. Each facet has a bit.
 * There may be more facets than bits. Then some facets share a bit, and commuting calls may count as dependent,
 * which is safe.
 */
export class Independence<W> {
  readonly masks: DependencyMasks;
  /** By component: the bit of each mark. */
  readonly #facets: readonly Map<number, number>[];
  #count = 0;
  /** By component: the bits of the facets that differ between two of its states. */
  readonly #changed: readonly Map<number, readonly number[]>[];
  #used = 1;
  /** Numbers of the masks of single cached effects, by content: there are far fewer masks than effects. */
  readonly #known = new Map<string, number>();
  /** By stimulus: the number of union masks that the arrays have room for. */
  readonly #room: Int32Array;
  #groupsUsed: number;

  constructor(
    readonly compiled: CompiledSystem<W>,
    readonly changes: WriteSets,
    readonly allocate: Allocate,
    /** Returns once no other thread reads the masks. */
    readonly wait: () => void,
  ) {
    const count = compiled.stimuli.length;
    this.#facets = compiled.components.map(() => new Map());
    this.#changed = compiled.components.map(() => new Map());
    this.#room = new Int32Array(count).fill(16);
    this.#groupsUsed = count * 16;
    this.masks = {
      masks: new Int32Array(MASK_WORDS << 8),
      maskOf: new Int32Array(1 << 8),
      unionMaskOf: new Int32Array(1 << 8),
      begins: Int32Array.from({ length: count }, (_, stimulus) => stimulus * 16),
      groups: new Int32Array(count * 16),
      places: new Int32Array(count * 3),
    };
    this.masks.masks.fill(-1, 0, MASK_WORDS);
  }

  /** Moves the masks to newly allocated memory. */
  move(): void {
    reallocate(this.masks, ['masks', 'maskOf', 'unionMaskOf', 'begins', 'groups'], this.allocate);
  }

  /**
   * Adds the mask of a new cached effect: of a stimulus in a state where the call read `touches`. Effects must be added in
   * the order of their numbers. `isPlain`: the call neither fails nor violates an obligation; otherwise it commutes
   * with no call.
   */
  learn(
    cell: number,
    stimulus: number,
    state: Int32Array,
    touches: ReadSet,
    isPlain: boolean,
  ): void {
    const { masks } = this;
    if (cell >= masks.maskOf.length) {
      masks.maskOf = grow(masks.maskOf, cell * 2, this.allocate);
      masks.unionMaskOf = grow(masks.unionMaskOf, cell * 2, this.allocate);
    }
    masks.maskOf[cell] = 0;
    masks.unionMaskOf[cell] = 0;
    if (!isPlain) return;
    const { triples } = this.changes;
    const [begin, end] = [this.changes.begin(cell), this.changes.end(cell)];
    const called = this.compiled.stimuli[stimulus]![0]!;
    const readBits = [this.#bit(cell, called, WHOLE)];
    for (let i = begin; i < end; i += 3) readBits.push(this.#bit(cell, triples[i]!, WHOLE));
    for (let i = 0; i < touches.length; i += 2) {
      const [component, mark] = [touches[i]!, touches[i + 1]!];
      const isWhole = this.#facetValue(component, mark, state[component]!) === undefined;
      readBits.push(this.#bit(cell, component, isWhole ? WHOLE : mark));
    }
    const row = new Int32Array(MASK_WORDS);
    for (const bit of readBits) row[bit >> 5]! |= 1 << (bit & 31);
    for (let i = begin; i < end; i += 3)
      for (const bit of this.#changedBits(i)) row[WORDS + (bit >> 5)]! |= 1 << (bit & 31);
    masks.maskOf[cell] = this.#numberOf(row);
    const group = this.#group(stimulus, state[called]!);
    masks.unionMaskOf[cell] = group;
    for (let w = 0; w < MASK_WORDS; w++) masks.masks[group * MASK_WORDS + w]! |= row[w]!;
  }

  /** Drops the masks of all cached effects. */
  evictAll(): void {
    this.#used = 1;
    this.#known.clear();
    this.masks.groups.fill(0);
  }

  /** The bit of a facet. A new bit is set in the masks of all cached effects before `cell` that write the facet. */
  #bit(cell: number, component: number, mark: number): number {
    const facets = this.#facets[component]!;
    const known = facets.get(mark);
    if (known !== undefined) return known;
    const bit = this.#count++ % BITS;
    facets.set(mark, bit);
    this.#changed[component]!.clear();
    this.wait();
    const { masks } = this;
    const word = WORDS + (bit >> 5);
    const { triples } = this.changes;
    for (let old = 2; old < cell; old++) {
      const group = masks.unionMaskOf[old]!;
      if (group === 0) continue;
      const end = this.changes.end(old);
      for (let i = this.changes.begin(old); i < end; i += 3) {
        if (triples[i] !== component || !this.#isChanged(i, mark)) continue;
        const begin = masks.maskOf[old]! * MASK_WORDS;
        const row = masks.masks.slice(begin, begin + MASK_WORDS);
        row[word]! |= 1 << (bit & 31);
        masks.maskOf[old] = this.#numberOf(row);
        masks.masks[group * MASK_WORDS + word]! |= 1 << (bit & 31);
      }
    }
    return bit;
  }

  /** The bits of the facets that the write `i` (an index of a triple) changes. */
  #changedBits(i: number): readonly number[] {
    const { triples } = this.changes;
    const [component, before, after] = [triples[i]!, triples[i + 1]!, triples[i + 2]!];
    const known = this.#changed[component]!;
    const key = before * 2 ** 24 + after;
    let bits = known.get(key);
    if (bits === undefined) {
      const facets = [...this.#facets[component]!];
      bits = facets.filter(([mark]) => this.#isChanged(i, mark)).map(([, bit]) => bit);
      known.set(key, bits);
    }
    return bits;
  }

  /** Whether the write `i` (an index of a triple) changes a facet. */
  #isChanged(i: number, mark: number): boolean {
    const { triples } = this.changes;
    const before = this.#facetValue(triples[i]!, mark, triples[i + 1]!);
    return before === undefined || before !== this.#facetValue(triples[i]!, mark, triples[i + 2]!);
  }

  /**
   * A number for the value of a facet in a component's state. Undefined if the facet is the whole state, if the message
   * changes the component, or if the message was never delivered in this state.
   */
  #facetValue(component: number, mark: number, here: number): number | undefined {
    if (mark === WHOLE) return undefined;
    const projection = projectionOf(mark);
    if (projection !== undefined) return this.compiled.projections[projection]!.number(here);
    const table = this.compiled.components[component]!;
    const answer = table.known(here, messageOf(mark)!);
    if (answer === undefined || answer === UNHANDLED) return answer;
    return table.next[answer] === here ? table.effectOf[answer] : undefined;
  }

  /** The number of the mask with this content. Adds a new mask. */
  #numberOf(row: Int32Array): number {
    const text = row.join();
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.#add(row);
    this.#known.set(text, number);
    return number;
  }

  /** The number of the union mask of a stimulus in a state of its receiver. */
  #group(stimulus: number, digit: number): number {
    const { masks } = this;
    const old = this.#room[stimulus]!;
    if (digit >= old) {
      const room = Math.max(digit + 1, old * 2);
      const from = masks.begins[stimulus]!;
      const to = this.#groupsUsed;
      this.wait();
      this.#groupsUsed += room;
      if (this.#groupsUsed > masks.groups.length)
        masks.groups = grow(masks.groups, this.#groupsUsed * 2, this.allocate);
      masks.groups.copyWithin(to, from, from + old);
      masks.begins[stimulus] = to;
      this.#room[stimulus] = room;
    }
    const at = masks.begins[stimulus]! + digit;
    if (masks.groups[at] === 0) masks.groups[at] = this.#add(new Int32Array(MASK_WORDS));
    return masks.groups[at]!;
  }

  #add(row: Int32Array): number {
    const { masks } = this;
    const number = this.#used++;
    if (this.#used * MASK_WORDS > masks.masks.length)
      masks.masks = grow(masks.masks, masks.masks.length * 2, this.allocate);
    masks.masks.set(row, number * MASK_WORDS);
    return number;
  }
}
