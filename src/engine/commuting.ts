import type { Changes } from './changes.js';
import { messageOf, projectionOf, type Touches, WHOLE } from './judge.js';
import { lengthened } from './lengthened.js';
import { UNHEARD } from './table.js';
import type { Tables } from './tables.js';

/** Words of bits for what is asked, and as many for what is changed. */
const WORDS = 8;
const BITS = WORDS * 32;
const ROW = WORDS * 2;

/**
 * Which calls commute. Calls ask facets of components, and change facets; where neither of two asks what the other
 * changes, each does the same before the other and after it, and both orders lead to the same state.
 *
 * Facets are bits: the whole state of a component, what it answers to a message, what is read of it. There may be more of
 * them than bits. Then some share one, and calls are taken for not commuting though they do, which is no harm.
 */
export class Commuting<W> {
  /** By component, the bit of each mark. */
  readonly #facets: readonly Map<number, number>[];
  #count = 0;
  /** Row by row: bits of what is asked, then of what is changed. Row 0 has them all: it commutes with none. */
  #rows = new Int32Array(ROW << 8);
  #used = 1;
  /** Rows of single cells, by what is in them: there are much fewer than cells. */
  readonly #known = new Map<string, number>();
  /** By cell: its row, and that of its group, 0 if it is in none. */
  #rowOf = new Int32Array(1 << 8);
  #groupOf = new Int32Array(1 << 8);
  /** By stimulus, and by state of the component that it goes to: the row of all its calls there. */
  readonly #groups: readonly number[][];

  constructor(
    readonly tables: Tables<W>,
    readonly changes: Changes,
  ) {
    this.#facets = tables.all.map(() => new Map());
    this.#groups = tables.stimuli.map(() => []);
    this.#rows.fill(-1, 0, ROW);
  }

  /** The row of a cell. */
  ofCell(cell: number): number {
    return this.#rowOf[cell]!;
  }

  /** The row of whatever the cell's stimulus does where the component that it goes to is in the same state; 0: it commutes with none. */
  around(cell: number): number {
    return this.#groupOf[cell]!;
  }

  /** The same by the stimulus, and the state of the component. */
  ofStimulus(stimulus: number, digit: number): number {
    return this.#groups[stimulus]![digit] ?? 0;
  }

  /** Of `count` stimuli and their rows: sets the bits of those that commute with one row. */
  commute(
    one: number,
    stimuli: Int32Array,
    rows: Int32Array,
    count: number,
    bits: Int32Array,
  ): void {
    const all = this.#rows;
    const x = one * ROW;
    // written out, as it is asked more often than calls are made: a loop takes a quarter longer
    const a0 = all[x]!;
    const a1 = all[x + 1]!;
    const a2 = all[x + 2]!;
    const a3 = all[x + 3]!;
    const a4 = all[x + 4]!;
    const a5 = all[x + 5]!;
    const a6 = all[x + 6]!;
    const a7 = all[x + 7]!;
    const c0 = all[x + 8]!;
    const c1 = all[x + 9]!;
    const c2 = all[x + 10]!;
    const c3 = all[x + 11]!;
    const c4 = all[x + 12]!;
    const c5 = all[x + 13]!;
    const c6 = all[x + 14]!;
    const c7 = all[x + 15]!;
    for (let i = 0; i < count; i++) {
      const y = rows[i]! * ROW;
      const isChangedByOne =
        (c0 & all[y]!) |
        (c1 & all[y + 1]!) |
        (c2 & all[y + 2]!) |
        (c3 & all[y + 3]!) |
        (c4 & all[y + 4]!) |
        (c5 & all[y + 5]!) |
        (c6 & all[y + 6]!) |
        (c7 & all[y + 7]!);
      const changesOne =
        (a0 & all[y + 8]!) |
        (a1 & all[y + 9]!) |
        (a2 & all[y + 10]!) |
        (a3 & all[y + 11]!) |
        (a4 & all[y + 12]!) |
        (a5 & all[y + 13]!) |
        (a6 & all[y + 14]!) |
        (a7 & all[y + 15]!);
      const commutes = (isChangedByOne | changesOne) === 0 ? 1 : 0;
      bits[stimuli[i]! >> 5]! |= commutes << (stimuli[i]! & 31);
    }
  }

  /**
   * A cell was made, the next one: by a stimulus in a state where this was touched. `isPlain`: nothing is to be told of it;
   * else it commutes with none.
   */
  learn(
    cell: number,
    stimulus: number,
    state: Int32Array,
    touches: Touches,
    isPlain: boolean,
  ): void {
    if (cell >= this.#rowOf.length) {
      this.#rowOf = lengthened(this.#rowOf, cell * 2);
      this.#groupOf = lengthened(this.#groupOf, cell * 2);
    }
    this.#rowOf[cell] = 0;
    this.#groupOf[cell] = 0;
    if (!isPlain) return;
    const { triples } = this.changes;
    const [begin, end] = [this.changes.begin(cell), this.changes.end(cell)];
    const called = this.tables.stimuli[stimulus]![0]!;
    const asked = [this.#bit(cell, called, WHOLE)];
    for (let i = begin; i < end; i += 3) asked.push(this.#bit(cell, triples[i]!, WHOLE));
    for (let i = 0; i < touches.length; i += 2) {
      const [component, mark] = [touches[i]!, touches[i + 1]!];
      const isWhole = this.#seen(component, mark, state[component]!) === undefined;
      asked.push(this.#bit(cell, component, isWhole ? WHOLE : mark));
    }
    const row = new Int32Array(ROW);
    for (const bit of asked) row[bit >> 5]! |= 1 << (bit & 31);
    for (let i = begin; i < end; i += 3)
      for (const [mark, bit] of this.#facets[triples[i]!]!)
        if (this.#isChanged(i, mark)) row[WORDS + (bit >> 5)]! |= 1 << (bit & 31);
    this.#rowOf[cell] = this.#numberOf(row);
    this.#groups[stimulus]![state[called]!] ??= this.#add(new Int32Array(ROW));
    const group = this.#groups[stimulus]![state[called]!]!;
    this.#groupOf[cell] = group;
    for (let w = 0; w < ROW; w++) this.#rows[group * ROW + w]! |= row[w]!;
  }

  /** All cells are forgotten. */
  forgetAll(): void {
    this.#used = 1;
    this.#known.clear();
    for (const groups of this.#groups) groups.length = 0;
  }

  /** The bit of a facet; a new one is set in the rows of all cells before `cell` that change it. */
  #bit(cell: number, component: number, mark: number): number {
    const facets = this.#facets[component]!;
    const known = facets.get(mark);
    if (known !== undefined) return known;
    const bit = this.#count++ % BITS;
    facets.set(mark, bit);
    const word = WORDS + (bit >> 5);
    const { triples } = this.changes;
    for (let old = 2; old < cell; old++) {
      const group = this.#groupOf[old]!;
      if (group === 0) continue;
      const end = this.changes.end(old);
      for (let i = this.changes.begin(old); i < end; i += 3) {
        if (triples[i] !== component || !this.#isChanged(i, mark)) continue;
        const begin = this.#rowOf[old]! * ROW;
        const row = this.#rows.slice(begin, begin + ROW);
        row[word]! |= 1 << (bit & 31);
        this.#rowOf[old] = this.#numberOf(row);
        this.#rows[group * ROW + word]! |= 1 << (bit & 31);
      }
    }
    return bit;
  }

  /** Whether the triple `i` of what cells change is a change of a facet. */
  #isChanged(i: number, mark: number): boolean {
    const { triples } = this.changes;
    const before = this.#seen(triples[i]!, mark, triples[i + 1]!);
    return before === undefined || before !== this.#seen(triples[i]!, mark, triples[i + 2]!);
  }

  /**
   * A number for what is seen of a component's state, if less is seen than the whole of it; undefined also where a message changes it, or where it
   * was never heard.
   */
  #seen(component: number, mark: number, here: number): number | undefined {
    if (mark === WHOLE) return undefined;
    const projection = projectionOf(mark);
    if (projection !== undefined) return this.tables.projections[projection]!.number(here);
    const table = this.tables.all[component]!;
    const answer = table.known(here, messageOf(mark)!);
    if (answer === undefined || answer === UNHEARD) return answer;
    return table.next[answer] === here ? table.saying[answer] : undefined;
  }

  /** The number of a row that is like this. */
  #numberOf(row: Int32Array): number {
    const text = row.join();
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.#add(row);
    this.#known.set(text, number);
    return number;
  }

  #add(row: Int32Array): number {
    const number = this.#used++;
    if (this.#used * ROW > this.#rows.length)
      this.#rows = lengthened(this.#rows, this.#rows.length * 2);
    this.#rows.set(row, number * ROW);
    return number;
  }
}
