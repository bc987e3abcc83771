/** Most states in a batch. */
export const BATCH_STATES = 1024;
/** States that descend a tree together. */
export const PREFETCH_WIDTH = 32;

/** The decision trees of all stimuli and the batch of states to look up in them. Two threads may share the arrays. */
export interface DecisionTreeArrays {
  readonly components: number;
  /** By stimulus: the root node of its tree. */
  root: Int32Array;
  /**
   * Nodes of several words each. Word 0: the component tested, as stimulus * components + component. Word 1: the first
   * class with an entry in the upper 16 bits, the number of entries in the lower 16. Then one entry per class: a node,
   * -cell - 1 for a leaf, or 0 for none.
   */
  nodes: Int32Array;
  /**
   * By stimulus and component: the start of its classes in `classes`, or -1. From there on, `classes` has the class of
   * each state of the component, or -1 where the class is not known yet.
   */
  base: Int32Array;
  classes: Int16Array;
  /** The digits of each state of the batch. */
  states: Int32Array;
  /**
   * By stimulus: `queue` and `found` have BATCH_STATES entries each, the queued states and the cells found for them.
   * `queued` counts the queued states, `missed` those without a cell. Their entry in `found` is NOT_CACHED.
   */
  queue: Uint16Array;
  queued: Int32Array;
  found: Int32Array;
  missed: Int32Array;
}

/** Instead of a cell number: no cell is cached yet. */
export const NOT_CACHED = -1;

/**
 * Looks up the queued states of a stimulus in its tree. States descend in groups, one level at a time, so that the
 * memory reads of a group overlap. `cursors` is scratch space of 3 words per state of a group; its length sets the group
 * size. Either thread may run it.
 */
export function lookupTrees(
  trees: DecisionTreeArrays,
  stimulus: number,
  cursors: Int32Array,
  batch: number,
): void {
  const { components, nodes, base, classes, states, queue, found } = trees;
  const groupSize = cursors.length / 3;
  const first = stimulus * batch;
  const end = first + trees.queued[stimulus]!;
  const root = trees.root[stimulus]!;
  let missed = 0;
  for (let begin = first; begin < end; begin += groupSize) {
    const count = Math.min(groupSize, end - begin);
    for (let i = 0; i < count; i++) {
      cursors[i * 3] = root;
      cursors[i * 3 + 1] = (queue[begin + i]! - stimulus) * components;
      cursors[i * 3 + 2] = i * 3;
    }
    for (let active = root > 0 ? count : 0; active > 0; ) {
      let stillActive = 0;
      for (let k = 0; k < active; k++) {
        const i = cursors[k * 3 + 2]!;
        const at = cursors[i]!;
        const test = nodes[at]!;
        const kind = classes[base[test]! + states[cursors[i + 1]! + test]!]!;
        const room = nodes[at + 1]!;
        const child = kind - (room >> 16);
        const next = child >>> 0 < (room & 0xffff) ? nodes[at + 2 + child]! : 0;
        cursors[i] = next;
        cursors[stillActive * 3 + 2] = i;
        stillActive += next > 0 ? 1 : 0;
      }
      active = stillActive;
    }
    for (let i = 0; i < count; i++) {
      const at = cursors[i * 3]!;
      found[begin + i] = -at - 1;
      missed += at === 0 ? 1 : 0;
    }
  }
  trees.missed[stimulus] = missed;
}
