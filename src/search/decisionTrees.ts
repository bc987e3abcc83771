import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { UNHANDLED } from '../interpret/transitionTable.js';
import { messageOf, projectionOf, type ReadSet, WHOLE } from '../properties/propertyMonitor.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { BATCH_STATES, type DecisionTreeArrays } from '../store/lookupTrees.js';
import { type Allocate, grow, reallocate } from '../store/typedArrays.js';

/** Classes that a state can belong to, at most. */
const CLASSES = 1 << 15;
/** The class of all states that there is no class for any more: a stimulus that asks for one is remembered no longer. */
const UNCLASSED = CLASSES - 1;

/**
 * Decision trees that find what is known of a call, one for each stimulus. A tree asks for the components that were
 * touched to tell, one after the other. Components that the call only asks something count as equal where they answer
 * equally: their states fall into classes.
 *
 * Leaves are numbers from 0 on, of whom it is not said here what they mean.
 */
export class DecisionTrees<W> implements Checkpointable {
  readonly trees: DecisionTreeArrays;
  /** Words of nodes in use. */
  used = 1;
  #classesUsed = 0;
  readonly #components: number;
  /** Room for the states of each component. */
  readonly #room: Int32Array;
  /** By stimulus and component: every state is a class of its own, as it must be for one that calls change. */
  readonly #whole: Uint8Array;
  /** By stimulus and component: marks of what it is asked, and the numbers of its classes. */
  readonly #asked: (number[] | undefined)[] = [];
  readonly #numbers: (Map<string, number> | undefined)[] = [];

  constructor(
    readonly tables: CompiledSystem<W>,
    /** Makes room for nodes and classes. */
    readonly allocate: Allocate,
  ) {
    const components = tables.components.length;
    const count = tables.stimuli.length;
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

  /** The leaf of a stimulus in a state, or MISSED. What class a component's state belongs to is found out on the way. */
  find(stimulus: number, state: Int32Array): number {
    const { root, nodes, base, classes } = this.trees;
    const first = stimulus * this.#components;
    let at = root[stimulus]!;
    while (at > 0) {
      const asked = nodes[at]!;
      const here = state[asked - first]!;
      const known = classes[base[asked]! + here]!;
      const kind = known >= 0 ? known : this.#kind(asked, here);
      const room = nodes[at + 1]!;
      const kid = kind - (room >> 16);
      at = kid >>> 0 < (room & 0xffff) ? nodes[at + 2 + kid]! : 0;
    }
    return -at - 1;
  }

  /** Whether a stimulus takes these states of a component for the same. */
  areAlike(stimulus: number, component: number, digits: readonly number[]): boolean {
    const asked = stimulus * this.#components + component;
    if (this.#whole[asked] === 0 && this.#asked[asked] === undefined) return true;
    if (this.#whole[asked] === 1) return false;
    const [first, ...others] = digits.map((digit) => this.#answers(asked, component, digit, false));
    return first !== undefined && others.every((answers) => answers === first);
  }

  /** What each stimulus reads and changes, not the trees: a search that goes on grows them again. */
  save(to: Writer): void {
    to.plain(this.#asked);
    to.bytes(this.#whole);
  }

  restore(from: Reader): boolean {
    for (const [asked, marks] of from.plain<(number[] | undefined)[]>().entries())
      if (marks !== undefined) this.#asked[asked] = marks;
    from.bytes(this.#whole);
    return true;
  }

  /** Puts all arrays into memory that is allocated now. */
  move(): void {
    const { components, ...arrays } = this.trees;
    reallocate(this.trees, Object.keys(arrays) as (keyof typeof arrays)[], this.allocate);
  }

  /**
   * Hangs a leaf into a stimulus' tree: in this state, these components were touched, and changed as triples say. False,
   * and it hangs nowhere: a component has too many states for that.
   */
  plant(
    stimulus: number,
    state: Int32Array,
    touches: ReadSet,
    changes: readonly number[],
    leaf: number,
  ): boolean {
    this.#learn(stimulus, touches, changes);
    return this.#hang(stimulus, state, touches, -leaf - 1);
  }

  /** Has a stimulus end at a leaf in every state. */
  cut(stimulus: number, leaf: number): void {
    this.trees.root[stimulus] = -leaf - 1;
  }

  /** Whether it was cut so. */
  isCut(stimulus: number, leaf: number): boolean {
    return this.trees.root[stimulus] === -leaf - 1;
  }

  /** Forgets the leaves of a stimulus. */
  fell(stimulus: number): void {
    this.trees.root[stimulus] = 0;
  }

  /** There is room for nodes anew; the trees must be felled, too. */
  clear(): void {
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
    for (let asked = component; asked < this.trees.base.length; asked += this.#components) {
      const from = this.trees.base[asked]!;
      if (from < 0) continue;
      const to = this.#moreClasses(room);
      this.trees.classes.copyWithin(to, from, from + old);
      this.trees.base[asked] = to;
    }
  }

  /** What the stimulus asks of whom; what it knew is forgotten where it knew less. */
  #learn(stimulus: number, touches: ReadSet, changes: readonly number[]): void {
    const first = stimulus * this.#components;
    let learnt = this.#makeWhole(first + this.tables.stimuli[stimulus]![0]!);
    for (let i = 0; i < changes.length; i += 3) {
      const asked = first + changes[i]!;
      learnt = this.#makeWhole(asked) || learnt;
    }
    for (let i = 0; i < touches.length; i += 2) {
      const asked = first + touches[i]!;
      if (this.#whole[asked] === 1) continue;
      const mark = touches[i + 1]!;
      if (mark === WHOLE) {
        learnt = this.#makeWhole(asked) || learnt;
        continue;
      }
      this.#asked[asked] ??= [];
      const marks = this.#asked[asked];
      if (marks.includes(mark)) continue;
      marks.push(mark);
      this.#clear(asked);
      learnt = true;
    }
    if (learnt) this.trees.root[stimulus] = 0;
  }

  #makeWhole(asked: number): boolean {
    if (this.#whole[asked] === 1) return false;
    this.#whole[asked] = 1;
    this.#clear(asked);
    return true;
  }

  #clear(asked: number): void {
    this.#numbers[asked] = new Map();
    const base = this.trees.base[asked]!;
    if (base >= 0) this.trees.classes.fill(-1, base, base + this.#room[asked % this.#components]!);
  }

  /** Hangs what ends a way into the tree, below everything that was touched. */
  #hang(stimulus: number, state: Int32Array, touches: ReadSet, end: number): boolean {
    const { trees } = this;
    const first = stimulus * this.#components;
    const open = new Set<number>();
    for (let i = 0; i < touches.length; i += 2) open.add(first + touches[i]!);
    // where in the nodes it is written what comes next; -1: it is the root
    let slot = -1;
    const next = () => (slot < 0 ? trees.root[stimulus]! : trees.nodes[slot]!);
    const hang = (at: number) => {
      if (slot < 0) trees.root[stimulus] = at;
      else trees.nodes[slot] = at;
    };
    while (next() > 0 || open.size > 0) {
      const isNew = next() <= 0;
      const asked = isNew ? (open.values().next().value as number) : trees.nodes[next()]!;
      const kind = this.#kind(asked, state[asked - first]!);
      // it turned out that it may be changed, and what is known of the stimulus is forgotten
      if (kind < 0) return this.#hang(stimulus, state, touches, end);
      if (kind === UNCLASSED) return false;
      open.delete(asked);
      if (isNew) hang(this.#node(asked, kind, 1));
      else if (!this.#hasRoom(next(), kind)) hang(this.#roomier(next(), kind));
      slot = this.#slot(next(), kind);
    }
    hang(end);
    return true;
  }

  /** Number of the class of a component's state, for a stimulus; -1: only now it shows that it may be changed. */
  #kind(asked: number, here: number): number {
    const component = asked % this.#components;
    this.makeRoomFor(component, here);
    if (this.trees.base[asked]! < 0)
      this.trees.base[asked] = this.#moreClasses(this.#room[component]!);
    const at = this.trees.base[asked]! + here;
    if (this.trees.classes[at]! >= 0) return this.trees.classes[at]!;
    const key =
      this.#whole[asked] === 1 ? String(here) : this.#answers(asked, component, here, true);
    if (key === undefined) {
      this.#makeWhole(asked);
      this.trees.root[(asked - component) / this.#components] = 0;
      return -1;
    }
    this.#numbers[asked] ??= new Map();
    const numbers = this.#numbers[asked];
    const known = numbers.get(key);
    if (known === undefined && numbers.size === UNCLASSED) return UNCLASSED;
    const kind = known ?? numbers.size;
    if (known === undefined) numbers.set(key, kind);
    this.trees.classes[at] = kind;
    return kind;
  }

  /**
   * All that a component answers in a state to what it is asked, and if wanted what it exercises by that; undefined if
   * that changes it.
   */
  #answers(
    asked: number,
    component: number,
    here: number,
    withExercises: boolean,
  ): string | undefined {
    const table = this.tables.components[component]!;
    let key = '';
    for (const mark of this.#asked[asked] ?? []) {
      const projection = projectionOf(mark);
      if (projection !== undefined) {
        key += `${this.tables.projections[projection]!.number(here)},`;
        continue;
      }
      const message = messageOf(mark)!;
      const answer = table.answer(here, message);
      if (answer !== UNHANDLED && table.next[answer] !== here) return undefined;
      if (answer === UNHANDLED) key += `-${withExercises ? table.tried(here, message) : ''};`;
      else key += `${(withExercises ? table.effectOf : table.emissionOf)[answer]},`;
    }
    return key;
  }

  #node(asked: number, first: number, room: number): number {
    const at = this.used;
    this.used += 2 + room;
    const trees = this.trees;
    while (this.used > trees.nodes.length)
      trees.nodes = grow(trees.nodes, trees.nodes.length * 2, this.allocate);
    trees.nodes[at] = asked;
    trees.nodes[at + 1] = (first << 16) | room;
    return at;
  }

  #hasRoom(node: number, kind: number): boolean {
    const room = this.trees.nodes[node + 1]!;
    return (kind - (room >> 16)) >>> 0 < (room & 0xffff);
  }

  /** Where in the nodes it is written what comes after a class. */
  #slot(node: number, kind: number): number {
    return node + 2 + kind - (this.trees.nodes[node + 1]! >> 16);
  }

  /** A copy of a node with room for one more class, and for some next to it. */
  #roomier(old: number, kind: number): number {
    const { nodes } = this.trees;
    const first = nodes[old + 1]! >> 16;
    const room = nodes[old + 1]! & 0xffff;
    const begin = kind < first ? Math.max(0, Math.min(kind, first - room)) : first;
    const end =
      kind < first ? first + room : Math.min(Math.max(kind + 1, first + room * 2), CLASSES);
    const at = this.#node(nodes[old]!, begin, end - begin);
    // they may have been moved by now
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
