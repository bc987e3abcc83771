import type { LookupBatch, StoreView } from './insertBatch.js';

/** Bit masks that decide which calls commute. Two threads may share the arrays. */
export interface DependencyMasks {
  /** Rows of MASK_WORDS words: the bits read, then the bits written. Row 0 has all bits and commutes with no row. */
  masks: Int32Array;
  /**
   * By cell: its own row, and its group's row. A group is all cells of one stimulus for one state of its receiver; its
   * row is their union. 0: the cell commutes with no call.
   */
  maskOf: Int32Array;
  unionMaskOf: Int32Array;
  /** By stimulus: the start of its groups in `groups`, which are indexed by the receiver's state. */
  begins: Int32Array;
  groups: Int32Array;
  /** By stimulus, three numbers: the word, shift and mask of its receiver's digit in a packed state. */
  places: Int32Array;
}

/** Words per row. */
export const MASK_WORDS = 16;

/**
 * Computes the sleep set of each new state of a batch (Godefroid 1996); new states are numbered from `firstNew` on.
 * The sleep set of a state contains the calls of its parent that lead to an older state and commute with the call that
 * found it. `room` is scratch space: two words per stimulus, then the words of one sleep set.
 * Either thread may run it.
 */
export function computeSleepSets(
  store: StoreView,
  batch: LookupBatch,
  commuting: DependencyMasks,
  firstNew: number,
  room: Int32Array,
): void {
  const { blockBits, sleepSets } = store;
  const { count, parents, stimuli, numbers, cells } = batch;
  const { masks, maskOf, unionMaskOf, begins } = commuting;
  const inBlock = (1 << blockBits) - 1;
  const most = begins.length;
  const bitWords = (most + 31) >> 5;
  const bits = most * 2;
  let next = firstNew;
  for (let first = 0, last = 0; first < count; first = last) {
    const from = parents[first]!;
    let hasNew = false;
    for (; last < count && parents[last] === from; last++) hasNew ||= numbers[last]! >= next;
    if (!hasNew) continue;
    let older = addSleepSetOf(from, store, commuting, room);
    const firstHere = next;
    for (let at = first; at < last; at++) {
      if (numbers[at]! >= firstHere) continue;
      room[older] = stimuli[at]!;
      room[most + older] = unionMaskOf[cells[at]!]!;
      if (room[most + older] !== 0) older++;
    }
    for (let at = first; at < last; at++) {
      const to = numbers[at]!;
      if (to < firstHere) continue;
      const isNew = to === next;
      if (isNew) next++;
      const group = unionMaskOf[cells[at]!]!;
      if (group === 0) continue;
      if (isNew) {
        for (let w = 0; w < bitWords; w++) room[bits + w] = 0;
        const x = maskOf[cells[at]!]! * 16;
        // Unrolled: this test runs more often than calls are executed, and a loop takes a quarter longer.
        const a0 = masks[x]!;
        const a1 = masks[x + 1]!;
        const a2 = masks[x + 2]!;
        const a3 = masks[x + 3]!;
        const a4 = masks[x + 4]!;
        const a5 = masks[x + 5]!;
        const a6 = masks[x + 6]!;
        const a7 = masks[x + 7]!;
        const c0 = masks[x + 8]!;
        const c1 = masks[x + 9]!;
        const c2 = masks[x + 10]!;
        const c3 = masks[x + 11]!;
        const c4 = masks[x + 12]!;
        const c5 = masks[x + 13]!;
        const c6 = masks[x + 14]!;
        const c7 = masks[x + 15]!;
        for (let i = 0; i < older; i++) {
          const y = room[most + i]! * 16;
          const isChanged =
            (c0 & masks[y]!) |
            (c1 & masks[y + 1]!) |
            (c2 & masks[y + 2]!) |
            (c3 & masks[y + 3]!) |
            (c4 & masks[y + 4]!) |
            (c5 & masks[y + 5]!) |
            (c6 & masks[y + 6]!) |
            (c7 & masks[y + 7]!);
          const changes =
            (a0 & masks[y + 8]!) |
            (a1 & masks[y + 9]!) |
            (a2 & masks[y + 10]!) |
            (a3 & masks[y + 11]!) |
            (a4 & masks[y + 12]!) |
            (a5 & masks[y + 13]!) |
            (a6 & masks[y + 14]!) |
            (a7 & masks[y + 15]!);
          const commutes = (isChanged | changes) === 0 ? 1 : 0;
          const stimulus = room[i]!;
          room[bits + (stimulus >> 5)]! |= commutes << (stimulus & 31);
        }
        const into = sleepSets[to >> blockBits]!;
        for (let w = 0; w < bitWords; w++) into[(to & inBlock) * bitWords + w] = room[bits + w]!;
      }
      room[older] = stimuli[at]!;
      room[most + older++] = group;
    }
  }
}

/**
 * Writes the sleep set of a state to the start of `room`, with the group's row of each call: these calls also lead to
 * older states. Returns their number.
 */
function addSleepSetOf(
  parent: number,
  store: StoreView,
  commuting: DependencyMasks,
  room: Int32Array,
): number {
  const { packed, words, blockBits, sleepSets, firstSleepSet } = store;
  const { begins, groups, places } = commuting;
  const sleepSet = parent < firstSleepSet ? undefined : sleepSets[parent >> blockBits];
  if (sleepSet === undefined) return 0;
  const most = begins.length;
  const bitWords = (most + 31) >> 5;
  const place = parent & ((1 << blockBits) - 1);
  const state = packed[parent >> blockBits]!;
  const begin = place * words;
  let count = 0;
  for (let w = 0; w < bitWords; w++)
    for (let left = sleepSet[place * bitWords + w]!; left !== 0; left &= left - 1) {
      const stimulus = w * 32 + 31 - Math.clz32(left & -left);
      const at = stimulus * 3;
      const digit = (state[begin + places[at]!]! >>> places[at + 1]!) & places[at + 2]!;
      room[count] = stimulus;
      room[most + count++] = groups[begins[stimulus]! + digit]!;
    }
  return count;
}
