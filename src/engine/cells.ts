import { type Judge, messageOf, projectionOf, type Touches, WHOLE } from './judge.js';
import { lengthened } from './lengthened.js';
import type { Lumps } from './lumps.js';
import type { Lost, Reaction } from './reactor.js';
import { UNHEARD } from './table.js';
import type { Tables } from './tables.js';
import type { Visited } from './visited.js';

/** The cell of a stimulus that is not offered. */
export const REFUSED = 0;
/** The cell of a stimulus that is played and judged each time, because remembering it would not pay. `stageCells` knows it. */
export const PLAYED = 1;

/** Marks of a cell: the story is over afterwards; the call did not fall silent well; claims fall. */
export const OVER = 1;
export const FAILS = 2;
export const FELLS = 4;

/** What is worth remembering. */
export interface Memo {
  /** Words of the decision trees, and cells, that are kept at most; then all is forgotten. */
  readonly words: number;
  readonly cells: number;
  /**
   * A stimulus that has made so many cells is looked at: if few were used again, it is played from then on.
   * Infinite: none ever is.
   */
  readonly trial: number;
}
export const MEMO: Memo = { words: 1 << 25, cells: 1 << 20, trial: 20_000 };

/** States that are expanded together. */
export const BATCH = 1024;
/** A call that did not fall silent well: how, and who could not hear what. */
export interface Failure {
  readonly how: Exclude<Reaction, 'silence' | 'refused'>;
  readonly lost: Lost | undefined;
}

/** Stimuli in a row whose first word goes to one component; by its state, who of them is offered. */
interface Run {
  readonly component: number;
  readonly stimuli: number[];
  readonly offered: (Int32Array | undefined)[];
  readonly lumped: (OfferedLumped | undefined)[];
}

/** Pairs of a lump's member and a stimulus offered there; how many more are local, and how many members there are. */
interface OfferedLumped {
  readonly members: readonly number[];
  readonly stimuli: readonly number[];
  readonly local: number;
  readonly among: number;
}

/**
 * What calls do, remembered. What a call does, and what rules say of it, depends only on the
 * components that were touched to tell; so it is kept in a cell, found by a decision tree that asks for
 * these components alone. Components that the call only asks something count as equal where they
 * answer equally: their states fall into classes.
 *
 * A cell holds the change as a pattern of bits, by which the packed state after the call differs
 * from the one before.
 */
export class Cells<W> {
  /** What was taken last: the stimuli offered, and the cell of each. */
  stimuli: Int32Array;
  found: Int32Array;
  /** Calls offered in what was taken lumped last. */
  offered = 0;
  /** By cell: packed differences, `layout.words` each. */
  differences: Int32Array;
  /** By cell: the claims that fall by it, if any do. */
  readonly fallen = new Map<number, readonly number[]>();
  readonly failures = new Map<number, Failure>();
  /** By cell: what is to be told of it, as OVER, FAILS and FELLS; mostly nothing. */
  marks = new Uint8Array(1 << 8);
  readonly #components: number;
  /** The batch: digits by state; by stimulus, the states that queue for it, and the cells found. */
  readonly #states: Int32Array;
  readonly #queue: Uint16Array;
  readonly #queued: Int32Array;
  readonly #found: Int32Array;
  readonly #runs: Run[] = [];
  /** Nodes: which component is asked (as stimulus * components + component), the room for its classes, then for each class a node, minus a cell minus 1, or 0. */
  #nodes = new Int32Array(1 << 12);
  #used = 1;
  #cells = 2;
  readonly #root: Int32Array;
  /** By stimulus and component: where its classes are in `#classes`, by state, -1 where it is not known yet. */
  #base: Int32Array;
  #classes = new Int16Array(1 << 12);
  #classesUsed = 0;
  /** Room for the states of each component. */
  readonly #room: number[];
  /** By stimulus and component: every state is a class of its own, as it must be for one that calls change. */
  readonly #whole: Uint8Array;
  readonly #changes: Uint8Array;
  /** By stimulus and component: marks of what it is asked, and the numbers of its classes. */
  readonly #asked: (number[] | undefined)[] = [];
  readonly #numbers: (Map<string, number> | undefined)[] = [];
  /** By cell: its changes, as triples. */
  readonly #triples: (readonly number[])[] = [[], []];
  readonly #madeBy: Int32Array;
  readonly #usedBy: Int32Array;

  constructor(
    readonly tables: Tables<W>,
    readonly judge: Judge<W>,
    readonly visited: Visited,
    readonly memo: Memo = MEMO,
  ) {
    const components = tables.all.length;
    const count = tables.stimuli.length;
    this.#components = components;
    this.differences = visited.allocate(this.marks.length * visited.layout.words);
    this.#states = new Int32Array(BATCH * components);
    this.#queue = new Uint16Array(BATCH * count);
    this.#queued = new Int32Array(count);
    this.#found = new Int32Array(BATCH * count);
    this.stimuli = new Int32Array(count);
    this.found = new Int32Array(count);
    this.#root = new Int32Array(count);
    this.#madeBy = new Int32Array(count);
    this.#usedBy = new Int32Array(count);
    this.#base = new Int32Array(count * components).fill(-1);
    this.#whole = new Uint8Array(count * components);
    this.#changes = new Uint8Array(count * components);
    this.#room = tables.all.map(() => 16);
    for (const [stimulus, words] of tables.stimuli.entries()) {
      const component = words[0]!;
      const last = this.#runs.at(-1);
      if (last?.component === component) last.stimuli.push(stimulus);
      else this.#runs.push({ component, stimuli: [stimulus], offered: [], lumped: [] });
    }
  }

  /**
   * Finds the cells of everything that is offered in these states, at most BATCH: stimulus by
   * stimulus, so that one tree after the other is in the processor's cache.
   */
  expand(numbers: readonly number[]): void {
    const { before } = this.judge;
    const components = this.#components;
    const states = this.#states;
    const count = numbers.length;
    for (let b = 0; b < count; b++) {
      this.visited.load(numbers[b]!, before);
      states.set(before, b * components);
      this.#makeRoom(before);
    }
    const queue = this.#queue;
    const queued = this.#queued;
    for (const { component, offered, stimuli } of this.#runs) {
      for (const stimulus of stimuli) queued[stimulus] = 0;
      for (let b = 0; b < count; b++) {
        const here = states[b * components + component]!;
        offered[here] ??= this.#offered(stimuli, component, here);
        const some = offered[here];
        for (let i = 0; i < some.length; i++) {
          const stimulus = some[i]!;
          queue[stimulus * BATCH + queued[stimulus]!++] = b;
        }
      }
      for (const stimulus of stimuli) this.#findAll(stimulus);
    }
  }

  /** Collects what `expand` found for the state `b` of its batch, in the order of the stimuli; answers how many are offered. */
  take(b: number): number {
    const { stimuli, found } = this;
    const all = this.#found;
    let count = 0;
    for (const { component, offered } of this.#runs) {
      const some = offered[this.#states[b * this.#components + component]!]!;
      for (let i = 0; i < some.length; i++) {
        const cell = all[some[i]! * BATCH + b]!;
        if (cell === REFUSED) continue;
        stimuli[count] = some[i]!;
        found[count++] = cell;
      }
    }
    return count;
  }

  /**
   * The same for the judge's `before`, whose digits stand for lumps: what is offered in any member of the called
   * component's, but for what only leads round in it. Answers how many; `offered` then says how many calls that are
   * in all the states that this one stands for.
   */
  takeLumped(lumps: Lumps<W>): number {
    const { before } = this.judge;
    // A search that goes on has not met its states.
    for (let c = 0; c < before.length; c++) lumps.settleOne(before, c);
    const size = lumps.size(before);
    this.#makeRoom(before);
    let count = 0;
    this.offered = 0;
    for (const run of this.#runs) {
      const { component, lumped } = run;
      const here = before[component]!;
      lumped[here] ??= this.#offeredLumped(run, lumps, here);
      const { members, stimuli, local, among } = lumped[here];
      this.offered += (size / among) * local;
      for (let i = 0; i < stimuli.length; i++) {
        const stimulus = stimuli[i]!;
        before[component] = members[i]!;
        const cell = this.#find(stimulus, before);
        if (cell === REFUSED) continue;
        if (count === this.stimuli.length) this.#moreTaken();
        this.stimuli[count] = stimulus;
        this.found[count++] = cell;
        this.offered += size / among;
      }
      before[component] = here;
    }
    return count;
  }

  /** What is offered to a component in the members of a lump, but for what leads round in it. */
  #offeredLumped(run: Run, lumps: Lumps<W>, here: number): OfferedLumped {
    const { component, offered } = run;
    const lump = lumps.members(component, here);
    const members: number[] = [];
    const stimuli: number[] = [];
    let local = 0;
    for (const member of lump) {
      this.#makeRoomFor(component, member);
      offered[member] ??= this.#offered(run.stimuli, component, member);
      for (const stimulus of offered[member]) {
        if (lumps.isLocal(stimulus, component, member)) local++;
        else {
          members.push(member);
          stimuli.push(stimulus);
        }
      }
    }
    return { members, stimuli, local, among: lump.length };
  }

  /** Whether a stimulus takes these states of a component for the same. */
  areAlike(stimulus: number, component: number, digits: readonly number[]): boolean {
    const asked = stimulus * this.#components + component;
    if (this.#whole[asked] === 0 && this.#asked[asked] === undefined) return true;
    const kinds = digits.map((digit) => this.#kind(asked, digit));
    return kinds.every((kind) => kind >= 0 && kind === kinds[0]);
  }

  /** Whether there is too much to remember, or no memory for more. */
  get isCrowded(): boolean {
    const { words, cells } = this.memo;
    if (this.#used > words || this.#cells > cells) return true;
    const { length } = this.#nodes;
    // they are doubled, and copied, when they are full
    return this.#used * 4 > length * 3 && !this.visited.mayHold(length * 12);
  }

  /** The cell of a stimulus in a state, made if there is none. */
  #find(stimulus: number, state: Int32Array): number {
    const at = this.#walk(stimulus, state, 0);
    return at === 0 ? this.#make(stimulus, state) : -at - 1;
  }

  /** Down a stimulus' tree, with the state that begins at `begin`: minus a cell minus 1, or 0 where there is none. */
  #walk(stimulus: number, states: Int32Array, begin: number): number {
    const nodes = this.#nodes;
    const base = this.#base;
    const classes = this.#classes;
    const state = begin - stimulus * this.#components;
    let at = this.#root[stimulus]!;
    while (at > 0) {
      const asked = nodes[at]!;
      const kind = classes[base[asked]! + states[state + asked]!]!;
      at = kind >= 0 && kind < nodes[at + 1]! ? nodes[at + 2 + kind]! : 0;
    }
    return at;
  }

  #moreTaken(): void {
    this.stimuli = lengthened(this.stimuli, this.stimuli.length * 2);
    this.found = lengthened(this.found, this.found.length * 2);
  }

  /** Finds a stimulus' cell for every state of the batch that queues for it. */
  #findAll(stimulus: number): void {
    const components = this.#components;
    const states = this.#states;
    const { before } = this.judge;
    const begin = stimulus * BATCH;
    const end = begin + this.#queued[stimulus]!;
    let made = 0;
    for (let q = begin; q < end; q++) {
      const b = this.#queue[q]!;
      const at = this.#walk(stimulus, states, b * components);
      if (at === 0) {
        made++;
        before.set(states.subarray(b * components, (b + 1) * components));
        this.#found[begin + b] = this.#make(stimulus, before);
      } else this.#found[begin + b] = -at - 1;
    }
    this.#usedBy[stimulus]! += end - begin - made;
  }

  /** Writes the state after a cell's call to `to`; answers what changed, as triples. */
  write(cell: number, before: Int32Array, to: Int32Array): readonly number[] {
    const triples = this.#triples[cell]!;
    to.set(before);
    for (let i = 0; i < triples.length; i += 3) to[triples[i]!] = triples[i + 2]!;
    return triples;
  }

  /** Patterns of bits depend on where the digits are. */
  repack(): void {
    this.differences = this.visited.allocate(this.marks.length * this.visited.layout.words);
    for (let cell = 0; cell < this.#cells; cell++) this.#writeDifference(cell);
  }

  /**
   * A claim that a cell did not judge, because the call changed nothing that the claim looked at, may
   * look at more now: such cells are forgotten.
   */
  settle(): void {
    const { grown } = this.judge;
    for (const component of grown)
      for (let stimulus = 0; stimulus < this.#root.length; stimulus++)
        if (this.#changes[stimulus * this.#components + component] === 1) this.#forget(stimulus);
    grown.clear();
  }

  #offered(run: readonly number[], component: number, here: number): Int32Array {
    const { all, stimuli } = this.tables;
    return Int32Array.from(
      run.filter((stimulus) => all[component]!.answer(here, stimuli[stimulus]![1]!) !== UNHEARD),
    );
  }

  /** Plays a stimulus, judges it, and keeps that in a new cell. */
  #make(stimulus: number, state: Int32Array): number {
    const { judge } = this;
    const { reactor, touches } = judge;
    touches.length = 0;
    judge.over = false;
    reactor.state.set(state);
    const reaction = reactor.react(stimulus);
    const changes: number[] = [];
    let fallen: number[] = [];
    if (reaction === 'silence') {
      for (let c = 0; c < this.#components; c++)
        if (reactor.state[c] !== state[c]) changes.push(c, state[c]!, reactor.state[c]!);
      fallen = judge.call(stimulus, changes);
      this.settle();
    }
    let cell = REFUSED;
    if (reaction !== 'refused') {
      if (this.#cells === this.marks.length) this.#moreCells();
      cell = this.#cells++;
      this.#triples[cell] = changes;
      if (this.visited.widen(reactor.state)) this.repack();
      else this.#writeDifference(cell);
      if (fallen.length > 0) this.fallen.set(cell, fallen);
      if (reaction !== 'silence') this.failures.set(cell, { how: reaction, lost: reactor.lost });
      this.marks[cell] =
        (judge.over ? OVER : 0) |
        (reaction === 'silence' ? 0 : FAILS) |
        (fallen.length > 0 ? FELLS : 0);
    }
    this.#learn(stimulus, touches, changes);
    this.#plant(stimulus, state, touches, cell);
    if (++this.#madeBy[stimulus]! === this.memo.trial) this.#try(stimulus);
    return cell;
  }

  /** What the stimulus asks of whom; what it knew is forgotten where it knew less. */
  #learn(stimulus: number, touches: Touches, changes: readonly number[]): void {
    const first = stimulus * this.#components;
    let learnt = false;
    for (let i = 0; i < changes.length; i += 3) {
      const asked = first + changes[i]!;
      this.#changes[asked] = 1;
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
    if (learnt) this.#root[stimulus] = 0;
  }

  #makeWhole(asked: number): boolean {
    if (this.#whole[asked] === 1) return false;
    this.#whole[asked] = 1;
    this.#clear(asked);
    return true;
  }

  #clear(asked: number): void {
    this.#numbers[asked] = new Map();
    const base = this.#base[asked]!;
    if (base >= 0) this.#classes.fill(-1, base, base + this.#room[asked % this.#components]!);
  }

  /** Hangs the cell into the tree, below everything that was touched. */
  #plant(stimulus: number, state: Int32Array, touches: Touches, cell: number): void {
    const first = stimulus * this.#components;
    const open = new Set<number>();
    for (let i = 0; i < touches.length; i += 2) open.add(first + touches[i]!);
    // where in `#nodes` it is written what comes next; -1: it is the root
    let slot = -1;
    const next = () => (slot < 0 ? this.#root[stimulus]! : this.#nodes[slot]!);
    const hang = (at: number) => {
      if (slot < 0) this.#root[stimulus] = at;
      else this.#nodes[slot] = at;
    };
    while (next() > 0 || open.size > 0) {
      const isNew = next() <= 0;
      const asked = isNew ? (open.values().next().value as number) : this.#nodes[next()]!;
      const kind = this.#kind(asked, state[asked - first]!);
      // it turned out that it may be changed, and what is known of the stimulus is forgotten
      if (kind < 0) {
        this.#plant(stimulus, state, touches, cell);
        return;
      }
      open.delete(asked);
      if (isNew) hang(this.#node(asked, kind + 1));
      else if (kind >= this.#nodes[next() + 1]!) hang(this.#roomier(next(), kind + 1));
      slot = next() + 2 + kind;
    }
    hang(-cell - 1);
  }

  /** Number of the class of a component's state, for a stimulus; -1: only now it shows that it may be changed. */
  #kind(asked: number, here: number): number {
    const component = asked % this.#components;
    this.#makeRoomFor(component, here);
    if (this.#base[asked]! < 0) this.#base[asked] = this.#moreClasses(this.#room[component]!);
    const at = this.#base[asked]! + here;
    if (this.#classes[at]! >= 0) return this.#classes[at]!;
    const key = this.#whole[asked] === 1 ? String(here) : this.#answers(asked, component, here);
    if (key === undefined) {
      this.#makeWhole(asked);
      this.#root[(asked - component) / this.#components] = 0;
      return -1;
    }
    this.#numbers[asked] ??= new Map();
    const numbers = this.#numbers[asked];
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    const kind = numbers.get(key)!;
    this.#classes[at] = kind;
    return kind;
  }

  /** All that a component answers in a state to what it is asked; undefined if that changes it. */
  #answers(asked: number, component: number, here: number): string | undefined {
    const table = this.tables.all[component]!;
    let key = '';
    for (const mark of this.#asked[asked] ?? []) {
      const projection = projectionOf(mark);
      if (projection !== undefined) {
        key += `${this.tables.projections[projection]!.number(here)},`;
        continue;
      }
      const answer = table.answer(here, messageOf(mark)!);
      if (answer !== UNHEARD && table.next[answer] !== here) return undefined;
      key += `${answer === UNHEARD ? '-' : table.saying[answer]},`;
    }
    return key;
  }

  #node(asked: number, room: number): number {
    const at = this.#used;
    this.#used += 2 + room;
    while (this.#used > this.#nodes.length)
      this.#nodes = lengthened(this.#nodes, this.#nodes.length * 2);
    this.#nodes[at] = asked;
    this.#nodes[at + 1] = room;
    return at;
  }

  #roomier(old: number, room: number): number {
    const at = this.#node(this.#nodes[old]!, Math.max(room, this.#nodes[old + 1]! * 2));
    for (let kind = 0; kind < this.#nodes[old + 1]!; kind++)
      this.#nodes[at + 2 + kind] = this.#nodes[old + 2 + kind]!;
    return at;
  }

  #moreClasses(room: number): number {
    const at = this.#classesUsed;
    this.#classesUsed += room;
    while (this.#classesUsed > this.#classes.length) {
      const classes = new Int16Array(this.#classes.length * 2);
      classes.set(this.#classes);
      this.#classes = classes;
    }
    this.#classes.fill(-1, at, at + room);
    return at;
  }

  #makeRoom(state: Int32Array): void {
    for (let component = 0; component < this.#components; component++)
      this.#makeRoomFor(component, state[component]!);
  }

  #makeRoomFor(component: number, digit: number): void {
    const old = this.#room[component]!;
    if (digit < old) return;
    let room = old;
    while (digit >= room) room *= 2;
    this.#room[component] = room;
    for (let asked = component; asked < this.#base.length; asked += this.#components) {
      const from = this.#base[asked]!;
      if (from < 0) continue;
      const to = this.#moreClasses(room);
      this.#classes.copyWithin(to, from, from + old);
      this.#base[asked] = to;
    }
  }

  #moreCells(): void {
    const marks = new Uint8Array(this.marks.length * 2);
    marks.set(this.marks);
    this.marks = marks;
    const { layout, allocate } = this.visited;
    this.differences = lengthened(this.differences, marks.length * layout.words, allocate);
  }

  #writeDifference(cell: number): void {
    const { layout } = this.visited;
    const at = cell * layout.words;
    this.differences.fill(0, at, at + layout.words);
    const triples = this.#triples[cell]!;
    for (let i = 0; i < triples.length; i += 3)
      layout.write(triples[i]!, triples[i + 1]! ^ triples[i + 2]!, this.differences, at);
  }

  /** Whether remembering a stimulus pays is asked again and again. */
  #try(stimulus: number): void {
    if (this.#usedBy[stimulus]! * 2 < this.memo.trial) this.#root[stimulus] = -PLAYED - 1;
    this.#madeBy[stimulus] = 0;
    this.#usedBy[stimulus] = 0;
  }

  /** Forgets all calls but what does not pay. */
  forgetAll(): void {
    this.#used = 1;
    this.#cells = 2;
    this.#triples.length = 2;
    this.fallen.clear();
    this.failures.clear();
    this.#nodes.fill(0);
    for (let stimulus = 0; stimulus < this.#root.length; stimulus++) this.#forget(stimulus);
  }

  #forget(stimulus: number): void {
    if (this.#root[stimulus] !== -PLAYED - 1) this.#root[stimulus] = 0;
  }
}
