/** States of a batch, at most. */
export const BATCH_STATES = 1024;
/** States that go down a tree together. */
export const PREFETCH_WIDTH = 32;

/** Decision trees of all stimuli, and the batch of states that goes down them, as arrays that two threads may share. */
export interface DecisionTreeArrays {
  readonly components: number;
  /** By stimulus, the node that its tree begins with. */
  root: Int32Array;
  /**
   * Nodes: which component is asked (as stimulus * components + component); the first of its classes that there is room
   * for, in the upper 16 bits, and for how many; then for each of them a node, minus a cell minus 1, or 0.
   */
  nodes: Int32Array;
  /** By stimulus and component: where its classes are in `classes`, by state, -1 where it is not known yet. */
  base: Int32Array;
  classes: Int16Array;
  /** Digits by state. */
  states: Int32Array;
  /** By stimulus, `BATCH` each: the states that queue for it, how many they are, the cells found, and how many are not: those are MISSED. */
  queue: Uint16Array;
  queued: Int32Array;
  found: Int32Array;
  missed: Int32Array;
}

/** Instead of a cell: there is none yet. */
export const NOT_CACHED = -1;

/**
 * Sends the states that queue for a stimulus down its tree, some at a time and all of them step by step: so the memory
 * of all is on its way while one waits for it. `ways` is room for it, 3 numbers for each that goes along. Refers to
 * nothing outside of itself: the other thread runs its text.
 */
export function lookupTrees(
  trees: DecisionTreeArrays,
  stimulus: number,
  ways: Int32Array,
  batch: number,
): void {
  const { components, nodes, base, classes, states, queue, found } = trees;
  const together = ways.length / 3;
  const first = stimulus * batch;
  const end = first + trees.queued[stimulus]!;
  const root = trees.root[stimulus]!;
  let missed = 0;
  for (let begin = first; begin < end; begin += together) {
    const count = Math.min(together, end - begin);
    for (let i = 0; i < count; i++) {
      ways[i * 3] = root;
      ways[i * 3 + 1] = (queue[begin + i]! - stimulus) * components;
      ways[i * 3 + 2] = i * 3;
    }
    for (let going = root > 0 ? count : 0; going > 0; ) {
      let still = 0;
      for (let k = 0; k < going; k++) {
        const i = ways[k * 3 + 2]!;
        const at = ways[i]!;
        const asked = nodes[at]!;
        const kind = classes[base[asked]! + states[ways[i + 1]! + asked]!]!;
        const room = nodes[at + 1]!;
        const kid = kind - (room >> 16);
        const next = kid >>> 0 < (room & 0xffff) ? nodes[at + 2 + kid]! : 0;
        ways[i] = next;
        ways[still * 3 + 2] = i;
        still += next > 0 ? 1 : 0;
      }
      going = still;
    }
    for (let i = 0; i < count; i++) {
      const at = ways[i * 3]!;
      found[begin + i] = -at - 1;
      missed += at === 0 ? 1 : 0;
    }
  }
  trees.missed[stimulus] = missed;
}
