/** The arrays of a visited set. Two threads may share them. */
export interface StoreView {
  /** Binary logarithm of the states per block. */
  readonly blockBits: number;
  /**
   * Hash table with open addressing, at most 3/4 full. A slot is 0 if empty. Otherwise its low bits, as many as an
   * index of this array has, hold the state's number + 1, and the bits above hold those of the state's hash.
   */
  slots: Int32Array;
  /** By block: packed states of `words` words each; and for each state its parent and the stimulus from there. */
  readonly packed: Int32Array[];
  readonly parents: Int32Array[];
  readonly stimuli: (Int32Array | Uint16Array)[];
  /** By block: the sleep sets, one bit per stimulus; undefined where all are empty. */
  readonly sleepSets: (Int32Array | undefined)[];
  /** States below this number have empty sleep sets. */
  firstSleepSet: number;
  words: number;
  size: number;
  /** Most states that may be stored. The arrays have room for this many. */
  capacity: number;
}

/** States to look up. New states get their numbers in this order. */
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

/** Enters all states into the hash table, whose slots must be empty. */
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

/**
 * Stages the end states of cached calls: the packed parent XOR the difference that the call's cell holds. Cell 1
 * (UNCACHED) has no difference: its state is staged already.
 */
export function expandCached({ packed, words, blockBits }: StoreView, batch: LookupBatch): void {
  const { count, staged, cells, differences, parents } = batch;
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
 * Looks up each state of the batch, inserts the new ones, and writes the number of each to `numbers`; -1 for a new
 * state without room. States are processed in groups. A group is hashed first, so that the memory of all its states is
 * being fetched before the first comparison. Returns a value made of the words read ahead, so that the compiler keeps
 * those reads. Either thread may run it.
 */
export function insertBatch(store: StoreView, batch: LookupBatch): number {
  const { slots, packed, parents, stimuli, words, blockBits, capacity } = store;
  const { count, staged, numbers } = batch;
  const mask = slots.length - 1;
  const inBlock = (1 << blockBits) - 1;
  const group = 32;
  let { size } = store;
  let read = 0;
  if (batch.differences !== undefined) expandCached(store, batch);
  for (let begin = 0; begin < count; begin += group) {
    const end = Math.min(begin + group, count);
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
        parents[block]![place] = batch.parents[i]!;
        stimuli[block]![place] = batch.stimuli[i]!;
        slots[at] = (hash & ~mask) | (number + 1);
      }
      numbers[i] = number;
    }
  }
  store.size = size;
  return read;
}
