import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { UNHANDLED } from '../interpret/transitionTable.js';
import { messageOf, projectionOf, type ReadSet, WHOLE } from '../properties/propertyMonitor.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { BATCH_STATES, type DecisionTreeArrays } from '../store/lookupTrees.js';
import { type Allocate, grow, reallocate } from '../store/typedArrays.js';

/** Maximum number of classes of a component's states. */
const CLASSES = 1 << 15;
/** The class of all states beyond that limit. The cache drops a stimulus that reads such a state. */
const UNCLASSED = CLASSES - 1;

/**
 * Decision trees that find the cached effect of a call, one tree for each stimulus. The nodes of a tree test, one after
 * the other, the components that decide the effect. Where a call reads only answers or projections of a component, all
 * states with equal answers form one class.
 *
 * Leaves are numbers from 0 on; their meaning is up to the caller.
 */
export class DecisionTrees<W> implements Checkpointable {
  readonly trees: DecisionTreeArrays;
  /** Words of `nodes` in use. */
  used = 1;
  #classesUsed = 0;
  readonly #components: number;
  /** By component: the number of its states that the arrays have room for. */
  readonly #room: Int32Array;
  /** By stimulus and component: 1 if each state forms its own class. This is so for each component that calls change. */
  readonly #whole: Uint8Array;
  /** By stimulus and component: marks of the parts read there, and the class numbers by answers. */
  readonly #marks: (number[] | undefined)[] = [];
  readonly #numbers: (Map<string, number> | undefined)[] = [];

  constructor(
    readonly compiled: CompiledSystem<W>,
    /** Allocates nodes and classes. */
    readonly allocate: Allocate,
  ) {
    const components = compiled.components.length;
    const count = compiled.stimuli.length;
    this.#components = components;
    this.trees = {
      components,
      root: new Int32Array(count),
      nodes: new Int32Array(1 << 12),
      base: new Int32Array(count * components).fill(-1),
      classes: new Int16Array(1 << 12),
      states: new Int32Array(BATCH_STATES * components),
      queue: new Uint16Array(BATCH_STATES * count),
      queued: new Int32Array(count),
      found: new Int32Array(BATCH_STATES * count),
      missed: new Int32Array(count),
    };
    this.#whole = new Uint8Array(count * components);
    this.#room = new Int32Array(components).fill(16);
  }

  /** The leaf of a stimulus in a state, or NOT_CACHED. Classifies the component states that it tests. */
  find(stimulus: number, state: Int32Array): number {
    const { root, nodes, base, classes } = this.trees;
    const first = stimulus * this.#components;
    let at = root[stimulus]!;
    while (at > 0) {
      const test = nodes[at]!;
      const digit = state[test - first]!;
      const known = classes[base[test]! + digit]!;
      const kind = known >= 0 ? known : this.#kind(test, digit);
      const room = nodes[at + 1]!;
      const child = kind - (room >> 16);
      at = child >>> 0 < (room & 0xffff) ? nodes[at + 2 + child]! : 0;
    }
    return -at - 1;
  }

  /** Whether a stimulus does not distinguish these states of a component. */
  areAlike(stimulus: number, component: number, digits: readonly number[]): boolean {
    const test = stimulus * this.#components + component;
    if (this.#whole[test] === 0 && this.#marks[test] === undefined) return true;
    if (this.#whole[test] === 1) return false;
    const [first, ...others] = digits.map((digit) => this.#answers(test, component, digit, false));
    return first !== undefined && others.every((answers) => answers === first);
  }

  /** Saves the reads and changes of each stimulus, not the trees: a resumed search builds them again. */
  save(to: Writer): void {
    to.plain(this.#marks);
    to.bytes(this.#whole);
  }

  restore(from: Reader): boolean {
    for (const [test, marks] of from.plain<(number[] | undefined)[]>().entries())
      if (marks !== undefined) this.#marks[test] = marks;
    from.bytes(this.#whole);
    return true;
  }

  /** Moves all arrays to newly allocated memory. */
  move(): void {
    const { components, ...arrays } = this.trees;
    reallocate(this.trees, Object.keys(arrays) as (keyof typeof arrays)[], this.allocate);
  }

  /**
   * Adds a leaf to a stimulus' tree for a state, given the parts read there and the changes (triples as in
   * `WriteSets`). Returns false, and adds nothing, if a component has too many classes of states.
   */
  addLeaf(
    stimulus: number,
    state: Int32Array,
    touches: ReadSet,
    changes: readonly number[],
    leaf: number,
  ): boolean {
    this.#learn(stimulus, touches, changes);
    return this.#insertLeaf(stimulus, state, touches, -leaf - 1);
  }

  /** Replaces a stimulus' tree by one leaf for every state. */
  replaceByLeaf(stimulus: number, leaf: number): void {
    this.trees.root[stimulus] = -leaf - 1;
  }

  /** Whether `replaceByLeaf` replaced the tree by this leaf. */
  isReplacedBy(stimulus: number, leaf: number): boolean {
    return this.trees.root[stimulus] === -leaf - 1;
  }

  /** Removes all leaves of a stimulus. */
  clearTree(stimulus: number): void {
    this.trees.root[stimulus] = 0;
  }

  /** Frees all nodes; the caller must also call `clearTree` for each stimulus. */
  clearNodes(): void {
    this.used = 1;
    this.trees.nodes.fill(0);
  }

  makeRoom(state: Int32Array): void {
    const room = this.#room;
    for (let c = 0; c < room.length; c++) if (state[c]! >= room[c]!) this.makeRoomFor(c, state[c]!);
  }

  makeRoomFor(component: number, digit: number): void {
    const old = this.#room[component]!;
    if (digit < old) return;
    let room = old;
    while (digit >= room) room *= 2;
    this.#room[component] = room;
    for (let test = component; test < this.trees.base.length; test += this.#components) {
      const from = this.trees.base[test]!;
      if (from < 0) continue;
      const to = this.#moreClasses(room);
      this.trees.classes.copyWithin(to, from, from + old);
      this.trees.base[test] = to;
    }
  }

  /** Adds to the reads and changes of a stimulus; if anything is new, removes the leaves of its tree. */
  #learn(stimulus: number, touches: ReadSet, changes: readonly number[]): void {
    const first = stimulus * this.#components;
    let learnt = this.#makeWhole(first + this.compiled.stimuli[stimulus]![0]!);
    for (let i = 0; i < changes.length; i += 3) {
      const test = first + changes[i]!;
      learnt = this.#makeWhole(test) || learnt;
    }
    for (let i = 0; i < touches.length; i += 2) {
      const test = first + touches[i]!;
      if (this.#whole[test] === 1) continue;
      const mark = touches[i + 1]!;
      if (mark === WHOLE) {
        learnt = this.#makeWhole(test) || learnt;
        continue;
      }
      this.#marks[test] ??= [];
      const marks = this.#marks[test];
      if (marks.includes(mark)) continue;
      marks.push(mark);
      this.#clearClasses(test);
      learnt = true;
    }
    if (learnt) this.trees.root[stimulus] = 0;
  }

  #makeWhole(test: number): boolean {
    if (this.#whole[test] === 1) return false;
    this.#whole[test] = 1;
    this.#clearClasses(test);
    return true;
  }

  #clearClasses(test: number): void {
    this.#numbers[test] = new Map();
    const base = this.trees.base[test]!;
    if (base >= 0) this.trees.classes.fill(-1, base, base + this.#room[test % this.#components]!);
  }

  /** Adds a leaf to the tree, below a test of every component that was read. */
  #insertLeaf(stimulus: number, state: Int32Array, touches: ReadSet, end: number): boolean {
    const { trees } = this;
    const first = stimulus * this.#components;
    const open = new Set<number>();
    for (let i = 0; i < touches.length; i += 2) open.add(first + touches[i]!);
    // Index in the nodes of the link to follow; -1: the root.
    let slot = -1;
    const next = () => (slot < 0 ? trees.root[stimulus]! : trees.nodes[slot]!);
    const link = (at: number) => {
      if (slot < 0) trees.root[stimulus] = at;
      else trees.nodes[slot] = at;
    };
    while (next() > 0 || open.size > 0) {
      const isNew = next() <= 0;
      const test = isNew ? (open.values().next().value as number) : trees.nodes[next()]!;
      const kind = this.#kind(test, state[test - first]!);
      // `#kind` found that the stimulus changes this component, and cleared the tree: start again.
      if (kind < 0) return this.#insertLeaf(stimulus, state, touches, end);
      if (kind === UNCLASSED) return false;
      open.delete(test);
      if (isNew) link(this.#node(test, kind, 1));
      else if (!this.#hasRoom(next(), kind)) link(this.#enlarged(next(), kind));
      slot = this.#slot(next(), kind);
    }
    link(end);
    return true;
  }

  /** Class number of a component's state for a stimulus; -1 if a message of the stimulus changes the component. */
  #kind(test: number, digit: number): number {
    const component = test % this.#components;
    this.makeRoomFor(component, digit);
    if (this.trees.base[test]! < 0)
      this.trees.base[test] = this.#moreClasses(this.#room[component]!);
    const at = this.trees.base[test]! + digit;
    if (this.trees.classes[at]! >= 0) return this.trees.classes[at]!;
    const key =
      this.#whole[test] === 1 ? String(digit) : this.#answers(test, component, digit, true);
    if (key === undefined) {
      this.#makeWhole(test);
      this.trees.root[(test - component) / this.#components] = 0;
      return -1;
    }
    this.#numbers[test] ??= new Map();
    const numbers = this.#numbers[test];
    const known = numbers.get(key);
    if (known === undefined && numbers.size === UNCLASSED) return UNCLASSED;
    const kind = known ?? numbers.size;
    if (known === undefined) numbers.set(key, kind);
    this.trees.classes[at] = kind;
    return kind;
  }

  /**
   * The values that the stimulus reads from a component in a state, as text; undefined if a message changes the
   * component. With `withExercises`, the text includes the items that these reads exercise.
   */
  #answers(
    test: number,
    component: number,
    digit: number,
    withExercises: boolean,
  ): string | undefined {
    const table = this.compiled.components[component]!;
    let key = '';
    for (const mark of this.#marks[test] ?? []) {
      const projection = projectionOf(mark);
      if (projection !== undefined) {
        key += `${this.compiled.projections[projection]!.number(digit)},`;
        continue;
      }
      const message = messageOf(mark)!;
      const answer = table.answer(digit, message);
      if (answer !== UNHANDLED && table.next[answer] !== digit) return undefined;
      if (answer === UNHANDLED) key += `-${withExercises ? table.tried(digit, message) : ''};`;
      else key += `${(withExercises ? table.effectOf : table.emissionOf)[answer]},`;
    }
    return key;
  }

  #node(test: number, first: number, room: number): number {
    const at = this.used;
    this.used += 2 + room;
    const trees = this.trees;
    while (this.used > trees.nodes.length)
      trees.nodes = grow(trees.nodes, trees.nodes.length * 2, this.allocate);
    trees.nodes[at] = test;
    trees.nodes[at + 1] = (first << 16) | room;
    return at;
  }

  #hasRoom(node: number, kind: number): boolean {
    const room = this.trees.nodes[node + 1]!;
    return (kind - (room >> 16)) >>> 0 < (room & 0xffff);
  }

  /** Index in the nodes of the link for a class. */
  #slot(node: number, kind: number): number {
    return node + 2 + kind - (this.trees.nodes[node + 1]! >> 16);
  }

  /** Copies a node, with room for one more class and for some next to it. */
  #enlarged(old: number, kind: number): number {
    const { nodes } = this.trees;
    const first = nodes[old + 1]! >> 16;
    const room = nodes[old + 1]! & 0xffff;
    const begin = kind < first ? Math.max(0, Math.min(kind, first - room)) : first;
    const end =
      kind < first ? first + room : Math.min(Math.max(kind + 1, first + room * 2), CLASSES);
    const at = this.#node(nodes[old]!, begin, end - begin);
    // The new node may have moved the array.
    const { nodes: all } = this.trees;
    all.set(all.subarray(old + 2, old + 2 + room), at + 2 + first - begin);
    return at;
  }

  #moreClasses(room: number): number {
    const at = this.#classesUsed;
    this.#classesUsed += room;
    while (this.#classesUsed > this.trees.classes.length) {
      const { classes } = this.trees;
      this.trees.classes = grow(classes, classes.length * 2, this.allocate);
    }
    this.trees.classes.fill(-1, at, at + room);
    return at;
  }
}
