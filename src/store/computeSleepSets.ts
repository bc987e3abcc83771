import type { LookupBatch, StoreView } from './insertBatch.js';

/** What tells which calls commute, as arrays that two threads may share. */
export interface DependencyMasks {
  /** Row by row: bits of what is asked, then of what is changed. Row 0 has them all: it commutes with none. */
  rows: Int32Array;
  /** By cell: its row, and that of whatever its stimulus does where the component that it goes to is in the same state; 0: it commutes with none. */
  rowOf: Int32Array;
  groupOf: Int32Array;
  /** By stimulus, where its groups begin in `groups`, by state of the component that it goes to. */
  begins: Int32Array;
  groups: Int32Array;
  /** By stimulus, three numbers: where the digit of the component that it goes to is in a packed state. */
  places: Int32Array;
}

/** Words of a row. */
export const MASK_WORDS = 16;

/**
 * Finds out who sleeps in the states that a batch found, which are numbered from `firstNew` on: of each, the calls that led
 * to something older from the state that it was found from, and commute with the call that found it. `room` is for
 * two numbers for each stimulus and as many as bits take. Refers to nothing outside of itself: the other thread runs its text.
 */
export function computeSleepSets(
  held: StoreView,
  asked: LookupBatch,
  commuting: DependencyMasks,
  firstNew: number,
  room: Int32Array,
): void {
  const { packed, words, blockBits, asleep } = held;
  const { count, parents, stimuli, numbers, cells } = asked;
  const { rows, rowOf, groupOf, begins, groups, places } = commuting;
  const inBlock = (1 << blockBits) - 1;
  const most = begins.length;
  const bitWords = (most + 31) >> 5;
  const bits = most * 2;
  let next = firstNew;
  for (let first = 0, last = 0; first < count; first = last) {
    const from = parents[first]!;
    let isFertile = false;
    for (; last < count && parents[last] === from; last++) isFertile ||= numbers[last]! >= next;
    if (!isFertile) continue;
    // who sleeps there led to something older, too
    let older = 0;
    const state = packed[from >> blockBits]!;
    const begin = (from & inBlock) * words;
    const block = from < held.awakeBelow ? undefined : asleep[from >> blockBits];
    if (block !== undefined)
      for (let w = 0; w < bitWords; w++)
        for (let left = block[(from & inBlock) * bitWords + w]!; left !== 0; left &= left - 1) {
          const stimulus = w * 32 + 31 - Math.clz32(left & -left);
          const place = stimulus * 3;
          const digit =
            (state[begin + places[place]!]! >>> places[place + 1]!) & places[place + 2]!;
          room[older] = stimulus;
          room[most + older++] = groups[begins[stimulus]! + digit]!;
        }
    const firstHere = next;
    for (let at = first; at < last; at++) {
      if (numbers[at]! >= firstHere) continue;
      room[older] = stimuli[at]!;
      room[most + older] = groupOf[cells[at]!]!;
      if (room[most + older] !== 0) older++;
    }
    for (let at = first; at < last; at++) {
      const to = numbers[at]!;
      if (to < firstHere) continue;
      const isNew = to === next;
      if (isNew) next++;
      const group = groupOf[cells[at]!]!;
      if (group === 0) continue;
      if (isNew) {
        for (let w = 0; w < bitWords; w++) room[bits + w] = 0;
        const x = rowOf[cells[at]!]! * 16;
        // written out, as it is asked more often than calls are made: a loop takes a quarter longer
        const a0 = rows[x]!;
        const a1 = rows[x + 1]!;
        const a2 = rows[x + 2]!;
        const a3 = rows[x + 3]!;
        const a4 = rows[x + 4]!;
        const a5 = rows[x + 5]!;
        const a6 = rows[x + 6]!;
        const a7 = rows[x + 7]!;
        const c0 = rows[x + 8]!;
        const c1 = rows[x + 9]!;
        const c2 = rows[x + 10]!;
        const c3 = rows[x + 11]!;
        const c4 = rows[x + 12]!;
        const c5 = rows[x + 13]!;
        const c6 = rows[x + 14]!;
        const c7 = rows[x + 15]!;
        for (let i = 0; i < older; i++) {
          const y = room[most + i]! * 16;
          const isChanged =
            (c0 & rows[y]!) |
            (c1 & rows[y + 1]!) |
            (c2 & rows[y + 2]!) |
            (c3 & rows[y + 3]!) |
            (c4 & rows[y + 4]!) |
            (c5 & rows[y + 5]!) |
            (c6 & rows[y + 6]!) |
            (c7 & rows[y + 7]!);
          const changes =
            (a0 & rows[y + 8]!) |
            (a1 & rows[y + 9]!) |
            (a2 & rows[y + 10]!) |
            (a3 & rows[y + 11]!) |
            (a4 & rows[y + 12]!) |
            (a5 & rows[y + 13]!) |
            (a6 & rows[y + 14]!) |
            (a7 & rows[y + 15]!);
          const commutes = (isChanged | changes) === 0 ? 1 : 0;
          const stimulus = room[i]!;
          room[bits + (stimulus >> 5)]! |= commutes << (stimulus & 31);
        }
        const into = asleep[to >> blockBits]!;
        for (let w = 0; w < bitWords; w++) into[(to & inBlock) * bitWords + w] = room[bits + w]!;
      }
      room[older] = stimuli[at]!;
      room[most + older++] = group;
    }
  }
}
