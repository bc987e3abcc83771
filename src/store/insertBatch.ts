/** What is held of states, as arrays that two threads may share. */
export interface StoreView {
  /** States in a block, as a power of two. */
  readonly blockBits: number;
  /**
   * Open addressing, at most 3/4 full: 0, or a state's number + 1 in the low bits that an index of
   * this array has, and above them those bits of its hash.
   */
  slots: Int32Array;
  /** By block: packed states, `words` each; of each state the one it was first reached from, and by what. */
  readonly packed: Int32Array[];
  readonly parents: Int32Array[];
  readonly stimuli: (Int32Array | Uint16Array)[];
  /** The same for who sleeps, as bits of stimuli; undefined where nobody does. */
  readonly asleep: (Int32Array | undefined)[];
  /** In states below nobody sleeps. */
  awakeBelow: number;
  words: number;
  size: number;
  /** No more may be held than this; there is room for so many. */
  capacity: number;
}

/** States to look up, in the order in which new ones get their numbers. */
export interface LookupBatch {
  readonly count: number;
  readonly staged: Int32Array;
  readonly cells: Int32Array;
  readonly differences: Int32Array | undefined;
  readonly parents: Int32Array;
  readonly stimuli: Int32Array;
  readonly numbers: Int32Array;
}

/** Hash of the packed state that begins at `at`. */
export function hashOf(packed: Int32Array, at: number, words: number): number {
  let h = 0x9e3779b9;
  for (let w = at, end = at + words; w < end; w++) {
    h = Math.imul(h ^ packed[w]!, 0x85ebca6b);
    h ^= h >>> 15;
  }
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Gives all that is held a place in slots that are empty. */
export function rehash({ slots, packed, words, size, blockBits }: StoreView): void {
  const mask = slots.length - 1;
  const inBlock = (1 << blockBits) - 1;
  for (let number = 0; number < size; number++) {
    const hash = hashOf(packed[number >> blockBits]!, (number & inBlock) * words, words);
    let at = hash & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = (hash & ~mask) | (number + 1);
  }
}

/** Stages the states after calls whose cells say by what they differ from the states they were made in; a cell of 1 says nothing. */
export function expandCached({ packed, words, blockBits }: StoreView, asked: LookupBatch): void {
  const { count, staged, cells, differences, parents } = asked;
  const inBlock = (1 << blockBits) - 1;
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    if (cell === 1) continue;
    const parent = parents[i]!;
    const block = packed[parent >> blockBits]!;
    const here = (parent & inBlock) * words;
    const to = i * words;
    const from = cell * words;
    for (let w = 0; w < words; w++) staged[to + w] = block[here + w]! ^ differences![from + w]!;
  }
}

/**
 * Writes the number of each asked state: that of the state held, or the next one, and then it is held; -1 where there
 * is no room. States go in groups: hashed together, so that the memory of all is on its way before the first is
 * compared. Answers something of what it read, so that reading ahead is not left out. Refers to `hashOf` and `stageCells`
 * and nothing else outside of itself: the other thread runs its text.
 */
export function insertBatch(held: StoreView, asked: LookupBatch): number {
  const { slots, packed, parents, stimuli, words, blockBits, capacity } = held;
  const { count, staged, numbers } = asked;
  const mask = slots.length - 1;
  const inBlock = (1 << blockBits) - 1;
  const together = 32;
  let { size } = held;
  let read = 0;
  if (asked.differences !== undefined) expandCached(held, asked);
  for (let begin = 0; begin < count; begin += together) {
    const end = Math.min(begin + together, count);
    for (let i = begin; i < end; i++) {
      const hash = hashOf(staged, i * words, words);
      numbers[i] = hash;
      read ^= slots[hash & mask]!;
    }
    for (let i = begin; i < end; i++) {
      const hash = numbers[i]!;
      const slot = slots[hash & mask]!;
      const number = (slot & mask) - 1;
      if (number >= 0 && ((slot ^ hash) & ~mask) === 0)
        read ^= packed[number >> blockBits]![(number & inBlock) * words]!;
    }
    for (let i = begin; i < end; i++) {
      const hash = numbers[i]!;
      let number = -1;
      let at = hash & mask;
      for (; slots[at] !== 0; at = (at + 1) & mask) {
        const slot = slots[at]!;
        if (((slot ^ hash) & ~mask) !== 0) continue;
        const candidate = (slot & mask) - 1;
        const block = packed[candidate >> blockBits]!;
        let w = 0;
        const one = (candidate & inBlock) * words;
        const other = i * words;
        while (w < words && block[one + w] === staged[other + w]) w++;
        if (w < words) continue;
        number = candidate;
        break;
      }
      if (number < 0 && size < capacity) {
        number = size++;
        const block = number >> blockBits;
        const place = number & inBlock;
        const into = packed[block]!;
        for (let w = 0, to = place * words, from = i * words; w < words; w++)
          into[to + w] = staged[from + w]!;
        parents[block]![place] = asked.parents[i]!;
        stimuli[block]![place] = asked.stimuli[i]!;
        slots[at] = (hash & ~mask) | (number + 1);
      }
      numbers[i] = number;
    }
  }
  held.size = size;
  return read;
}
